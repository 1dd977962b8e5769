using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

public sealed class AlertHubTests : IAsyncLifetime
{
    private readonly AlertServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task A_console_gets_what_waits_then_each_new_summons_at_once_and_all_again_after_a_reconnect()
    {
        var old = await fixture.BlowAsync();
        await using (var console = await ConsoleAsync())
        {
            var first = await console.NextAsync();
            (first.Reset, first.Unsigned).ShouldBe((true, 1));
            first.Alerts.ShouldHaveSingleItem().Whistle.ShouldBe(old);

            var watch = Stopwatch.StartNew();
            var young = await fixture.BlowAsync();
            (await console.UntilAsync(frame => frame.Alerts.Any(alert => alert.Whistle == young))).Unsigned.ShouldBe(2);
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));

            (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{old}/summonses/waterworks/sign")).ShouldSucceed();
            (await console.UntilAsync(frame => frame.Over.Contains(old))).Unsigned.ShouldBe(1);
        }

        await using var again = await ConsoleAsync();
        var frame = await again.NextAsync();
        (frame.Reset, frame.Unsigned, frame.Alerts.Count).ShouldBe((true, 1, 1));
    }

    [Fact]
    public async Task What_was_signed_and_forgotten_comes_back()
    {
        var whistle = await fixture.BlowAsync();
        (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{whistle}/summonses/waterworks/sign")).ShouldSucceed();
        await using var console = await ConsoleAsync();
        (await console.NextAsync()).Alerts.ShouldBeEmpty();

        fixture.Server.Clock.Advance(TimeSpan.FromMinutes(6));

        var alert = (await console.UntilAsync(frame => frame.Alerts.Count > 0)).Alerts.Single();
        (alert.Whistle, alert.Cause).ShouldBe((whistle, AlertCause.NotDeparted));
    }

    [Fact]
    public async Task A_display_is_recorded_for_each_console()
    {
        var whistle = await fixture.BlowAsync();
        await using var console = await ConsoleAsync();
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-1", new[] { whistle }, TestContext.Current.CancellationToken);
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-1", new[] { whistle }, TestContext.Current.CancellationToken);
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-2", new[] { whistle }, TestContext.Current.CancellationToken);

        (await fixture.AttemptsAsync(whistle)).Where(attempt => attempt.GetProperty("kind").GetString() == "shown")
            .Select(attempt => (attempt.GetProperty("console").GetString(), attempt.GetProperty("person").GetString())).ShouldBe([("desk-1", "water"), ("desk-2", "water")]);
    }

    [Theory]
    [InlineData("desk 1", "99010100100101-1", "not-a-code")]
    [InlineData("desk-1", "nonsense", "not-whistles")]
    public async Task A_display_that_names_nothing_is_refused(string name, string whistle, string code)
    {
        await using var console = await ConsoleAsync();
        (await Should.ThrowAsync<HubException>(() => console.Connection.InvokeAsync("Shown", "waterworks", name, new[] { whistle })))
            .Message.ShouldContain(code);
    }

    [Fact]
    public async Task Nobody_else_follows_a_departments_alerts_or_says_that_they_were_displayed()
    {
        foreach (var stranger in (Person[])[await fixture.Server.RoadsAsync(), await fixture.Server.StreetAsync(), await fixture.Server.AsAsync("wall", "waterworks", "observer")])
        {
            await using var connection = await fixture.ConnectAsync(stranger);
            await using var console = new AlertConsole(fixture, connection, "waterworks");
            (await Should.ThrowAsync<HubException>(console.NextAsync)).Message.ShouldContain("not-your-department");
            (await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Shown", "waterworks", "desk", Array.Empty<string>()))).Message.ShouldContain("not-your-department");
        }
    }

    [Fact]
    public async Task Five_hundred_summonses_are_all_on_the_board_and_every_step_is_taken_with_few_notices()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        await using var console = await ConsoleAsync();
        await console.NextAsync();
        var ids = new HashSet<string>();
        foreach (var grid in (string[])["99010100100101", "99010100100201", "99010100200101"])
        {
            var street = await fixture.Server.AsAsync($"street-{grid}", grid[..9], "subdistrict-officer");
            var blown = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => street.PostAsync($"grids/{grid}/whistles", Bodies.Blow.Replace(",\"place\":{\"lon\":120.005,\"lat\":30.005,\"datum\":\"wgs84\"}", "", StringComparison.Ordinal))));
            ids.UnionWith(blown.Select(answer => answer.ShouldSucceed(201).Id));
        }

        var shown = new HashSet<string>();
        while (!shown.IsSupersetOf(ids))
            shown.UnionWith((await console.NextAsync()).Alerts.Select(alert => alert.Whistle));
        fixture.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.RunUntilAsync(() => Task.FromResult(fixture.Webhook.All.Sum(received => received.Json.GetProperty("data").GetProperty("alerts").GetArrayLength()) >= ids.Count));

        fixture.Webhook.All.Count.ShouldBeLessThan(6);
        fixture.Webhook.All.Last().Json.GetProperty("data").GetProperty("unsigned").GetInt32().ShouldBe(ids.Count);
    }

    private async Task<AlertConsole> ConsoleAsync() =>
        new(fixture, await fixture.ConnectAsync(await fixture.Server.WaterworksAsync()), "waterworks", owns: true);

    /// <summary>A console that follows a department's alerts.</summary>
    private sealed class AlertConsole : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly IAsyncEnumerator<System.Text.Json.JsonElement> frames;
        private readonly AlertServer server;
        private readonly bool owns;

        public AlertConsole(AlertServer server, HubConnection connection, string department, bool owns = false)
        {
            (this.server, Connection, this.owns) = (server, connection, owns);
            frames = connection.StreamAsync<System.Text.Json.JsonElement>("Follow", department, stopping.Token).GetAsyncEnumerator(stopping.Token);
        }

        public HubConnection Connection { get; }

        public async Task<AlertFrame> NextAsync()
        {
            // The board beats by the server's clock, which stands still unless it is moved.
            var moved = frames.MoveNextAsync().AsTask();
            for (var waiting = Stopwatch.StartNew(); !moved.IsCompleted && waiting.Elapsed < TimeSpan.FromSeconds(15);)
            {
                server.Server.Clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.WhenAny(moved, Task.Delay(5));
            }

            (await moved.WaitAsync(TimeSpan.Zero)).ShouldBeTrue();
            return System.Text.Json.JsonSerializer.Deserialize(frames.Current, ContractJson.Types.AlertFrame)!;
        }

        public async Task<AlertFrame> UntilAsync(Func<AlertFrame, bool> fits)
        {
            while (true)
            {
                if (await NextAsync() is var frame && fits(frame))
                    return frame;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            if (owns)
                await Connection.DisposeAsync();
            stopping.Dispose();
        }
    }
}
