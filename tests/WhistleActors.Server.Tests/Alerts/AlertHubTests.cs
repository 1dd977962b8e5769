using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Contract.Alerts;

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

            var young = await fixture.BlowAsync();
            var second = await console.AtOnceAsync();
            (second.Alerts.ShouldHaveSingleItem().Whistle, second.Unsigned).ShouldBe((young, 2));

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
    public async Task A_second_whistle_that_finds_the_first_unsigned_is_told_anew_everywhere()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"), ("bo", "deputy", "webhook", "desk"));
        var whistle = await fixture.BlowAsync();
        await using var console = await ConsoleAsync();
        var first = (await console.NextAsync()).Alerts.ShouldHaveSingleItem();
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-1", new[] { whistle }, TestContext.Current.CancellationToken);
        await fixture.RunUntilAsync(() => Task.FromResult(fixture.Webhook.All.Count == 2), TimeSpan.FromSeconds(5));

        (await (await fixture.Server.StreetAsync()).PostAsync($"whistles/{whistle}/blow-again", """{"reason":"无人签收"}""")).ShouldSucceed();

        var again = (await console.UntilAsync(frame => frame.Alerts.Count > 0)).Alerts.ShouldHaveSingleItem();
        (first.Round, again.Round, again.Cause).ShouldBe((1, 2, AlertCause.Unsigned));
        again.Since.ShouldBeGreaterThan(first.Since);
        again.SignBy!.Value.ShouldBeGreaterThan(first.SignBy!.Value);
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-1", new[] { whistle }, TestContext.Current.CancellationToken);
        await fixture.RunUntilAsync(() => Task.FromResult(fixture.Webhook.All.Count == 4), TimeSpan.FromSeconds(5));
        var attempts = await fixture.AttemptsAsync(whistle);
        attempts.Where(attempt => attempt.GetProperty("kind").GetString() == "step")
            .Select(attempt => (attempt.GetProperty("person").GetString(), attempt.TryGetProperty("round", out var round) ? round.GetInt32() : 1))
            .ShouldBe([("an", 1), ("bo", 1), ("an", 2), ("bo", 2)]);
        attempts.Count(attempt => attempt.GetProperty("kind").GetString() == "shown").ShouldBe(2);
    }

    [Fact]
    public async Task A_department_that_is_only_told_has_nothing_to_answer_and_no_alert()
    {
        await fixture.BlowAsync();
        await using var console = await AlertConsole.OfAsync(fixture, await fixture.Server.AsAsync("desk", "command", "dispatcher"), "command");
        (await console.NextAsync()).Alerts.ShouldBeEmpty();
    }

    private async Task<AlertConsole<AlertFrame>> ConsoleAsync() => await AlertConsole.OfAsync(fixture, await fixture.Server.WaterworksAsync());
}
