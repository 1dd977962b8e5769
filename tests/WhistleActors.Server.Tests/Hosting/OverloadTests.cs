using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using WhistleActors.Actors.Gates;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class OverloadTests
{
    [Fact]
    public async Task A_server_that_reads_as_much_as_it_can_says_so_at_once_and_when_to_come_back_and_whoever_looks_is_served_all_the_same()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true, "--most_at_once", "1", "--most_waiting", "0");
        var street = await server.StreetAsync();
        TcpClient? slow = null;
        try
        {
            // A request whose body does not end holds the only place; unless our own question was there first.
            await Eventually.TrueAsync(async () =>
            {
                slow?.Dispose();
                slow = await BeginAsync(server, street.Token);
                return (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", "none")).Status == 503;
            });

            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "patient")).ShouldBeRefused(503, "overloaded");
            (await street.GetAsync("load")).ShouldSucceed();

            // Who only asks how it is gets an answer all the same.
            (await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        }
        finally
        {
            slow?.Dispose();
        }

        await Eventually.TrueAsync(async () => (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "patient")).Status == 201);
        (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Json.GetProperty("openWhistles").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_saturated_server_turns_daily_business_away_lets_an_emergency_in_first_tells_every_screen_and_recovers_by_itself()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true, "--most_at_once", "1", "--most_waiting", "2");
        var street = await server.StreetAsync();
        await using var wall = new Screen(await Screen.ConnectAsync(server), "city", null, owns: true);
        await ShownAsync(server, wall, frame => !frame.TryGetProperty("saturated", out _));

        // All that the grids can do at once is done for somebody else.
        var gate = server.Services.GetRequiredService<CityGates>().Grids;
        var busy = new TaskCompletionSource<int>();
        var inside = gate.PassAsync("elsewhere", WhistleLevel.Daily, () => busy.Task, CancellationToken.None);
        var daily = street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily, key: "daily");
        await Eventually.TrueAsync(() => gate.Figures.Waiting == 1);

        var refused = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily, key: "too-much")).ShouldBeRefused(503, "overloaded");
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));
        var emergency = street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "emergency");
        await Eventually.TrueAsync(() => gate.Figures.Waiting == 2);

        var health = await ReadyAsync(server);
        health.GetProperty("status").GetString().ShouldBe("ready");
        health.GetProperty("gates").GetProperty("grids").ToString().ShouldBe("""{"state":"saturated","inside":1,"waiting":2,"turnedAway":1}""");
        health.GetProperty("gates").GetProperty("departments").GetProperty("state").GetString().ShouldBe("free");
        var metrics = await server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldContain("whistle_gate_saturated{");
        metrics.ShouldContain("gate=\"grids\"");
        await ShownAsync(server, wall, frame => frame.TryGetProperty("saturated", out var gates) && gates.ToString() == """["grids"]""");

        busy.SetResult(0);
        await inside;
        var (first, second) = ((await emergency).ShouldSucceed(201), (await daily).ShouldSucceed(201));
        string.CompareOrdinal(first.Id, second.Id).ShouldBeLessThan(0, "the emergency came later and was blown first");
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily, key: "too-much")).ShouldSucceed(201).Replayed.ShouldBeFalse();
        server.Clock.Advance(Gate.SaturatedFor);
        await ShownAsync(server, wall, frame => !frame.TryGetProperty("saturated", out _));
        (await ReadyAsync(server)).GetProperty("gates").GetProperty("grids").GetProperty("state").GetString().ShouldBe("free");
    }

    // Heartbeats come with time.
    private static async Task ShownAsync(TestServer server, Screen screen, Func<JsonElement, bool> fits)
    {
        var shown = screen.UntilAsync(fits);
        await Eventually.TrueAsync(() =>
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            return shown.IsCompleted;
        });
        await shown;
    }

    private static async Task<JsonElement> ReadyAsync(TestServer server) =>
        JsonDocument.Parse(await server.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken)).RootElement;

    private static async Task<TcpClient> BeginAsync(TestServer server, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/grids/{ExampleCity.Belfry}/whistles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        return client;
    }
}
