using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The six clocks (DOMAIN 3.6): what starts them, what answers them, when notice is given, and which one is breached.</summary>
public sealed class ClockTests
{
    [Fact]
    public void Each_clock_counts_in_its_own_unit_from_the_whistle_on()
    {
        var story = Story.OfSixClocks().Blow();

        // Ten in the morning of a Tuesday; work from nine to twelve and from one to six.
        story.Due(TestCity.Urban, Clock.Sign).ShouldBe(At("2026-03-10T10:30"));
        story.Due(TestCity.Urban, Clock.Contact).ShouldBe(At("2026-03-10T15:00"));
        story.Due(TestCity.Urban, Clock.CheckIn).ShouldBe(At("2026-03-10T12:00"));
        story.Due(TestCity.Urban, Clock.Measures).ShouldBe(At("2026-03-11T10:00"));
        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(At("2026-03-12T18:00"));
        story.Due(TestCity.Water, Clock.Disposal).ShouldBe(At("2026-03-11T18:00"));
        story.Whistle.ClockOf(story[TestCity.Urban], Clock.Report).ShouldBeNull("no line of the pack limits it");
        story.Whistle.ClocksOf(story[TestCity.Weather]).ShouldBeEmpty();
    }

    [Fact]
    public void Departments_with_the_same_limits_share_one_schedule() =>
        Story.OfSixClocks().Blow().Whistle.Schedules!.Value.Length.ShouldBe(2);

    [Fact]
    public void A_pack_that_limits_only_signing_and_checking_in_runs_only_these() =>
        new Story().Blow().Whistle.ClocksOf(new Story().Blow()[TestCity.Water]).Select(standing => standing.Clock).ShouldBe([Clock.Sign, Clock.CheckIn]);

    [Fact]
    public void To_speak_to_the_initiator_answers_the_contact_clock_and_signs()
    {
        var story = Story.OfSixClocks().Blow().Contact(TestCity.Urban);

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(SummonsSigned), typeof(InitiatorContacted)]);
        story[TestCity.Urban].HasAnswered(Clock.Contact).ShouldBeTrue();
        story.After(TimeSpan.FromHours(6)).Alarm();
        story.Events.OfType<DeadlinePassed>().ShouldNotContain(passed => passed.Department == TestCity.Urban && passed.Clock == Clock.Contact);
        story.Events.OfType<DeadlinePassed>().ShouldContain(passed => passed.Department == TestCity.Police && passed.Clock == Clock.Contact);
    }

    [Fact]
    public void To_be_on_the_spot_counts_as_contact()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban);

        story[TestCity.Urban].HasAnswered(Clock.Contact).ShouldBeTrue();
        story.Refused(new ContactInitiator(story.Id, TestCity.Urban, null), TestCity.CrewOf(TestCity.Urban)).Code.ShouldBe("already-contacted");
    }

    [Fact]
    public void The_first_measure_on_the_spot_answers_its_clock_and_says_whether_it_was_late()
    {
        var story = Story.OfSixClocks().Blow();
        story.Refused(new RecordMeasure(story.Id, TestCity.Urban, "x", null), TestCity.CrewOf(TestCity.Urban)).Code.ShouldBe("not-checked-in");

        story.CheckIn(TestCity.Urban).At(At("2026-03-11T10:01")).Measure(TestCity.Urban);
        story.Caused.OfType<MeasureRecorded>().Single().Late.ShouldBeTrue();
        story[TestCity.Urban].OverdueClocks.ShouldBeEmpty();

        story.Measure(TestCity.Urban).Caused.OfType<MeasureRecorded>().Single().Late.ShouldBeFalse("only the first one is awaited");
    }

    [Fact]
    public void Every_breached_clock_is_named_and_the_last_in_the_order_of_life_stands_for_them()
    {
        var story = Story.OfSixClocks().Blow().At(At("2026-03-10T15:01")).Alarm();

        story[TestCity.Urban].OverdueClocks.ShouldBe([Clock.Sign, Clock.Contact, Clock.CheckIn]);
        story[TestCity.Urban].Overdue.ShouldBe(Clock.CheckIn);
        story.Sign(TestCity.Urban)[TestCity.Urban].OverdueClocks.ShouldBe([Clock.Contact, Clock.CheckIn]);

        story.CheckIn(TestCity.Urban).At(At("2026-03-12T18:01")).Alarm();
        story[TestCity.Urban].OverdueClocks.ShouldBe([Clock.Measures, Clock.Disposal]);
    }

    [Fact]
    public void Notice_is_given_at_half_and_at_four_fifths_in_the_clocks_own_unit_and_then_it_runs_out()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).At(At("2026-03-20T12:00")).Alarm();

        // Eight working hours from ten on: half are over at three (lunch does not count), 6.4 of 8 at 17:24.
        Of(Clock.Measures).ShouldBe([(50, At("2026-03-10T15:00")), (80, At("2026-03-10T17:24"))]);
        story.Caused.OfType<DeadlinePassed>().ShouldContain(passed => passed.Department == TestCity.Urban && passed.Clock == Clock.Measures);

        // Two hours are too short for notices.
        story.Events.OfType<DeadlineNear>().ShouldNotContain(near => near.Clock == Clock.Sign || near.Clock == Clock.CheckIn);
        story.Caused.Select(happened => happened.By).ShouldAllBe(by => by == null);

        IEnumerable<(int, DateTimeOffset)> Of(Clock clock) =>
            from near in story.Caused.OfType<DeadlineNear>()
            where near.Department == TestCity.Urban && near.Clock == clock
            select (near.Percent, story.Whistle.Schedules!.Value.SelectMany(s => s.Clocks).First(plan => plan.Clock == clock).Notices!.Value.First(n => n.Percent == near.Percent).At);
    }

    [Fact]
    public void Notice_is_given_once_after_its_instant_and_not_at_all_once_the_clock_is_answered()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).CheckIn(TestCity.Police).CheckIn(TestCity.Water);
        var half = At("2026-03-10T15:00");
        story.At(half).Alarm().Caused.ShouldBeEmpty();
        story.Measure(TestCity.Urban);
        story.At(half.AddTicks(1)).Alarm().Caused.Cast<DeadlineNear>().Select(near => near.Department).ShouldBe([TestCity.Water, TestCity.Police], ignoreOrder: true);
        story.Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void A_veto_gives_the_rework_a_whole_new_time_from_the_limit_that_was_stamped()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).Resolve(TestCity.Urban);
        story[TestCity.Urban].HasAnswered(Clock.Disposal).ShouldBeTrue();

        // Meanwhile the city has another pack, which gives no time at all for disposal.
        story.At(At("2026-03-13T09:00")).Under(TestCity.Pack).Veto(TestCity.Urban);

        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(At("2026-03-17T18:00"), "two working days after Friday");
        story.At(At("2026-03-17T18:01")).Alarm()[TestCity.Urban].Overdue.ShouldBe(Clock.Disposal);
    }

    [Fact]
    public void The_written_report_does_not_hold_up_the_acceptance_but_the_closing_where_the_city_limits_it()
    {
        var story = Story.OfSixClocks().Blow(WhistleLevel.Campaign).FinishAll();
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("reports-missing");
        story.At(At("2026-03-16T09:00")).Alarm();
        story[TestCity.Water].Overdue.ShouldBe(Clock.Report);
        story[TestCity.Water].State.ShouldBe(SummonsState.Settled);

        story.FileReport(TestCity.Water).FileReport(TestCity.Urban).FileReport(TestCity.Police).Close();
        story.Events.OfType<ReportFiled>().ShouldAllBe(filed => filed.Late);

        Story.OfSixClocks().Blow().FinishAll().Close().Whistle.Stage.ShouldBe(WhistleStage.Closed, "no limit, no need");
    }

    [Fact]
    public void A_department_released_without_an_outcome_owes_no_report()
    {
        var story = Story.OfSixClocks().Blow(WhistleLevel.Campaign).Finish(TestCity.Water).Release(TestCity.Urban, "不需要").Release(TestCity.Police, "不需要");
        story.FileReport(TestCity.Water).Close();
        story.Whistle.Stage.ShouldBe(WhistleStage.Closed);
    }

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);
}
