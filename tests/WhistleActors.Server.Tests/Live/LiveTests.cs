using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Server.Live;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>A server on the real clock: the live hub beats by it.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(fakeClock: false);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

public sealed class LiveTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_screen_gets_a_snapshot_and_then_every_change_within_a_second()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var old = await BlowAsync(street);
        await using var screen = await ScreenAsync("city");
        var snapshot = await screen.NextAsync();
        snapshot.GetProperty("reset").GetBoolean().ShouldBeTrue();
        while (!snapshot.GetProperty("complete").GetBoolean())
            snapshot = await screen.NextAsync();
        screen.Seen.ShouldContain(old);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var id = await BlowAsync(street);
        await screen.UntilAsync(frame => Ids(frame).Contains(id));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));

        (await water.PostAsync($"whistles/{id}/summonses/waterworks/sign")).ShouldSucceed();
        var signed = await screen.UntilAsync(frame => Version(frame, id) == 2);
        (await street.GetAsync($"whistles/{id}")).Text.ShouldBe(signed.GetProperty("whistles").EnumerateArray().Single(whistle => whistle.GetProperty("id").GetString() == id).GetRawText());
        while (!(screen.Loads.TryGetValue("waterworks", out var load) && load.GetProperty("signed").GetInt32() == 1 && screen.Totals?.GetProperty("blown").GetInt32() >= 2))
            await screen.NextAsync();

        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        var gone = await screen.UntilAsync(frame => Version(frame, id) == 3);
        gone.GetProperty("whistles").EnumerateArray().Single(whistle => whistle.GetProperty("id").GetString() == id).GetProperty("stage").GetString().ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Frames_join_without_a_gap_and_a_quiet_board_beats()
    {
        var street = await Server.StreetAsync();
        await using var screen = await ScreenAsync("city");
        var last = await screen.NextAsync();
        for (var i = 0; i < 5; i++)
        {
            await BlowAsync(street);
            var next = await screen.NextAsync();
            next.GetProperty("from").GetInt64().ShouldBe(last.GetProperty("to").GetInt64());
            next.GetProperty("reset").GetBoolean().ShouldBeFalse();
            last = next;
        }

        var beat = await screen.UntilAsync(frame => frame.GetProperty("from").GetInt64() == frame.GetProperty("to").GetInt64());
        beat.GetProperty("complete").GetBoolean().ShouldBeTrue();
        Ids(beat).ShouldBeEmpty();
        beat.GetProperty("at").GetDateTimeOffset().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_screen_that_comes_back_with_its_position_gets_only_what_it_missed()
    {
        var street = await Server.StreetAsync();
        var before = await BlowAsync(street);
        JsonElement held;
        await using (var screen = await ScreenAsync("city"))
            held = await screen.UntilAsync(frame => frame.GetProperty("complete").GetBoolean() && frame.GetProperty("to").GetInt64() > 0);
        await Eventually.TrueAsync(async () => (await street.GetAsync($"whistles?board=whistle:{before}")).Text.Contains(before, StringComparison.Ordinal));
        var missed = await BlowAsync(street);

        await using var back = await ScreenAsync("city", new { epoch = held.GetProperty("epoch").GetString(), sequence = held.GetProperty("to").GetInt64() });
        var first = await back.NextAsync();

        first.GetProperty("reset").GetBoolean().ShouldBeFalse();
        first.GetProperty("from").GetInt64().ShouldBe(held.GetProperty("to").GetInt64());
        if (!Ids(first).Contains(missed))
            await back.UntilAsync(frame => Ids(frame).Contains(missed));
    }

    [Theory]
    [InlineData("""{"epoch":"of-another-run","sequence":3}""")]
    [InlineData("""{"epoch":"","sequence":0}""")]
    [InlineData("""{"sequence":3}""")]
    [InlineData("""{"epoch":null,"sequence":-1}""")]
    public async Task A_position_of_elsewhere_gets_a_snapshot(string position)
    {
        await using var screen = await ScreenAsync("city", JsonDocument.Parse(position).RootElement);

        (await screen.NextAsync()).GetProperty("reset").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_scope_shows_its_part_only()
    {
        var street = await Server.StreetAsync();
        var town = await Server.AsAsync("town", "990101002", "subdistrict-officer");
        await using var ours = await ScreenAsync("subdistrict:990101001");
        await using var theirs = await ScreenAsync("subdistrict:990101002");
        await using var east = await ScreenAsync("department:990102-roads");
        var id = await BlowAsync(street);
        var other = (await town.PostAsync($"grids/{ExampleCity.RiverBend}/whistles", Bodies.Blow.Replace(""","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"}""", "", StringComparison.Ordinal))).ShouldSucceed(201).Id;
        await using var one = await ScreenAsync($"whistle:{id}");

        await theirs.UntilAsync(frame => Ids(frame).Contains(other));
        await ours.UntilAsync(frame => Ids(frame).Contains(id));
        await one.UntilAsync(frame => Ids(frame).Contains(id));

        theirs.Seen.ShouldNotContain(id);
        ours.Seen.ShouldNotContain(other);
        one.Seen.ShouldBe([id]);
        (await east.NextAsync()).GetProperty("complete").GetBoolean().ShouldBeTrue();
        east.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("moon")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("district:")]
    [InlineData("whistle:x")]
    public async Task A_board_that_there_is_not_is_refused_by_name(string? board)
    {
        await using var screen = await ScreenAsync(board);

        (await Should.ThrowAsync<HubException>(() => screen.NextAsync())).Message.ShouldContain("unknown-board");
    }

    [Fact]
    public async Task One_connection_follows_eight_boards_and_no_more_and_may_change_its_mind_as_often_as_it_likes()
    {
        await using var connection = await ConnectAsync();
        var screens = new List<Screen>();
        for (var i = 1; i <= LiveScreen.MostBoards; i++)
        {
            screens.Add(new Screen(connection, Some(i), null));
            await screens[^1].NextAsync();
        }

        await using var ninth = new Screen(connection, "city", null);
        (await Should.ThrowAsync<HubException>(() => ninth.NextAsync())).Message.ShouldContain("too-many-boards");

        for (var round = 0; round < 20; round++)
        {
            await screens[0].StopAsync();
            screens.RemoveAt(0);
            screens.Add(new Screen(connection, Some(LiveScreen.MostBoards + 1 + round), null));
            (await screens[^1].NextAsync()).GetProperty("reset").GetBoolean().ShouldBeTrue();
        }

        static string Some(int number) => $"whistle:{ExampleCity.Belfry}-{number}";
    }

    [Fact]
    public async Task A_board_is_followed_once_on_a_connection_and_anew_after_it_was_left()
    {
        await using var connection = await ConnectAsync();
        await using var screen = new Screen(connection, "city", null);
        await screen.NextAsync();
        await using var twice = new Screen(connection, "city", null);
        (await Should.ThrowAsync<HubException>(() => twice.FollowingAsync())).Message.ShouldContain("already-followed");

        await connection.InvokeAsync("Unfollow", "city", TestContext.Current.CancellationToken);
        await using var again = new Screen(connection, "city", null);

        (await again.NextAsync()).GetProperty("reset").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task When_leaving_a_board_is_answered_nothing_of_it_comes_any_more()
    {
        var street = await Server.StreetAsync();
        await using var connection = await ConnectAsync();
        await using var screen = new Screen(connection, "city", null);
        await using var other = new Screen(connection, "district:990101", null);
        await screen.NextAsync();

        await BlowAsync(street);
        await connection.InvokeAsync("Unfollow", "city", TestContext.Current.CancellationToken);
        var came = screen.Unread;
        var id = await BlowAsync(street);
        await other.UntilAsync(frame => Ids(frame).Contains(id));

        screen.Unread.ShouldBe(came);
        await connection.InvokeAsync("Unfollow", "city", TestContext.Current.CancellationToken);
        await connection.InvokeAsync("Unfollow", null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_message_that_makes_no_sense_harms_nobody_else()
    {
        await using var screen = await ScreenAsync("city");
        await screen.NextAsync();
        await using (var connection = await ConnectAsync())
        {
            await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Nothing", TestContext.Current.CancellationToken));
            await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Follow", 7, "x", TestContext.Current.CancellationToken));
            await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Follow", "city", new { epoch = "x", sequence = "y" }, TestContext.Current.CancellationToken));
        }

        await using (var connection = await ConnectAsync())
        {
            // More than a client may say at once: it is cut off.
            await Should.ThrowAsync<Exception>(() => connection.InvokeAsync("Follow", new string('x', 100_000), TestContext.Current.CancellationToken));
        }

        var id = await BlowAsync(await Server.StreetAsync());
        await screen.UntilAsync(frame => Ids(frame).Contains(id));
    }

    [Fact]
    public async Task Nobody_follows_without_a_token()
    {
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(Server.Address, "hubs/live")).Build();

        (await Should.ThrowAsync<HttpRequestException>(() => connection.StartAsync(TestContext.Current.CancellationToken))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> BlowAsync(Person street) =>
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;

    private static List<string> Ids(JsonElement frame) => [.. frame.GetProperty("whistles").EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString()!)];

    private static long? Version(JsonElement frame, string id) => frame.GetProperty("whistles").EnumerateArray()
        .Where(whistle => whistle.GetProperty("id").GetString() == id).Select(whistle => (long?)whistle.GetProperty("version").GetInt64()).SingleOrDefault();

    private async Task<HubConnection> ConnectAsync() => await Screen.ConnectAsync(Server);

    private async Task<Screen> ScreenAsync(string? board, object? position = null) => new(await ConnectAsync(), board, position, owns: true);
}

/// <summary>What happens to screens when the server goes away and comes back.</summary>
public sealed class LiveRestartTests
{
    [Fact]
    public async Task After_a_restart_a_position_means_nothing_any_more_and_the_snapshot_shows_what_is_open()
    {
        await using var server = await TestServer.StartAsync(fakeClock: false);
        var street = await server.StreetAsync();
        var open = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var ended = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        (await street.PostAsync($"whistles/{ended}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        JsonElement held;
        await using (var screen = new Screen(await Screen.ConnectAsync(server), "city", null, owns: true))
            held = await screen.UntilAsync(frame => frame.GetProperty("complete").GetBoolean() && frame.GetProperty("whistles").GetArrayLength() > 0);

        await server.RestartAsync();
        await using var back = new Screen(
            await Screen.ConnectAsync(server), "city", new { epoch = held.GetProperty("epoch").GetString(), sequence = held.GetProperty("to").GetInt64() }, owns: true);
        var first = await back.NextAsync();

        first.GetProperty("reset").GetBoolean().ShouldBeTrue();
        first.GetProperty("epoch").GetString().ShouldNotBe(held.GetProperty("epoch").GetString());
        first.GetProperty("whistles").EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString()).ShouldBe([open]);
        first.GetProperty("city").GetProperty("blown").GetInt32().ShouldBe(2);
        first.GetProperty("city").GetProperty("withdrawn").GetInt32().ShouldBe(1);
    }
}
