using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Promise 4, on time: recorded when it has passed, never before, never twice, never not.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public void An_alarm_at_the_deadline_finds_nothing_and_one_tick_later_finds_it_once()
    {
        var story = new Story().Blow();
        story.At(story.State.NextDeadline!.Value).Alarm().Caused.ShouldBeEmpty();
        story.State.NextDeadline.ShouldBe(story.Now);

        story.After(TimeSpan.FromTicks(1)).Alarm();

        story.Caused.Cast<DeadlinePassed>().Select(passed => (passed.Department, passed.Clock, passed.Due)).ShouldBe(
        [
            (TestCity.Water, Clock.Sign, TestCity.Morning.AddMinutes(30)),
            (TestCity.Urban, Clock.Sign, TestCity.Morning.AddMinutes(30)),
            (TestCity.Police, Clock.Sign, TestCity.Morning.AddMinutes(30)),
        ]);
        story.Caused.ShouldAllBe(happened => happened.By == null && happened.Key == null && happened.At == story.Now);
        story.Alarm().Caused.ShouldBeEmpty();
        story.State.NextDeadline.ShouldBe(TestCity.Morning.AddMinutes(120));
    }

    [Fact]
    public void An_alarm_that_comes_much_too_late_records_all_in_the_order_in_which_they_ran_out()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(100)).Blow(Domain.Whistles.WhistleLevel.Emergency).After(TimeSpan.FromDays(1)).Alarm();

        story.Caused.Length.ShouldBe(12);
        story.Caused.Cast<DeadlinePassed>().Select(passed => passed.Due).ShouldBeInOrder();
        story.State.NextDeadline.ShouldBeNull();
    }

    [Fact]
    public void What_ran_out_before_a_command_is_recorded_before_it()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(45)).Sign(TestCity.Water);

        story.Caused.Length.ShouldBe(4);
        story.Caused[..3].ShouldAllBe(happened => happened is DeadlinePassed);
        story.Caused[3].ShouldBeOfType<SummonsSigned>().Late.ShouldBeTrue();
        story.Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void What_ran_out_before_a_withdrawal_is_not_swept_away_by_it()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(121)).Withdraw();

        story.Caused.OfType<DeadlinePassed>().Count().ShouldBe(6);
        story.Caused[^1].ShouldBeOfType<WhistleWithdrawn>();
    }

    [Fact]
    public void A_department_that_answered_or_was_released_has_no_clock()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Release(TestCity.Urban, "不需要").Sign(TestCity.Police);

        story.After(TimeSpan.FromDays(1)).Alarm();

        var passed = story.Caused.ShouldHaveSingleItem().ShouldBeOfType<DeadlinePassed>();
        (passed.Department, passed.Clock).ShouldBe((TestCity.Police, Clock.CheckIn));
        story[TestCity.Police].Overdue.ShouldBe(Clock.CheckIn);
    }

    [Fact]
    public void An_unsigned_summons_is_overdue_for_signing_then_for_checking_in()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(31)).Alarm();
        story[TestCity.Water].Overdue.ShouldBe(Clock.Sign);
        story.Sign(TestCity.Water)[TestCity.Water].Overdue.ShouldBeNull();

        story.After(TimeSpan.FromMinutes(90)).Alarm();
        story[TestCity.Water].Overdue.ShouldBe(Clock.CheckIn);
        story[TestCity.Urban].Overdue.ShouldBe(Clock.CheckIn);
        story.CheckIn(TestCity.Water)[TestCity.Water].Overdue.ShouldBeNull();
    }

    [Fact]
    public void In_a_grid_time_never_runs_backwards()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(40)).Sign(TestCity.Water);
        var latest = story.Now;

        // Another node takes over, and its clock is ten minutes behind.
        story.After(TimeSpan.FromMinutes(-10)).Sign(TestCity.Urban);
        story.Caused.ShouldAllBe(happened => happened.At == latest);
        story.State.LastAt.ShouldBe(latest);

        var other = new Story().Blow().Blow().After(TimeSpan.FromMinutes(40)).Sign(TestCity.Water).After(TimeSpan.FromMinutes(-39)).Alarm();
        other.Caused.ShouldNotBeEmpty();
        other.Events.Select(happened => happened.At).ShouldBeInOrder();
    }
}
