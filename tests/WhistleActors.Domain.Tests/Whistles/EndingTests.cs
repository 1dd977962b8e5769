using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Promise 6, nobody leaves; and how a whistle ends.</summary>
public sealed class EndingTests
{
    [Fact]
    public void A_whistle_closes_when_all_is_settled_and_everybody_was_released()
    {
        var story = new Story().Blow().FinishAll().After(TimeSpan.FromHours(1)).Close();

        story.Whistle.Ending.ShouldBe(new Ending(WhistleStage.Closed, story.Now, TestCity.Street, null));
        story.Whistle.NextDeadline.ShouldBeNull();
        story.State.OpenWhistles.ShouldBeEmpty();
    }

    [Fact]
    public void A_whistle_does_not_close_while_a_department_owes_something()
    {
        var story = new Story().Blow().Finish(TestCity.Water).Finish(TestCity.Urban);
        var refusal = story.Refused(new CloseWhistle(story.Id, null), TestCity.Street);
        refusal.Code.ShouldBe("summonses-unsettled");
        refusal.Detail.En.ShouldContain(TestCity.Police.Text);
        refusal.Detail.En.ShouldNotContain(TestCity.Weather.Text);

        story.Release(TestCity.Police, "无需交警").Close();
    }

    [Fact]
    public void A_whistle_does_not_close_while_a_crew_stands_on_the_spot()
    {
        var story = new Story().Blow().Finish(TestCity.Water).Finish(TestCity.Urban)
            .CheckIn(TestCity.Police).Resolve(TestCity.Police).Accept(TestCity.Police);
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("crews-not-released");
    }

    [Fact]
    public void A_department_never_closes_or_withdraws()
    {
        var story = new Story().Blow().FinishAll();
        foreach (var officer in new[] { TestCity.Dispatcher(TestCity.Water), TestCity.CrewOf(TestCity.Water), TestCity.OtherStreet, TestCity.Command })
        {
            story.Refused(new CloseWhistle(story.Id, null), officer).Code.ShouldBe("not-your-whistle");
            story.Refused(new WithdrawWhistle(story.Id, "x"), officer).Code.ShouldBe("not-your-whistle");
        }
    }

    [Fact]
    public void A_cooperating_department_may_be_excused_with_a_reason_and_the_lead_may_not()
    {
        var story = new Story().Blow();
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Urban, null), TestCity.Street).Code.ShouldBe("reason-for-release-missing");
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Water, "x"), TestCity.Street).Code.ShouldBe("lead-stays");

        story.Release(TestCity.Urban, "不需要");

        story[TestCity.Urban].State.ShouldBe(SummonsState.Released);
        story[TestCity.Urban].Owes.ShouldBeFalse();
        story.Refused(story.ACheckIn(TestCity.Urban), TestCity.CrewOf(TestCity.Urban)).Code.ShouldBe("summons-settled");
    }

    [Fact]
    public void The_command_centre_of_the_district_may_release_and_that_of_another_may_not()
    {
        var story = new Story().Blow().CheckIn(TestCity.Urban);
        var release = new ReleaseDepartment(story.Id, TestCity.Urban, "另有急事");
        story.Refused(release, TestCity.FarCommand).Code.ShouldBe("not-your-whistle");
        story.Refused(release, TestCity.OtherStreet).Code.ShouldBe("not-your-whistle");
        story.Refused(release, TestCity.Dispatcher(TestCity.Urban)).Code.ShouldBe("not-your-whistle");

        story.Do(release, TestCity.Command)[TestCity.Urban].Release!.By.ShouldBe(TestCity.Command);
    }

    [Fact]
    public void A_report_that_was_not_answered_ends_with_the_release()
    {
        var story = new Story().Blow().CheckIn(TestCity.Urban).Resolve(TestCity.Urban).Release(TestCity.Urban, "另有急事");
        story[TestCity.Urban].State.ShouldBe(SummonsState.Released);
        story.Refused(new AcceptOutcome(story.Id, TestCity.Urban), TestCity.Street).Code.ShouldBe("summons-settled");
    }

    [Fact]
    public void A_withdrawal_releases_the_crews_on_the_spot_by_name_even_the_lead()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Depart(TestCity.Urban).Withdraw();

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(DepartmentReleased), typeof(WhistleWithdrawn)]);
        story[TestCity.Water].Release!.Reason.ShouldBe("误报");
        story[TestCity.Water].CrewPresent.ShouldBeFalse();
        story[TestCity.Urban].Release.ShouldBeNull();
        story.Whistle.Ending.ShouldBe(new Ending(WhistleStage.Withdrawn, story.Now, TestCity.Street, "误报"));
    }

    [Fact]
    public void A_whistle_that_ended_does_not_change_any_more()
    {
        foreach (var story in new[] { new Story().Blow().CheckIn(TestCity.Water).Withdraw(), new Story().Blow().FinishAll().Close() })
        {
            var (street, dispatcher, crew) = (TestCity.Street, TestCity.Dispatcher(TestCity.Water), TestCity.CrewOf(TestCity.Water));
            story.Refused(new SignSummons(story.Id, TestCity.Water), dispatcher).Code.ShouldBe("whistle-not-open");
            story.Refused(new Depart(story.Id, TestCity.Water, null, null), crew).Code.ShouldBe("whistle-not-open");
            story.Refused(story.ACheckIn(TestCity.Water), crew).Code.ShouldBe("whistle-not-open");
            story.Refused(story.AResult(TestCity.Water), dispatcher).Code.ShouldBe("whistle-not-open");
            story.Refused(new AcceptOutcome(story.Id, TestCity.Water), street).Code.ShouldBe("whistle-not-open");
            story.Refused(new VetoOutcome(story.Id, TestCity.Water, "x"), street).Code.ShouldBe("whistle-not-open");
            story.Refused(new ReleaseDepartment(story.Id, TestCity.Water, "x"), street).Code.ShouldBe("whistle-not-open");
            story.Refused(new WithdrawWhistle(story.Id, "x"), street).Code.ShouldBe("whistle-not-open");
            story.Refused(new CloseWhistle(story.Id, null), street).Code.ShouldBe("whistle-not-open");
            story.After(TimeSpan.FromDays(9)).Alarm().Caused.ShouldBeEmpty();
        }
    }
}
