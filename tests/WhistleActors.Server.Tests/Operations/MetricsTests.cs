using Shouldly;
using WhistleActors.Server.Tests.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>What a real server tells whoever watches it.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class MetricsTests : IAsyncLifetime
{
    private const string District = "990101";

    private readonly AlertServer fixture = new();

    private TestServer Server => fixture.Server;

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task One_whistle_from_its_blowing_to_its_end_is_in_every_figure_that_it_concerns()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        fixture.Webhook.Answer = _ => 500;
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        await using var screen = new Screen(await Screen.ConnectAsync(Server), "city", null, owns: true);
        await using var console = await AlertConsole.OfAsync(fixture, water);
        await console.NextAsync();

        var whistle = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "once")).ShouldSucceed(201).Id;
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "once")).Replayed.ShouldBeTrue();
        (await water.PostAsync($"whistles/{whistle}/close")).Status.ShouldBe(403);
        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty), TimeSpan.FromMilliseconds(300));
        fixture.Webhook.Answer = _ => 204;

        await ShownAsync(now => now.Sum("whistle_open", ("district", District), ("level", "emergency")) == 1 && now.Sum("whistle_alerts_unsigned") > 0);
        var open = await Scrape.OfAsync(Server);
        open.Sum("whistle_open").ShouldBe(1);
        open.Sum("whistle_alerts_unsigned").ShouldBe(open.Sum("whistle_summonses_open"));
        open.Sum("whistle_summonses_uncrewed").ShouldBe(open.Sum("whistle_summonses_open"));
        open.Sum("whistle_summonses_overdue").ShouldBe(0);
        (open.Sum("whistle_commands_total", ("to", "grid"), ("answer", "accepted")), open.Sum("whistle_commands_total", ("to", "grid"), ("answer", "repeated")), open.Sum("whistle_commands_total", ("to", "grid"), ("answer", "refused")))
            .ShouldBe((1, 1, 1));
        open.Sum("whistle_commands_total", ("to", "department"), ("answer", "accepted")).ShouldNotBeNull("the roster was stored");
        (open.Sum("whistle_screens"), open.Sum("whistle_consoles")).ShouldBe((1, 1));
        (open.Sum("whistle_cluster_members"), open.Sum("whistle_cluster_unreachable")).ShouldBe((1, 0));
        open.Values("whistle_mailbox_deepest", "actor").ShouldBe(["grid", "department", "desk", "access", "region", "board", "pub-sub", "journal", "snapshots"], ignoreOrder: true);
        (open.CountOf("whistle_mailbox_deepest"), open.CountOf("whistle_mailbox_waiting")).ShouldBe((9, 9));
        open.Values("whistle_disk_free_bytes", "folder").ShouldBe(["attachments", "journal"], ignoreOrder: true);

        // The clock runs until the deadline to check in has passed, and then the crew comes.
        await fixture.RunUntilAsync(async () => Server.Now > ExampleCity.Morning.AddMinutes(32) && (await Scrape.OfAsync(Server)).Sum("whistle_summonses_overdue") > 0, TimeSpan.FromMinutes(2));
        (await water.PostAsync($"whistles/{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        await ShownAsync(now => now.Sum("whistle_check_in_duration_seconds_count", ("level", "emergency"), ("late", "true")) == 1);
        var arrived = await Scrape.OfAsync(Server);
        arrived.Sum("whistle_check_in_duration_seconds_count").ShouldBe(1);
        arrived.Sum("whistle_check_in_duration_seconds_sum").ShouldNotBeNull().ShouldBe((Server.Now - ExampleCity.Morning).TotalSeconds, tolerance: 60);
        arrived.Sum("whistle_deadlines_late").ShouldBe(0, "what ran out is recorded");
        arrived.Sum("whistle_notices_total", ("channel", "webhook"), ("result", "failed")).ShouldBe(1);
        arrived.Sum("whistle_notices_total", ("channel", "webhook"), ("result", "delivered")).ShouldNotBeNull().ShouldBeGreaterThan(0);
        (arrived.Sum("whistle_notices_queued", ("channel", "webhook")), arrived.Sum("whistle_notices_under_way", ("channel", "webhook"))).ShouldBe((0, 0));
        arrived.Sum("whistle_notices_duration_seconds_count", ("channel", "webhook")).ShouldBe(arrived.Sum("whistle_notices_total", ("channel", "webhook")));

        var stored = arrived.Sum("whistle_journal_events_total").ShouldNotBeNull();
        stored.ShouldBeGreaterThan(3);
        arrived.Sum("whistle_journal_commit_duration_seconds_count").ShouldNotBeNull().ShouldBeInRange(1, stored);
        arrived.Sum("whistle_journal_persist_duration_seconds_count").ShouldBe(arrived.Sum("whistle_journal_commit_duration_seconds_count"));
        (arrived.Sum("whistle_journal_queued"), arrived.Sum("whistle_journal_in_trouble")).ShouldBe((0, 0));
        arrived.Sum("whistle_board_age_seconds").ShouldNotBeNull().ShouldBeInRange(0, 30);

        (await street.PostAsync($"whistles/{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        await ShownAsync(now => now.Sum("whistle_open") == 0 && now.Sum("whistle_alerts_unsigned") == 0 && now.Sum("whistle_summonses_open") == 0);
    }

    [Fact]
    public async Task An_exercise_is_in_no_figure_of_what_is_open()
    {
        var street = await Server.StreetAsync();
        var exercise = Bodies.Blow.Replace("\"level\"", "\"exercise\":true,\"level\"", StringComparison.Ordinal);
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", exercise)).ShouldSucceed(201);

        await ShownAsync(now => now.Sum("whistle_commands_total", ("to", "grid"), ("answer", "accepted")) == 1);
        (await Scrape.OfAsync(Server)).Sum("whistle_open").ShouldBe(null);
    }

    [Fact]
    public async Task A_screen_that_comes_with_the_position_of_another_board_counts_as_one_that_had_to_begin_anew()
    {
        await using var anew = new Screen(await Screen.ConnectAsync(Server), "city", new { epoch = "of-another", sequence = 7 }, owns: true);
        await ShownAsync(now => now.Sum("whistle_board_resyncs_total", ("cause", "other-board")) == 1);
        (await Scrape.OfAsync(Server)).Sum("whistle_board_resyncs_total").ShouldBe(1);
    }

    [Fact]
    public async Task However_many_departments_are_called_their_figures_are_a_few_for_each_district()
    {
        var street = await Server.StreetAsync();
        for (var i = 0; i < 5; i++)
            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        await ShownAsync(now => now.Sum("whistle_open") == 5);

        var now = await Scrape.OfAsync(Server);
        var places = ExampleCity.Pack.Territory.Districts.Count + 1;
        now.CountOf("whistle_summonses_open").ShouldBeLessThanOrEqualTo(places);
        now.CountOf("whistle_open").ShouldBeLessThanOrEqualTo(places * 3);
        foreach (var name in now.Names.Where(name => name.StartsWith("whistle_", StringComparison.Ordinal)))
            now.Values(name, "district").ShouldBeSubsetOf([.. ExampleCity.Pack.Territory.Districts.Keys.Select(code => code.Text), "city"]);
    }

    // Prometheus sees a counter rise from what it was before: one that begins at one has not risen, and WhistleDeadLetters would not fire.
    [Fact]
    public async Task The_first_notice_that_is_given_up_is_a_rise_that_an_alert_can_see()
    {
        var before = (await Scrape.OfAsync(Server)).Sum("whistle_notices_dead_total").ShouldNotBeNull("told before there is any");

        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        fixture.Webhook.Answer = _ => 403;
        await fixture.BlowAsync();

        await ShownAsync(now => now.Sum("whistle_notices_dead_total") == before + 1);
    }

    // Beats come with time, and what was scraped a moment ago is told again.
    private Task ShownAsync(Func<Scrape, bool> fits) => fixture.RunUntilAsync(async () => fits(await Scrape.OfAsync(Server)), TimeSpan.FromMilliseconds(50));
}
