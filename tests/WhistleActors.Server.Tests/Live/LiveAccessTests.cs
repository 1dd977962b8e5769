using Microsoft.AspNetCore.SignalR;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>Who sees which board, on the hub and in the list, and for how long.</summary>
public sealed class LiveAccessTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("city", "observer", "city", true)]
    [InlineData("city", "observer", "department:waterworks", true)]
    [InlineData("990101", "commander", "district:990101", true)]
    [InlineData("990101", "commander", "subdistrict:990101002", true)]
    [InlineData("990101", "commander", "department:990101-roads", true)]
    [InlineData("990101", "commander", "whistle:99010100100101-1", true)]
    [InlineData("990101", "commander", "city", false)]
    [InlineData("990101", "commander", "district:990102", false)]
    [InlineData("990101", "commander", "subdistrict:990102001", false)]
    [InlineData("990101", "commander", "department:waterworks", false)]
    [InlineData("990101", "commander", "department:990102-roads", false)]
    [InlineData("990101001", "subdistrict-officer", "subdistrict:990101001", true)]
    [InlineData("990101001", "subdistrict-officer", "whistle:99010100100101-1", true)]
    [InlineData("990101001", "observer", "subdistrict:990101002", false)]
    [InlineData("990101001", "subdistrict-officer", "city", false)]
    [InlineData("990101001", "subdistrict-officer", "district:990101", false)]
    [InlineData("990101001", "subdistrict-officer", "department:waterworks", false)]
    [InlineData("waterworks", "crew", "department:waterworks", true)]
    [InlineData("waterworks", "dispatcher", "department:990101-roads", false)]
    [InlineData("waterworks", "dispatcher", "city", false)]
    [InlineData("waterworks", "dispatcher", "subdistrict:990101001", false)]
    public async Task An_organisation_sees_its_own_part_of_the_city(string organisation, string role, string board, bool sees)
    {
        var person = await Server.AsAsync("someone", organisation, role);
        await using var screen = new Screen(await Screen.ConnectAsync(Server, person), board, null, owns: true);

        if (sees)
            (await screen.NextAsync()).GetProperty("reset").GetBoolean().ShouldBeTrue();
        else
            (await Should.ThrowAsync<HubException>(() => screen.NextAsync())).Message.ShouldContain("board-not-yours");

        var list = await person.GetAsync($"whistles?board={board}");
        if (sees)
            list.ShouldSucceed();
        else
            list.ShouldBeRefused(403, "board-not-yours");
    }

    [Theory]
    [InlineData("990102-roads", "dispatcher")]
    [InlineData("990102001", "subdistrict-officer")]
    [InlineData("990102", "commander")]
    public async Task A_whistle_of_another_place_is_seen_by_whom_it_concerns_and_by_nobody_else(string organisation, string role)
    {
        var id = (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var stranger = await Server.AsAsync("east", organisation, role);
        await using var summoned = new Screen(await Screen.ConnectAsync(Server, await Server.WaterworksAsync()), $"whistle:{id}", null, owns: true);
        await using var other = new Screen(await Screen.ConnectAsync(Server, stranger), $"whistle:{id}", null, owns: true);

        await summoned.UntilAsync(_ => summoned.Seen.Contains(id));
        await other.NextAsync();
        await other.NextAsync();
        other.Seen.ShouldBeEmpty();
        (await stranger.GetAsync("whistles")).Text.ShouldNotContain(id);
    }

    [Fact]
    public async Task A_board_ends_with_the_sign_in_that_it_was_opened_with()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        await using var connection = await Screen.ConnectAsync(server);
        await using var screen = new Screen(connection, "city", null);
        await MovingOnAsync(server, screen.NextAsync());

        server.Clock.Advance(TimeSpan.FromHours(12));

        var ended = await Should.ThrowAsync<HubException>(() => MovingOnAsync(server, screen.UntilAsync(_ => false)));
        ended.Message.ShouldContain("sign-in-expired");
        await using var again = new Screen(connection, "city", null);
        (await Should.ThrowAsync<HubException>(() => again.NextAsync())).Message.ShouldContain("sign-in-expired");
    }

    // The board beats by the server's clock, which stands still unless it is moved.
    private static async Task MovingOnAsync(TestServer server, Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(waiting, Task.Delay(5));
        }

        await waiting;
    }
}
