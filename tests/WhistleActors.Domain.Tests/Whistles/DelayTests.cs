using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>More time (延期) and time standing still (挂账): asked for, decided, recorded, and exact.</summary>
public sealed class DelayTests
{
    private static readonly DateOnly Wednesday = new(2026, 3, 11);

    [Fact]
    public void Only_an_approval_moves_a_clock_and_both_ends_stay_in_the_record()
    {
        var story = Story.OfSixClocks().Blow();
        var (old, until) = (story.Due(TestCity.Urban, Clock.Disposal), At("2026-03-16T12:00"));

        story.AskExtension(TestCity.Urban, Clock.Disposal, until);
        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(old);
        story.Extend(TestCity.Urban);

        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(until);
        var approved = story.Caused.OfType<ExtensionApproved>().Single();
        (approved.Due, approved.Run.Due).ShouldBe((old, until));
        var kept = story[TestCity.Urban].Clocks!.Extensions!.Value.ShouldHaveSingleItem();
        (kept.Due, kept.Until, kept.Decision!.Approved).ShouldBe((old, until, true));
    }

    [Fact]
    public void A_refusal_moves_nothing_and_the_department_may_ask_again()
    {
        var story = Story.OfSixClocks().Blow();
        var old = story.Due(TestCity.Urban, Clock.Disposal);
        story.AskExtension(TestCity.Urban, Clock.Disposal, At("2026-03-16T12:00")).Do(new RefuseExtension(story.Id, TestCity.Urban, "理由不足"), TestCity.Command);

        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(old);
        story.AskExtension(TestCity.Urban, Clock.Disposal, At("2026-03-13T12:00"));
    }

    [Fact]
    public void The_initiator_or_the_districts_command_centre_decides_and_nobody_else()
    {
        var story = Story.OfSixClocks().Blow().AskExtension(TestCity.Urban, Clock.Disposal, At("2026-03-16T12:00"));
        foreach (var officer in new[] { TestCity.Dispatcher(TestCity.Urban), TestCity.OtherStreet, TestCity.FarCommand, TestCity.Wall })
            story.Refused(new ApproveExtension(story.Id, TestCity.Urban), officer).Code.ShouldBe("not-your-whistle");
        story.Do(new ApproveExtension(story.Id, TestCity.Urban), TestCity.Command);
    }

    [Fact]
    public void The_notices_of_an_extended_clock_are_parts_of_the_longer_time()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban);

        // From 8 to 16 working hours: half of it is now where all of it was.
        story.AskExtension(TestCity.Urban, Clock.Measures, At("2026-03-12T10:00")).Extend(TestCity.Urban);

        story.Whistle.ClockOf(story[TestCity.Urban], Clock.Measures)!.Run.Notices!.Value
            .ShouldBe([new Notice(50, At("2026-03-11T10:00")), new Notice(80, At("2026-03-11T15:48"))]);
    }

    [Fact]
    public void A_clock_that_ran_out_while_the_request_waited_is_moved_all_the_same()
    {
        var story = new Story().Blow().AskExtension(TestCity.Urban, Clock.CheckIn, TestCity.Morning.AddHours(5)).After(TimeSpan.FromHours(3)).Alarm();
        story[TestCity.Urban].OverdueClocks.ShouldContain(Clock.CheckIn);

        story.Extend(TestCity.Urban);
        story[TestCity.Urban].OverdueClocks.ShouldNotContain(Clock.CheckIn);
        story.CheckIn(TestCity.Urban).Caused.OfType<CrewCheckedIn>().Single().Late.ShouldBeFalse();
        story.Events.OfType<DeadlinePassed>().ShouldContain(passed => passed.Department == TestCity.Urban && passed.Clock == Clock.CheckIn);
    }

    [Fact]
    public void An_answered_clock_is_not_extended()
    {
        var story = new Story().Blow().AskExtension(TestCity.Urban, Clock.CheckIn, TestCity.Morning.AddHours(5)).CheckIn(TestCity.Urban);
        story.Refused(new ApproveExtension(story.Id, TestCity.Urban), TestCity.Street).Code.ShouldBe("clock-not-running");
        story.Do(new RefuseExtension(story.Id, TestCity.Urban, "已到场"), TestCity.Street);
    }

    [Fact]
    public void While_a_summons_is_suspended_none_of_its_clocks_runs_out()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).At(At("2026-03-10T14:00")).Suspend(TestCity.Urban, Wednesday);
        story[TestCity.Urban].Clocks!.Suspended!.Until.ShouldBe(Wednesday);

        story.At(At("2026-03-11T23:59")).Alarm();
        story.Caused.OfType<DeadlinePassed>().ShouldNotContain(passed => passed.Department == TestCity.Urban);
        story.Caused.OfType<DeadlineNear>().ShouldNotContain(near => near.Department == TestCity.Urban);
        story.Caused.OfType<DeadlinePassed>().ShouldContain(passed => passed.Department == TestCity.Police, "the others' clocks run on");
    }

    [Fact]
    public void A_suspension_ends_by_itself_and_exactly_what_was_left_runs_on()
    {
        // Of 8 working hours from ten on three are over at two.
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).At(At("2026-03-10T14:00")).Suspend(TestCity.Urban, Wednesday);

        story.At(At("2026-03-12T00:00").AddTicks(1)).Alarm();

        story.Caused.OfType<SuspensionEnded>().ShouldHaveSingleItem().By.ShouldBeNull();
        story[TestCity.Urban].Clocks!.Suspended.ShouldBeNull();
        story.Due(TestCity.Urban, Clock.Measures).ShouldBe(At("2026-03-12T15:00"));
        story.At(At("2026-03-12T15:01")).Alarm()[TestCity.Urban].OverdueClocks.ShouldBe([Clock.Measures]);
    }

    [Fact]
    public void A_suspension_that_is_ended_early_gives_back_what_it_did_not_need()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).At(At("2026-03-10T14:00")).Suspend(TestCity.Urban, new DateOnly(2026, 3, 31));

        story.At(At("2026-03-11T09:30")).EndSuspension(TestCity.Urban);

        story.Due(TestCity.Urban, Clock.Measures).ShouldBe(At("2026-03-11T15:30"));
        story.Whistle.ClockOf(story[TestCity.Urban], Clock.Measures)!.Run.Spent.ShouldBe(TimeSpan.FromHours(3));
    }

    [Fact]
    public void Nobody_is_late_for_a_clock_that_stands_still()
    {
        var story = new Story().Blow().Sign(TestCity.Urban).Suspend(TestCity.Urban, Wednesday).At(At("2026-03-11T12:00")).CheckIn(TestCity.Urban);
        story.Caused.OfType<CrewCheckedIn>().Single().Late.ShouldBeFalse();
    }

    [Fact]
    public void The_department_may_end_its_suspension_and_another_may_not()
    {
        var story = new Story().Blow().Suspend(TestCity.Urban, Wednesday);
        story.Refused(new EndSuspension(story.Id, TestCity.Urban, null), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("not-your-whistle");
        story.Do(new EndSuspension(story.Id, TestCity.Urban, null), TestCity.Dispatcher(TestCity.Urban));
    }

    [Fact]
    public void A_command_finds_the_suspension_over_even_if_the_alarm_is_late()
    {
        var story = new Story().Blow().Suspend(TestCity.Urban, Wednesday).At(At("2026-03-12T09:00"));
        story.Refused(new EndSuspension(story.Id, TestCity.Urban, null), TestCity.Street).Code.ShouldBe("not-suspended");
        story.AskSuspension(TestCity.Urban, new DateOnly(2026, 3, 13)).Caused.ShouldContain(happened => happened is SuspensionEnded);
    }

    [Fact]
    public void Rework_that_is_ordered_during_a_suspension_begins_after_it()
    {
        var story = Story.OfSixClocks().Blow().CheckIn(TestCity.Urban).Resolve(TestCity.Urban).Suspend(TestCity.Urban, Wednesday).Veto(TestCity.Urban);
        story.Due(TestCity.Urban, Clock.Disposal).ShouldBe(At("2026-03-16T18:00"), "two working days after Thursday");
    }

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);
}
