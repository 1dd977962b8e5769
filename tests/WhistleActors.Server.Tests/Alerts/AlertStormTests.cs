using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>One department whistled five hundred times within a minute: nothing is ignored, and nothing floods.</summary>
public sealed class AlertStormTests : IAsyncLifetime
{
    private const int Storm = 500;
    private static readonly string[] Grids = ["99010100100101", "99010100100201", "99010100200101", "99010100200102", "99010200100101", "99010200100201"];

    private readonly AlertServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task Every_summons_is_on_the_board_and_climbs_and_each_device_is_told_calmly()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"), ("bo", "deputy", "sms", "+8613800000001"), ("chen", "head", "email", "head@example.org"));
        await using var console = await AlertConsole.OfAsync(fixture, await fixture.Server.WaterworksAsync());
        await using var command = await AlertConsole.OfDistrictAsync(fixture, await fixture.Server.AsAsync("centre", "990101", "commander"));
        (await console.NextAsync()).Alerts.ShouldBeEmpty();
        var (began, shown) = (fixture.Server.Now, new HashSet<string>());
        var ids = await BlowAllAsync(began, TimeSpan.FromMinutes(1), async () => Take((await console.NextAsync(TimeSpan.FromSeconds(1)))?.Alerts.Select(alert => alert.Whistle)));

        while (!shown.IsSupersetOf(ids))
            Take((await console.NextAsync()).Alerts.Select(alert => alert.Whistle));
        shown.SetEquals(ids).ShouldBeTrue();
        await fixture.RunUntilAsync(() => Task.FromResult(TellsOf("/alerts") >= Storm), TimeSpan.FromSeconds(5));
        var calm = (fixture.Server.Now - began).TotalMinutes + 1;
        On("/alerts").Count.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(calm), "the device was told more often than once a minute");
        On("/alerts")[^1].Json.GetProperty("data").GetProperty("unsigned").GetInt32().ShouldBe(Storm);

        // Nobody signs: each climbs by itself, to the end of its chain.
        await fixture.RunUntilAsync(async () => await StepsOfEachAsync(4) == Storm, TimeSpan.FromSeconds(5));
        await fixture.RunUntilAsync(() => Task.FromResult(TellsOf("/gateway") >= Storm), TimeSpan.FromSeconds(5));
        On("/gateway").Count.ShouldBeLessThan(8);
        fixture.Mail.Letters.Count.ShouldBeInRange(1, 8);
        await StillAsync();
        (TellsOf("/alerts"), TellsOf("/gateway")).ShouldBe((Storm, Storm), "each is told once for each step");

        // And what comes to the district's command is there, each summons of each department by itself.
        var (mine, seen) = (ids.Where(id => id.StartsWith("990101", StringComparison.Ordinal)).ToHashSet(), new HashSet<(string, string)>());
        while (seen.Count(alert => alert.Item1 == "waterworks") < mine.Count || seen.Count(alert => alert.Item1 == "990101-roads") < mine.Count)
            seen.UnionWith((await command.NextAsync()).Alerts.Select(alert => (alert.Department, alert.Alert.Whistle)));
        seen.Select(alert => alert.Item2).ToHashSet().SetEquals(mine).ShouldBeTrue();

        void Take(IEnumerable<string>? whistles) => shown.UnionWith(whistles ?? []);
    }

    private async Task<HashSet<string>> BlowAllAsync(DateTimeOffset began, TimeSpan within, Func<Task> meanwhile)
    {
        var ids = new HashSet<string>();
        const int Batches = 10;
        for (var batch = 0; batch < Batches; batch++)
        {
            var blown = await Task.WhenAll(Enumerable.Range(0, Storm / Batches).Select(async number =>
            {
                var grid = Grids[number % Grids.Length];
                var street = await fixture.Server.AsAsync("street", grid[..9], "subdistrict-officer");
                return (await street.PostAsync($"grids/{grid}/whistles", """{"matter":"burst-main","occasion":"emergency","level":"emergency","chain":"service","description":"水管爆裂"}""")).ShouldSucceed(201).Id;
            }));
            ids.UnionWith(blown);
            await meanwhile();
        }

        ids.Count.ShouldBe(Storm);
        (fixture.Server.Now - began).ShouldBeLessThan(within);
        return ids;
    }

    private async Task<int> StepsOfEachAsync(int steps)
    {
        var city = fixture.Server.Services.GetRequiredService<WhistleActors.Actors.City>();
        return (await city.AlertsOfAsync(ExampleCity.Waterworks, TestContext.Current.CancellationToken)).Open.Values.Count(alert => alert.StepsTaken == steps);
    }

    // Long after the last step nothing more goes out.
    private async Task StillAsync()
    {
        var until = fixture.Server.Now.AddMinutes(20);
        await fixture.RunUntilAsync(() => Task.FromResult(fixture.Server.Now >= until), TimeSpan.FromSeconds(20));
    }

    private List<Received> On(string path) => [.. fixture.Webhook.All.Where(received => received.Path == path)];

    private int TellsOf(string path) => On(path).Sum(received => received.Json.GetProperty("data").GetProperty("alerts").GetArrayLength());
}
