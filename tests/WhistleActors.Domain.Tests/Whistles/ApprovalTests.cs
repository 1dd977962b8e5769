using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Approval before a whistle sounds, and of an emergency after (DOMAIN 3.7).</summary>
public sealed class ApprovalTests
{
    [Fact]
    public void A_whistle_that_waits_for_its_approval_runs_no_clock_and_summons_nobody()
    {
        var story = Story.Strict().Blow(WhistleLevel.Campaign);

        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<WhistleProposed>();
        story.Whistle.Stage.ShouldBe(WhistleStage.Proposed);
        story.Whistle.HasSounded.ShouldBeFalse();
        story.State.OpenWhistles.ShouldBeEmpty();
        story.State.NextDeadline.ShouldBeNull();
        story.Whistle.Summonses.ShouldAllBe(summons => summons.SignBy == null && summons.CheckInBy == null);
        story.Whistle.Summonses.ShouldAllBe(summons => !HeldSummons.Of(story.Whistle, summons).Owes);
        story.After(TimeSpan.FromDays(3)).Alarm().Caused.ShouldBeEmpty();
        story.Refused(story.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("whistle-not-sounded");
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("whistle-not-sounded");
    }

    [Fact]
    public void Approved_it_sounds_and_its_clocks_start_at_the_approval()
    {
        var story = Story.Strict().Blow(WhistleLevel.Campaign).After(TimeSpan.FromHours(2));

        story.Do(new ApproveWhistle(story.Id), TestCity.Leader);

        story.Whistle.Stage.ShouldBe(WhistleStage.Open);
        story.Whistle.BlownAt.ShouldBe(TestCity.Morning.AddHours(2));
        story.Whistle.BlownBy.ShouldBe(TestCity.Street);
        story[TestCity.Water].SignBy.ShouldBe(TestCity.Morning.AddHours(2).AddMinutes(30));
        story[TestCity.Water].CheckInBy.ShouldBe(TestCity.Morning.AddHours(4));
        story[TestCity.Weather].SignBy.ShouldBeNull();
        story.Whistle.Blowing!.Approval!.ProposedAt.ShouldBe(TestCity.Morning);
        story.Caused.OfType<WhistleApproved>().Single().Summonses!.Value[0].Basis.ShouldBe("供水条例第十二条");
        story.FinishAll().Close();
    }

    [Fact]
    public void Rejected_it_never_sounds()
    {
        var story = Story.Strict().Blow(WhistleLevel.Campaign).Do(new RejectWhistle(Story.First, "本街道可自行处置"), TestCity.Leader);

        story.Whistle.Stage.ShouldBe(WhistleStage.Rejected);
        story.Whistle.HasSounded.ShouldBeFalse();
        story.Whistle.Ending!.Reason.ShouldBe("本街道可自行处置");
        story.Refused(new ApproveWhistle(story.Id), TestCity.Leader).Code.ShouldBe("whistle-not-open");
        (story.State.Past ?? []).ShouldBeEmpty();
    }

    [Fact]
    public void Who_proposed_it_may_take_it_back_even_a_department()
    {
        var pack = TestCity.StrictPack with
        {
            BlowingPolicy = TestCity.StrictPack.Blowing with { Starters = TestCity.Pack.Blowing.Starters },
        };
        var story = new Story(pack: pack).Do(Story.ABlow(WhistleLevel.Campaign), TestCity.Dispatcher(TestCity.Urban));

        story.Refused(new ApproveWhistle(story.Id), TestCity.Leader).Code.ShouldBe("not-your-approval", "a department's whistle is for the command centre");
        story.Do(new WithdrawWhistle(story.Id, "误报"), TestCity.Dispatcher(TestCity.Urban)).Whistle.Stage.ShouldBe(WhistleStage.Withdrawn);
    }

    [Fact]
    public void The_command_centre_may_always_approve_and_a_leader_needs_nobody()
    {
        Story.Strict().Blow(WhistleLevel.Campaign).Do(new ApproveWhistle(Story.First), TestCity.Command).Whistle.Stage.ShouldBe(WhistleStage.Open);
        Story.Strict().Do(Story.ABlow(WhistleLevel.Campaign), TestCity.Leader).Whistle.Stage.ShouldBe(WhistleStage.Open);

        var story = Story.Strict().Blow(WhistleLevel.Campaign);
        foreach (var officer in new[] { TestCity.Street, TestCity.OtherStreet, TestCity.FarCommand, TestCity.Wall, TestCity.Leader with { Powers = Domain.Officers.Powers.Convene } })
            story.Refused(new ApproveWhistle(story.Id), officer).Code.ShouldBe("not-your-approval");
    }

    [Fact]
    public void An_emergency_sounds_first_and_is_approved_after()
    {
        var story = Story.Strict().Blow(WhistleLevel.Emergency);
        story.Whistle.Stage.ShouldBe(WhistleStage.Open);
        story[TestCity.Water].SignBy.ShouldBe(TestCity.Morning.AddMinutes(5));

        story.After(TimeSpan.FromMinutes(40)).Do(new ApproveWhistle(story.Id), TestCity.Command);

        story.Whistle.Blowing!.Approval!.Approved!.Late.ShouldBeFalse();
        story[TestCity.Water].SignBy.ShouldBe(TestCity.Morning.AddMinutes(5), "its clocks ran all the time");
        story.After(TimeSpan.FromHours(3)).Alarm();
        story.Events.OfType<ApprovalMissed>().ShouldBeEmpty();
    }

    [Fact]
    public void An_approval_that_does_not_come_in_time_is_recorded_once_and_may_still_come_late()
    {
        var story = Story.Strict().Blow(WhistleLevel.Emergency).FinishAll();
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("approval-awaited");
        story.State.NextDeadline.ShouldBe(TestCity.Morning.AddHours(1));

        story.After(TimeSpan.FromHours(1)).Alarm().Caused.ShouldBeEmpty("at the deadline is on time");
        var missed = story.After(TimeSpan.FromTicks(1)).Alarm().Caused.ShouldHaveSingleItem().ShouldBeOfType<ApprovalMissed>();
        missed.Due.ShouldBe(TestCity.Morning.AddHours(1));
        missed.By.ShouldBeNull();
        story.Alarm().Caused.ShouldBeEmpty();

        story.Do(new ApproveWhistle(story.Id), TestCity.Command);
        story.Whistle.Blowing!.Approval!.Approved!.Late.ShouldBeTrue();
        story.Close();
    }

    [Fact]
    public void An_emergency_whose_approval_is_refused_goes_on_with_the_objection_on_it()
    {
        var story = Story.Strict().Blow(WhistleLevel.Emergency).CheckIn(TestCity.Water)
            .Do(new RejectWhistle(Story.First, "不属应急"), TestCity.Command);

        story.Whistle.Stage.ShouldBe(WhistleStage.Open);
        story.Whistle.Blowing!.Approval!.Rejected!.Reason.ShouldBe("不属应急");
        story[TestCity.Water].CrewPresent.ShouldBeTrue();
        story.Refused(new ApproveWhistle(story.Id), TestCity.Command).Code.ShouldBe("no-approval-awaited");
    }

    [Fact]
    public void The_grid_counts_what_is_proposed_among_what_it_can_hold()
    {
        var story = Story.Strict();
        for (var i = 0; i < GridRules.MostOpenWhistles; i++)
            story.Blow(WhistleLevel.Campaign);

        story.Refused(Story.ABlow(WhistleLevel.Campaign), TestCity.Street).Code.ShouldBe("grid-full");
    }
}
