using Shouldly;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Domain.Whistles.Rules;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Where a department cannot come, the command centre calls whom the duty list names for it (替补).</summary>
public sealed class SubstituteTests
{
    private readonly Story story = new Story().Blow();

    [Fact]
    public void The_substitute_cooperates_with_time_limits_of_its_own_and_the_department_stays_bound()
    {
        story.After(TimeSpan.FromMinutes(40)).Substitute(TestCity.Urban);

        var substitute = story[TestCity.Weather];
        (substitute.Role, substitute.State, substitute.Owes).ShouldBe((DutyRole.Cooperating, SummonsState.Summoned, true));
        (substitute.SignBy, substitute.CheckInBy).ShouldBe((story.Now.AddMinutes(30), story.Now.AddMinutes(120)));
        substitute.InPlaceOf!.From.ShouldBe(TestCity.Urban);
        story.Whistle.AskedAt(substitute).ShouldBe(story.Now);
        story[TestCity.Urban].Owes.ShouldBeTrue();
        story.Whistle.Summonses.Count(summons => summons.Role == DutyRole.Lead).ShouldBe(1);
        story.Caused.OfType<SubstituteCalled>().Single().Reason.ShouldBe("力量不足");
    }

    [Fact]
    public void Who_was_only_told_before_is_not_listed_twice()
    {
        story[TestCity.Weather].Role.ShouldBe(DutyRole.Notified);
        story.Substitute(TestCity.Urban).Whistle.Summonses.Select(summons => summons.Department).ShouldBeUnique();
    }

    [Fact]
    public void The_substitute_works_like_anybody_and_the_command_centre_may_let_the_department_go()
    {
        story.Substitute(TestCity.Urban).Do(new ReleaseDepartment(story.Id, TestCity.Urban, "由替补到场"), TestCity.Command);
        story[TestCity.Urban].State.ShouldBe(SummonsState.Released);
        story.CheckIn(TestCity.Weather).Resolve(TestCity.Weather).Accept(TestCity.Weather);
        story[TestCity.Weather].State.ShouldBe(SummonsState.Settled);
    }

    [Fact]
    public void It_is_called_once_by_the_command_centre_for_who_owes_something()
    {
        story.Refused(story.ASubstitute(TestCity.Urban), TestCity.Street).Code.ShouldBe("not-your-district");
        story.Refused(story.ASubstitute(TestCity.Weather), TestCity.Command).Code.ShouldBe("notified-only");
        story.Refused(story.ASubstitute(TestCity.FarUrban), TestCity.Command).Code.ShouldBe("department-not-summoned");
        story.Substitute(TestCity.Urban).Refused(story.ASubstitute(TestCity.Urban), TestCity.Command).Code.ShouldBe("substitute-already-summoned");
        story.Release(TestCity.Urban, "另有任务").Refused(story.ASubstitute(TestCity.Urban), TestCity.Command).Code.ShouldBe("summons-settled");
        story.Do(new WithdrawWhistle(story.Id, "误报"), TestCity.Street)
            .Refused(story.ASubstitute(TestCity.Urban), TestCity.Command).Code.ShouldBe("whistle-not-open");
    }

    [Fact]
    public void Only_whom_the_duty_list_names_that_day_may_be_called()
    {
        SubstituteRules.Callable(story.Whistle, TestCity.Urban, TestCity.Pack, story.Now).ShouldBe(TestCity.Weather);
        SubstituteRules.Callable(story.Whistle, TestCity.Water, TestCity.Pack, story.Now).ShouldBeNull("it is summoned already");
        SubstituteRules.Callable(story.Whistle, TestCity.Police, TestCity.Pack, story.Now).ShouldBeNull("nobody is named");
        DutyList.SubstituteOf(TestCity.Pack, TestCity.BurstMain, TestCity.Dongcheng, new DateOnly(2009, 12, 31), TestCity.Urban).ShouldBeNull("the duty does not hold yet");
    }
}
