using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The ledger (台账): it reminds, it is done only when the initiator says so, it extends only by approval, and it comes back by itself.</summary>
public sealed class LedgerTests
{
    private static readonly DateOnly Friday = new(2026, 3, 20);
    private static readonly Milestone Site = new(new DateOnly(2026, 3, 16), "进场");

    [Fact]
    public void An_accepted_entry_reminds_before_and_on_each_of_its_days()
    {
        var story = new Story().Blow().LedgerWater(Friday, Site).At(At("2026-03-20T23:59")).Alarm();

        story.Caused.OfType<LedgerReminded>().Select(reminded => reminded.Of).ShouldBe([Site.On, Site.On, Friday, Friday]);
        story.Caused.ShouldAllBe(happened => happened.By == null);
        story.Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void A_milestone_that_is_reached_reminds_no_more()
    {
        var story = new Story().Blow().LedgerWater(Friday, Site).At(At("2026-03-13T10:00")).Alarm();
        story.Caused.OfType<LedgerReminded>().ShouldHaveSingleItem();
        story.Do(new ReportMilestone(story.Id, TestCity.Water, 1, "已进场"), TestCity.Dispatcher(TestCity.Water));

        story.At(At("2026-03-16T23:00")).Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void It_comes_back_when_its_day_is_over_and_not_before_and_the_department_owes_again()
    {
        var story = new Story().Blow().LedgerWater(Friday).At(At("2026-03-21T00:00")).Alarm();
        story.Caused.OfType<LedgerReturned>().ShouldBeEmpty();

        story.After(TimeSpan.FromTicks(1)).Alarm();

        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<LedgerReturned>().DueOn.ShouldBe(Friday);
        story[TestCity.Water].State.ShouldBe(SummonsState.Returned);
        story[TestCity.Water].Owes.ShouldBeTrue();
        story[TestCity.Water].Overdue.ShouldBeNull("no clock of the six ran out");
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("summonses-unsettled");
        story.Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void A_whistle_that_was_closed_with_it_is_open_again_and_the_grid_kept_it_for_that()
    {
        var story = new Story().Blow().LedgerWater(Friday).Close();
        var closed = story.Id;
        story.State.NextDeadline.ShouldNotBeNull();

        // Another whistle comes and ends; of what is over the grid keeps only that it is.
        story.Blow().Withdraw().Blow();
        story.State.Whistles[closed].AwaitsLedger.ShouldBeTrue();

        story.At(At("2026-03-21T00:01")).Alarm();

        story.State.Whistles[closed].Stage.ShouldBe(WhistleStage.Open);
        story.State.Whistles[closed].SummonsOf(TestCity.Water)!.State.ShouldBe(SummonsState.Returned);
        story.State.OpenWhistles.ShouldContain(whistle => whistle.Id == closed);
    }

    [Fact]
    public void A_suspension_ends_on_its_day_though_the_whistle_is_closed_and_the_entry_returns_without_it()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Suspend(TestCity.Water, new DateOnly(2026, 3, 12)).LedgerWaterOnTheSpot(Friday).Close();

        story.At(At("2026-03-13T00:01")).Alarm().Caused.ShouldHaveSingleItem().ShouldBeOfType<SuspensionEnded>().By.ShouldBeNull();
        story.At(At("2026-03-21T00:01")).Alarm();

        story[TestCity.Water].State.ShouldBe(SummonsState.Returned);
        story.Alarm().Caused.ShouldBeEmpty();
    }

    [Fact]
    public void Done_is_said_by_the_department_and_confirmed_by_the_initiator_and_then_the_closed_whistle_is_over()
    {
        var story = new Story().Blow().LedgerWater(Friday).Close().After(TimeSpan.FromDays(2)).Complete(TestCity.Water);
        story.Refused(new ConfirmLedger(story.Id, TestCity.Water), TestCity.Command).Code.ShouldBe("not-your-whistle");
        story.Do(new ConfirmLedger(story.Id, TestCity.Water), TestCity.Street);

        story.Whistle.IsOver.ShouldBeTrue();
        story.State.IsAwaited.ShouldBeFalse();
        story.State.NextDeadline.ShouldBeNull();
        story.Refused(new CompleteLedger(story.Id, TestCity.Water, "x"), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("whistle-not-open");
    }

    [Fact]
    public void What_was_reported_in_time_does_not_come_back_while_the_initiator_thinks_but_at_once_when_it_is_refused()
    {
        var story = new Story().Blow().LedgerWater(Friday).Complete(TestCity.Water).At(At("2026-03-25T09:00")).Alarm();
        story.Caused.ShouldBeEmpty();

        story.Do(new RefuseLedger(story.Id, TestCity.Water, "仍在渗水"), TestCity.Street).Alarm();
        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<LedgerReturned>();
    }

    [Fact]
    public void Its_day_moves_only_by_an_approval_and_an_entry_that_returned_then_runs_again()
    {
        var story = new Story().Blow().LedgerWater(Friday).Close().At(At("2026-03-22T09:00")).Alarm();
        story.AskLedgerExtension(TestCity.Water, new DateOnly(2026, 4, 30));
        story[TestCity.Water].State.ShouldBe(SummonsState.Returned);

        story.Do(new ApproveLedgerExtension(story.Id, TestCity.Water), TestCity.Command);

        story[TestCity.Water].State.ShouldBe(SummonsState.Settled);
        story[TestCity.Water].Ledger!.DueOn.ShouldBe(new DateOnly(2026, 4, 30));
        story[TestCity.Water].Ledger!.Extensions!.Value[0].DueOn.ShouldBe(Friday);
        story.Close().At(At("2026-05-01T00:01")).Alarm().Whistle.Stage.ShouldBe(WhistleStage.Open);
    }

    [Fact]
    public void What_returned_is_completed_late_or_the_department_is_let_go()
    {
        var late = new Story().Blow().LedgerWater(Friday).At(At("2026-03-22T09:00")).Alarm().Complete(TestCity.Water);
        late.Do(new ConfirmLedger(late.Id, TestCity.Water), TestCity.Street).Close().Whistle.IsOver.ShouldBeTrue();

        var story = new Story().Blow().CheckIn(TestCity.Urban);
        story.Do(story.ALedger(TestCity.Urban, Friday), TestCity.Dispatcher(TestCity.Urban)).Accept(TestCity.Urban)
            .At(At("2026-03-22T09:00")).Alarm().Release(TestCity.Urban, "另案处理");
        story[TestCity.Urban].Owes.ShouldBeFalse();
        story[TestCity.Urban].Ledger!.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void The_department_hears_that_its_summons_is_back_even_after_older_news()
    {
        var story = new Story().Blow().LedgerWater(Friday);
        var settled = HeldSummons.Of(story.Whistle, story[TestCity.Water]);
        story.At(At("2026-03-22T09:00")).Alarm();
        var returned = HeldSummons.Of(story.Whistle, story[TestCity.Water]);

        var state = Hear(Hear(DepartmentState.Empty(TestCity.Water), settled), returned);
        state.Load.ShouldBe(new DepartmentLoad(Open: 1, 0, 0, 0, 0, 0, Overdue: 1, Committed: 0, Returned: 1, Queue: 1));
        DepartmentRules.Hear(state, story.Id, settled, story.Now).ShouldBeNull();

        DepartmentState Hear(DepartmentState before, HeldSummons news) =>
            DepartmentRules.Apply(before, DepartmentRules.Hear(before, story.Id, news, story.Now)!);
    }

    [Fact]
    public void A_withdrawn_whistle_keeps_no_entry()
    {
        var story = new Story().Blow().LedgerWater(Friday).Withdraw();
        story.Whistle.IsOver.ShouldBeTrue();
        story.State.NextDeadline.ShouldBeNull();
    }

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);
}
