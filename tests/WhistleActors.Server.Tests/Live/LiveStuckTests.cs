using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>Sockets that nobody reads.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class LiveStuckTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private static readonly string[] Large = ["city", "district:990101", "subdistrict:990101001", "department:waterworks"];

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Screens_that_take_nothing_cost_little_and_are_cut_off()
    {
        const int Stuck = 20;
        var street = await Server.StreetAsync();
        await BlowLargeAsync(street);
        await using var bystander = new Screen(await Screen.ConnectAsync(Server), "city", null, owns: true);
        await bystander.UntilAsync(_ => bystander.Seen.Count >= 150);

        // Each is owed four snapshots of more than 700 KB, which no kernel takes for it.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var stuck = new List<RawScreen>();
        for (var i = 0; i < Stuck; i++)
        {
            stuck.Add(await RawScreen.ConnectAsync(Server));
            for (var board = 0; board < Large.Length; board++)
                await stuck[i].FollowAsync(board, Large[board]);
        }

        // Nobody else waits for them.
        var id = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        await bystander.UntilAsync(_ => bystander.Seen.Contains(id));

        var most = 0L;
        for (var beats = 0; beats < 3; beats++)
        {
            await bystander.UntilAsync(frame => frame.GetProperty("from").GetInt64() == frame.GetProperty("to").GetInt64());
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        (most - before).ShouldBeLessThan(Stuck * 512L * 1024);

        // What the kernel still holds comes, and then the end: the server did not wait for them.
        foreach (var screen in stuck)
        {
            var heard = await screen.HearToTheEndAsync();
            heard.Sum(record => record.Length).ShouldBeLessThan(Large.Length * 700_000);
            screen.Dispose();
        }
    }

    [Fact]
    public async Task A_screen_that_took_nothing_for_too_long_is_told_so_when_it_reads_again()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var street = await server.StreetAsync();
        await BlowLargeAsync(street);
        using var screen = await RawScreen.ConnectAsync(server);
        for (var board = 0; board < Large.Length; board++)
            await screen.FollowAsync(board, Large[board]);

        // It is owed more than any kernel takes for it. The board beats by the server's clock.
        for (var beats = 0; beats < 100; beats++)
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var heard = await screen.HearToTheEndAsync();
        heard.ShouldContain(record => record.Contains("too-slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_console_that_took_no_alerts_for_too_long_is_told_so_when_it_reads_again()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var street = await server.StreetAsync();
        await BlowLargeAsync(street);
        using var console = await RawScreen.ConnectAsync(server, hub: "alerts", person: await server.WaterworksAsync());
        await console.SayAsync("""{"type":4,"invocationId":"1","target":"Follow","arguments":["waterworks"]}""");

        // It is owed more than any kernel takes for it.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        server.Clock.Advance(TimeSpan.FromSeconds(3));

        var record = await console.HearAsync();
        while (record is not null && !record.StartsWith("{\"type\":3", StringComparison.Ordinal))
            record = await console.HearAsync();
        record.ShouldNotBeNull().ShouldContain("too-slow");
    }

    private static async Task BlowLargeAsync(Person street)
    {
        var large = Bodies.Blow.Replace("\"description\":\"", $"\"description\":\"{new string('水', 1_500)}", StringComparison.Ordinal);
        for (var i = 0; i < 150; i++)
            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", large)).ShouldSucceed(201);
    }
}
