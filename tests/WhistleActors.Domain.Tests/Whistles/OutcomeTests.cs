using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed class OutcomeTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);

    [Fact]
    public void A_result_is_reported_after_the_check_in_and_accepted_by_the_initiator()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water);
        story[TestCity.Water].State.ShouldBe(SummonsState.Reported);
        story[TestCity.Water].Owes.ShouldBeTrue();

        story.Accept(TestCity.Water);

        story[TestCity.Water].State.ShouldBe(SummonsState.Settled);
        story[TestCity.Water].Outcome!.Acceptance!.By.ShouldBe(TestCity.Street);
        story[TestCity.Water].Owes.ShouldBeFalse();
    }

    [Fact]
    public void A_veto_sends_the_work_back_and_keeps_what_was_refused()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water).Veto(TestCity.Water);

        story[TestCity.Water].State.ShouldBe(SummonsState.CheckedIn);
        story[TestCity.Water].Vetoes.ShouldHaveSingleItem().Refused.Note.ShouldBe("已修复");
        story.Refused(new VetoOutcome(story.Id, TestCity.Water, "again"), TestCity.Street).Code.ShouldBe("no-outcome");

        story.Ledger(TestCity.Water).Accept(TestCity.Water);
        story[TestCity.Water].State.ShouldBe(SummonsState.Settled);
    }

    [Fact]
    public void After_a_resolved_result_the_crew_stays_until_it_is_released()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water).Accept(TestCity.Water);
        story[TestCity.Water].CrewPresent.ShouldBeTrue();

        story.Release(TestCity.Water)[TestCity.Water].CrewPresent.ShouldBeFalse();
        story[TestCity.Water].State.ShouldBe(SummonsState.Settled);
    }

    [Fact]
    public void An_accepted_ledger_entry_lets_the_crew_go_and_one_that_awaits_its_answer_does_not()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Ledger(TestCity.Water);
        story[TestCity.Water].CrewPresent.ShouldBeTrue();

        story.Accept(TestCity.Water)[TestCity.Water].CrewPresent.ShouldBeFalse();
    }

    [Fact]
    public void A_ledger_date_is_tomorrow_or_later_by_the_day_of_the_city()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water);
        Refusal(story, story.ALedger(TestCity.Water, Today)).ShouldBe("ledger-date-past");

        story.Do(story.ALedger(TestCity.Water, Today.AddDays(1)), TestCity.Dispatcher(TestCity.Water));

        // 16:30 UTC on the 10th is already the 11th in Beijing.
        var evening = new Story().At(new DateTimeOffset(2026, 3, 10, 16, 30, 0, TimeSpan.Zero)).Blow().CheckIn(TestCity.Water);
        Refusal(evening, evening.ALedger(TestCity.Water, Today.AddDays(1))).ShouldBe("ledger-date-past");
    }

    [Fact]
    public void Milestones_go_by_date_between_today_and_the_due_day()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water);
        Refusal(story, Ledger(10, 0)).ShouldBe("ledger-date-past");
        Refusal(story, Ledger(10, 4, 3)).ShouldBe("milestones-out-of-order");
        Refusal(story, Ledger(10, 4, 11)).ShouldBe("milestones-out-of-order");

        story.Do(Ledger(10, 4, 4, 10), TestCity.Dispatcher(TestCity.Water));

        ReportOutcome Ledger(int dueIn, params int[] milestones) => story.ALedger(
            TestCity.Water, Today.AddDays(dueIn), [.. milestones.Select(days => new Milestone(Today.AddDays(days), "进场"))]);
    }

    [Fact]
    public void A_ledger_goes_with_ledgered_and_only_with_it()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water);
        Refusal(story, story.ALedger(TestCity.Water) with { Kind = OutcomeKind.Resolved }).ShouldBe("ledger-mismatch");
        Refusal(story, story.ALedger(TestCity.Water) with { Ledger = null }).ShouldBe("ledger-mismatch");
    }

    [Fact]
    public void Who_is_rated_does_not_rate()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water);
        foreach (var officer in new[] { TestCity.Dispatcher(TestCity.Water), TestCity.Dispatcher(TestCity.Urban), TestCity.OtherStreet, TestCity.Command })
        {
            story.Refused(new AcceptOutcome(story.Id, TestCity.Water), officer).Code.ShouldBe("not-your-whistle");
            story.Refused(new VetoOutcome(story.Id, TestCity.Water, "x"), officer).Code.ShouldBe("not-your-whistle");
        }
    }

    [Fact]
    public void What_is_settled_is_settled()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water).Accept(TestCity.Water);
        story.Refused(new AcceptOutcome(story.Id, TestCity.Water), TestCity.Street).Code.ShouldBe("summons-settled");
        story.Refused(new VetoOutcome(story.Id, TestCity.Water, "x"), TestCity.Street).Code.ShouldBe("summons-settled");
        Refusal(story, story.AResult(TestCity.Water)).ShouldBe("summons-settled");
        story.Refused(story.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("summons-settled");
    }

    private static string Refusal(Story story, ReportOutcome report) => story.Refused(report, TestCity.Dispatcher(report.Department)).Code;
}
