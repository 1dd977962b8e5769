using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Contract.Alerts;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>Who follows whose alerts, for how long, and what a node says that is behind.</summary>
public sealed class AlertAccessTests : IAsyncLifetime
{
    private readonly AlertServer fixture = new();

    private TestServer Server => fixture.Server;

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task A_console_is_closed_when_the_sign_in_ends_that_it_was_opened_with()
    {
        var (water, centre) = (await Server.WaterworksAsync(), await Server.AsAsync("centre", "990101", "commander"));
        await using var console = await AlertConsole.OfAsync(fixture, water);
        await using var command = await AlertConsole.OfDistrictAsync(fixture, centre);
        await console.NextAsync();
        await command.NextAsync();

        Server.Clock.Advance(TimeSpan.FromHours(12));

        (await Should.ThrowAsync<HubException>(() => console.UntilAsync(_ => false))).Message.ShouldContain("sign-in-expired");
        (await Should.ThrowAsync<HubException>(() => command.UntilAsync(_ => false))).Message.ShouldContain("sign-in-expired");

        // The connection is still there, and is good for nothing any more.
        (await Should.ThrowAsync<HubException>(() => console.Connection.InvokeAsync("Shown", "waterworks", "desk", Array.Empty<string>()))).Message.ShouldContain("sign-in-expired");
        await using var again = new AlertConsole<AlertFrame>(Server, console.Connection, "Follow", "waterworks", Contract.ContractJson.Types.AlertFrame);
        (await Should.ThrowAsync<HubException>(again.NextAsync)).Message.ShouldContain("sign-in-expired");
    }

    [Fact]
    public async Task A_node_that_cannot_read_the_journal_falls_silent_and_takes_no_new_console_until_it_can()
    {
        await using var console = await AlertConsole.OfAsync(fixture, await Server.WaterworksAsync());
        await console.NextAsync();
        Server.Execute("ALTER TABLE journal RENAME COLUMN message TO out_of_reach");

        await Eventually.TrueAsync(async () => (int)(await Server.Http.GetAsync("/health/ready")).StatusCode == 503);
        await Eventually.TrueAsync(async () => await console.NextAsync(TimeSpan.FromSeconds(12)) is null, TimeSpan.FromSeconds(60));

        await using var late = await AlertConsole.OfAsync(fixture, await Server.WaterworksAsync());
        (await Should.ThrowAsync<HubException>(() => late.NextAsync())).Message.ShouldContain("board-behind");

        Server.Execute("ALTER TABLE journal RENAME COLUMN out_of_reach TO message");
        (await console.NextAsync()).Alerts.ShouldBeEmpty();
        await using var again = await AlertConsole.OfAsync(fixture, await Server.WaterworksAsync());
        (await again.NextAsync()).Reset.ShouldBeTrue();
    }

    [Fact]
    public async Task The_command_of_a_district_sees_what_came_up_to_it_and_until_when()
    {
        var centre = await Server.AsAsync("centre", "990101", "commander");
        await using var command = await AlertConsole.OfDistrictAsync(fixture, centre);
        await using var elsewhere = await AlertConsole.OfDistrictAsync(fixture, await Server.AsAsync("east", "990102", "commander"), "990102");
        (await command.NextAsync()).Alerts.ShouldBeEmpty();
        await elsewhere.NextAsync();
        var whistle = await fixture.BlowAsync();
        await Quiet(command, TimeSpan.FromMinutes(3.8));

        // Both departments are silent; one of them signs in the last moment.
        (await (await Server.RoadsAsync()).PostAsync($"whistles/{whistle}/summonses/990101-roads/sign")).ShouldSucceed();
        var frame = await command.UntilAsync(frame => frame.Alerts.Count > 0);
        var escalated = frame.Alerts.ShouldHaveSingleItem();
        (escalated.Department, escalated.Alert.Whistle, escalated.Alert.Cause, frame.Unsigned).ShouldBe(("waterworks", whistle, AlertCause.Unsigned, 1));
        (frame.At - escalated.Alert.Since).ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(4.1));

        // Whoever connects later finds it there, and that it was displayed is proven.
        await using var second = await AlertConsole.OfDistrictAsync(fixture, centre);
        (await second.NextAsync()).Alerts.Single().Alert.Whistle.ShouldBe(whistle);
        await command.Connection.InvokeAsync("EscalatedShown", "990101", "wall", new[] { new AlertName(whistle, "waterworks") }, TestContext.Current.CancellationToken);
        (await fixture.AttemptsAsync(whistle)).Where(attempt => attempt.GetProperty("kind").GetString() == "shown")
            .Select(attempt => (attempt.GetProperty("console").GetString(), attempt.GetProperty("person").GetString())).ShouldBe([("990101/wall", "centre")]);

        (await (await Server.WaterworksAsync()).PostAsync($"whistles/{whistle}/summonses/waterworks/sign")).ShouldSucceed();
        (await command.UntilAsync(frame => frame.Over.Count > 0)).Over.ShouldBe([new AlertName(whistle, "waterworks")]);

        // Signed and forgotten comes up too, after the chase and the same chain: the roads first, which signed first.
        var chased = (await command.UntilAsync(frame => frame.Alerts.Count > 0)).Alerts.ShouldHaveSingleItem();
        (chased.Department, chased.Alert.Cause).ShouldBe(("990101-roads", AlertCause.NotDeparted));
        (await elsewhere.NextAsync()).Alerts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_but_the_command_of_the_district_follows_what_came_up_to_it()
    {
        foreach (var stranger in (Person[])[await Server.RoadsAsync(), await Server.StreetAsync(), await Server.AsAsync("east", "990102", "commander"), await Server.AsAsync("wall", "990101", "observer")])
        {
            await using var console = await AlertConsole.OfDistrictAsync(fixture, stranger);
            (await Should.ThrowAsync<HubException>(() => console.NextAsync())).Message.ShouldContain("not-your-district");
            (await Should.ThrowAsync<HubException>(() => console.Connection.InvokeAsync("EscalatedShown", "990101", "desk", Array.Empty<AlertName>()))).Message.ShouldContain("not-your-district");
        }
    }

    [Fact]
    public async Task Nobody_else_follows_a_departments_alerts_or_says_that_they_were_displayed()
    {
        foreach (var stranger in (Person[])[await Server.RoadsAsync(), await Server.StreetAsync(), await Server.AsAsync("wall", "waterworks", "observer"), await Server.AsAsync("centre", "990101", "commander")])
        {
            await using var console = await AlertConsole.OfAsync(fixture, stranger);
            (await Should.ThrowAsync<HubException>(() => console.NextAsync())).Message.ShouldContain("not-your-department");
            (await Should.ThrowAsync<HubException>(() => console.Connection.InvokeAsync("Shown", "waterworks", "desk", Array.Empty<string>()))).Message.ShouldContain("not-your-department");
        }
    }

    // Only signs of life come meanwhile.
    private async Task Quiet(AlertConsole<EscalationFrame> console, TimeSpan time)
    {
        for (var until = Server.Now + time; Server.Now < until;)
            (await console.NextAsync(until - Server.Now))?.Alerts.ShouldBeEmpty();
    }
}
