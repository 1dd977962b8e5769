using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>一次、二次、三次哨; and what happens to a whistle after its end.</summary>
public sealed class RoundTests
{
    [Fact]
    public void The_second_whistle_summons_again_whoever_did_not_come_and_leaves_whoever_is_on_the_spot()
    {
        var story = new Story().Blow().Finish(TestCity.Police).CheckIn(TestCity.Water).Depart(TestCity.Urban).After(TimeSpan.FromHours(3)).BlowAgain();

        story.Caused.OfType<DeadlinePassed>().ShouldHaveSingleItem().Department.ShouldBe(TestCity.Urban);
        story.Whistle.Round.ShouldBe(2);
        story.Caused.OfType<WhistleBlownAgain>().Single().Summonses.ShouldHaveSingleItem().Department.ShouldBe(TestCity.Urban);
        story[TestCity.Urban].ShouldSatisfyAllConditions(
            urban => urban.State.ShouldBe(SummonsState.Summoned),
            urban => urban.Overdue.ShouldBeNull(),
            urban => urban.SignBy.ShouldBe(story.Now.AddMinutes(30)),
            urban => urban.CheckInBy.ShouldBe(story.Now.AddMinutes(120)));
        story[TestCity.Water].State.ShouldBe(SummonsState.CheckedIn);
        story[TestCity.Police].State.ShouldBe(SummonsState.Settled);
        story.Whistle.PastRounds!.Rounds.ShouldHaveSingleItem().Summonses.Select(past => (past.Department, past.State, past.Late)).ShouldBe(
        [
            (TestCity.Water, SummonsState.CheckedIn, false),
            (TestCity.Urban, SummonsState.Departed, true),
            (TestCity.Police, SummonsState.Settled, false),
            (TestCity.Weather, SummonsState.Summoned, false),
        ]);

        story.After(TimeSpan.FromMinutes(31)).Alarm()[TestCity.Urban].Overdue.ShouldBe(Clock.Sign);
    }

    [Fact]
    public void The_lead_may_change_and_there_is_one_at_any_time()
    {
        var story = new Story().Blow().CheckIn(TestCity.Urban).BlowAgain(TestCity.Urban);
        Roles(story).ShouldBe([(TestCity.Water, DutyRole.Cooperating), (TestCity.Urban, DutyRole.Lead), (TestCity.Police, DutyRole.Cooperating), (TestCity.Weather, DutyRole.Notified)]);
        story[TestCity.Urban].State.ShouldBe(SummonsState.CheckedIn);

        story.BlowAgain(TestCity.Weather)[TestCity.Weather].SignBy.ShouldNotBeNull("who leads owes something");
        Roles(story).Count(role => role.Role == DutyRole.Lead).ShouldBe(1);

        static IEnumerable<(DepartmentCode Department, DutyRole Role)> Roles(Story story) =>
            story.Whistle.Summonses.Select(summons => (summons.Department, summons.Role));
    }

    [Fact]
    public void Two_leads_are_one_too_many()
    {
        var story = new Story().Blow();
        story.Refused(
            new BlowAgain(story.Id, "x", TestCity.Urban, [new SummonedDepartment(TestCity.FarUrban, DutyRole.Lead)]), TestCity.Street).Code.ShouldBe("exactly-one-lead");
    }

    [Fact]
    public void Who_was_let_go_or_had_finished_can_be_summoned_again_and_a_crew_that_stayed_keeps_its_check_in()
    {
        var story = new Story().Blow().Release(TestCity.Police, "无需交警").CheckIn(TestCity.Urban).Resolve(TestCity.Urban).Accept(TestCity.Urban);
        story.BlowAgain(null, new(TestCity.Police, DutyRole.Cooperating), new(TestCity.Urban, DutyRole.Cooperating));

        story[TestCity.Police].State.ShouldBe(SummonsState.Summoned);
        story[TestCity.Urban].State.ShouldBe(SummonsState.CheckedIn);
        story[TestCity.Urban].CrewPresent.ShouldBeTrue();
        story.Resolve(TestCity.Urban).Accept(TestCity.Urban)[TestCity.Urban].State.ShouldBe(SummonsState.Settled);
    }

    [Fact]
    public void Nobody_who_still_owes_is_added_twice_and_nobody_becomes_merely_notified()
    {
        var story = new Story().Blow().Finish(TestCity.Police);
        Refused(TestCity.Urban, DutyRole.Cooperating).ShouldBe("department-twice");
        Refused(TestCity.Police, DutyRole.Notified).ShouldBe("department-twice");
        Refused(TestCity.FarUrban, DutyRole.Cooperating).ShouldBe("department-of-another-district");

        string Refused(DepartmentCode department, DutyRole role) =>
            story.Refused(new BlowAgain(story.Id, "x", null, [new SummonedDepartment(department, role)]), TestCity.Street).Code;
    }

    [Fact]
    public void Rework_is_counted_over_all_rounds()
    {
        var story = new Story().Blow().CheckIn(TestCity.Urban).Resolve(TestCity.Urban).Veto(TestCity.Urban).BlowAgain().Resolve(TestCity.Urban).Veto(TestCity.Urban);
        story[TestCity.Urban].Vetoes.Length.ShouldBe(2);

        story.Resolve(TestCity.Urban).Accept(TestCity.Urban).Release(TestCity.Urban).BlowAgain(null, new SummonedDepartment(TestCity.Urban, DutyRole.Cooperating));
        story[TestCity.Urban].Vetoes.ShouldBeEmpty();
        story.Whistle.PastRounds!.Rounds[^1].Summonses.Single(past => past.Department == TestCity.Urban).Vetoes.ShouldBe(2);
    }

    [Fact]
    public void How_often_is_the_packs_to_say()
    {
        var story = new Story(pack: TestCity.Pack with { Rounds = new RoundLimits(Most: 5, ReopenWithinDays: 1) }).Blow();
        for (var round = 2; round <= 5; round++)
            story.BlowAgain().Whistle.Round.ShouldBe(round);
        story.Refused(new BlowAgain(story.Id, "x", null, []), TestCity.Street).Code.ShouldBe("rounds-exhausted");
    }

    [Fact]
    public void A_voided_whistle_lets_everybody_go_and_says_why()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Confer();
        var voids = new VoidWhistle(story.Id, "恶意吹哨");
        foreach (var by in new[] { TestCity.OtherStreet, TestCity.FarCommand, TestCity.Dispatcher(TestCity.Water) })
            story.Refused(voids, by).Code.ShouldBe("not-your-whistle");

        story.Do(voids, TestCity.Command);

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(DepartmentReleased), typeof(WhistleVoided)]);
        story.Whistle.Ending.ShouldBe(new Ending(WhistleStage.Voided, story.Now, TestCity.Command, "恶意吹哨"));
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Detail.Zh.ShouldContain("作废");
        story.Refused(story.AReopening(), TestCity.Street).Code.ShouldBe("not-reopenable");
    }

    [Fact]
    public void A_closed_whistle_is_reopened_as_its_next_round_with_the_same_departments()
    {
        var story = new Story().Blow().FinishAll().Close().After(TimeSpan.FromHours(5)).Reopen();

        story.Whistle.Stage.ShouldBe(WhistleStage.Open);
        story.Whistle.Round.ShouldBe(2);
        story.Whistle.Summonses.ShouldAllBe(summons => summons.State == SummonsState.Summoned);
        story[TestCity.Water].SignBy.ShouldBe(story.Now.AddMinutes(30));
        story.Whistle.PastRounds!.Rounds.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            round => round.Found.ShouldBe("夜间仍在漏水"),
            round => round.ClosedAt.ShouldBe(TestCity.Morning),
            round => round.Summonses.Count(past => past.State == SummonsState.Settled).ShouldBe(3));
        story.FinishAll().Close().Reopen().Whistle.Round.ShouldBe(3);
    }

    [Fact]
    public void A_whistle_that_the_grid_has_put_away_comes_back_as_it_was_and_is_forgotten_no_more()
    {
        var story = new Story().Blow(key: new("blow", "f")).FinishAll().Close();
        var (id, closed) = (story.Id, story.Whistle);
        story.Blow().Withdraw().After(TimeSpan.FromHours(26)).Blow();
        story.State.Whistles.ShouldNotContainKey(id);
        story.State.Ended.ShouldNotContainKey(id);

        story.Reopen(id);

        var back = story.State.Whistles[id];
        (back.Version, back.BlownAt, back.Stage).ShouldBe((closed.Version + 1, closed.BlownAt, WhistleStage.Open));
        story.State.ReturnsOf(id).ShouldBe([story.State.Sequence]);
        Story.Written(story.Events.Where(happened => happened.Whistle == id).Aggregate((Whistle?)null, GridFold.Apply)!).ShouldBe(Story.Written(back));
    }

    [Fact]
    public void The_last_day_of_the_revisit_counts_and_the_next_does_not()
    {
        var closed = new Story().Blow().FinishAll().Close();
        closed.At(new DateTimeOffset(2026, 3, 12, 23, 59, 59, TimeSpan.FromHours(8))).Reopen();

        var late = new Story().Blow().FinishAll().Close().At(new DateTimeOffset(2026, 3, 13, 0, 0, 0, TimeSpan.FromHours(8)));
        late.Refused(late.AReopening(), TestCity.Street).Code.ShouldBe("reopen-too-late");
    }

    [Fact]
    public void A_full_grid_takes_no_whistle_back()
    {
        var story = new Story().Blow().FinishAll().Close();
        var id = story.Id;
        for (var i = 0; i < GridRules.MostOpenWhistles; i++)
            story.Blow();
        story.Refused(story.AReopening(id), TestCity.Street).Code.ShouldBe("grid-full");
    }

    [Fact]
    public void Reopening_ends_at_the_last_round_that_a_whistle_can_have()
    {
        var story = new Story().Blow();
        for (var round = 2; round <= RoundLimits.MostEver; round++)
            story.FinishAll().Close().Reopen();
        story.FinishAll().Close().Refused(story.AReopening(), TestCity.Street).Code.ShouldBe("rounds-exhausted");
    }
}
