using Shouldly;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>会商: the parties of a whistle confer, the chair decides, and the decision becomes an action plan.</summary>
public sealed class ConferenceTests
{
    [Fact]
    public void The_parties_are_the_initiator_the_command_centre_and_all_who_were_summoned_and_whoever_is_invited()
    {
        var story = new Story().Blow();
        story.Do(story.AConference() with { Others = [OrganisationCode.Parse(TestCity.Jingshan.Text), OrganisationCode.Parse(TestCity.Police.Text)] }, TestCity.Command);

        var conference = story.Whistle.Consultation!.Open.ShouldNotBeNull();
        conference.Chair.ShouldBe(TestCity.Command.Organisation);
        conference.Parties.Select(party => party.Text).ShouldBe(
            [TestCity.Donghuamen.Text, TestCity.Dongcheng.Text, TestCity.Water.Text, TestCity.Urban.Text, TestCity.Police.Text, TestCity.Weather.Text, TestCity.Jingshan.Text],
            ignoreOrder: true);
    }

    [Fact]
    public void Only_those_who_may_speak_for_a_party_are_heard()
    {
        var story = new Story().Blow().Confer();
        foreach (var by in new[] { TestCity.Street, TestCity.Command, TestCity.Dispatcher(TestCity.Weather) })
            story.Do(new StatePosition(story.Id, "同意抢修"), by);
        foreach (var by in new[] { TestCity.OtherStreet, TestCity.FarCommand, TestCity.Wall, TestCity.CrewOf(TestCity.Water), TestCity.Dispatcher(TestCity.FarUrban) })
            story.Refused(new StatePosition(story.Id, "x"), by).Code.ShouldBe("not-a-party");
    }

    [Fact]
    public void Of_each_party_the_last_word_counts()
    {
        var water = TestCity.Dispatcher(TestCity.Water);
        var story = new Story().Blow().Confer()
            .Propose(TestCity.Street);
        story.Do(new StatePosition(story.Id, "不归我们"), water).Do(new StatePosition(story.Id, "可以牵头"), water)
            .Do(new AnswerProposal(story.Id, 1, Agrees: false, "经费未落实"), water).Do(new AnswerProposal(story.Id, 1, Agrees: true, null), water);

        var conference = story.Whistle.Consultation!.Open!;
        conference.Positions.ShouldHaveSingleItem().Text.ShouldBe("可以牵头");
        conference.Proposals.ShouldHaveSingleItem().Answers.ShouldBe([new ProposalAnswer(water.Organisation, true, null)]);
    }

    [Fact]
    public void Who_convened_decides_and_nobody_else()
    {
        var story = new Story().Blow().Confer();
        foreach (var by in new[] { TestCity.Command, TestCity.OtherStreet, TestCity.Dispatcher(TestCity.Water), TestCity.Street with { Powers = Powers.Veto } })
            story.Refused(story.ADecision(), by).Code.ShouldBe("not-the-chair");

        story.Decide().Whistle.Consultation!.Open.ShouldBeNull();
    }

    [Fact]
    public void A_joint_conference_follows_a_round_that_did_not_work_and_the_command_centre_decides_it()
    {
        var story = new Story().Blow().BlowAgain().Confer(joint: true);
        story.Refused(story.ADecision(), TestCity.Street).Code.ShouldBe("not-the-chair");

        story.Do(story.ADecision(), TestCity.Command).Whistle.Consultation!.Conferences.ShouldHaveSingleItem().Decision!.By.ShouldBe(TestCity.Command);
    }

    [Fact]
    public void The_minutes_tell_in_both_languages_all_that_was_recorded_and_the_whistle_keeps_what_was_decided()
    {
        var story = new Story().Blow().Do(new ConveneConference(new WhistleId(TestCity.Home, 1), "管线归属", [], Joint: false, TestCity.Morning.AddHours(2), "街道会议室"), TestCity.Street);
        story.Do(new StatePosition(story.Id, "由权属单位先行抢修"), TestCity.Dispatcher(TestCity.Urban)).Propose(TestCity.Street).Propose(TestCity.Command)
            .Do(new AnswerProposal(story.Id, 1, Agrees: false, "经费未落实"), TestCity.Dispatcher(TestCity.Water))
            .Do(story.ADecision(Story.ATask(TestCity.Water)) with { Adopted = [2, 2] }, TestCity.Street);

        var minutes = story.Caused.OfType<ConferenceDecided>().Single().Minutes;
        minutes.Zh.ShouldBe(
            """
            会议纪要：110101001001001-1 号哨第 1 次会商
            议题：管线归属
            召集：2026-03-10 10:00，东华门街道，street。主持单位：东华门街道。
            时间地点：2026-03-10 12:00，街道会议室。
            参加单位：东华门街道、东城区指挥中心、东城区自来水公司、东城区城管委、东城公安分局、市气象局。
            意见　东城区城管委（dispatcher-urban-110101）：由权属单位先行抢修
            措施 1　东华门街道（street）：夜间更换阀门　承办：东城区自来水公司　期限：2026-03-13
            　　东城区自来水公司：不同意，经费未落实
            措施 2　东城区指挥中心（command）：夜间更换阀门　承办：东城区自来水公司　期限：2026-03-13
            决定：2026-03-10 10:00，东华门街道，street：由自来水公司牵头抢修
            采纳措施：2。
            任务　东城区自来水公司，责任人李强，2026-03-13 前：更换阀门
            纪要完整，经主持单位确认。

            """);
        minutes.En.ShouldContain("Dongcheng Water: objects, 经费未落实");
        minutes.En.ShouldContain("Task - Dongcheng Water, 李强, by 2026-03-13: 更换阀门");
        var kept = story.Whistle.Consultation!.Conferences.ShouldHaveSingleItem();
        kept.Positions.ShouldBeEmpty();
        kept.Proposals.Select(proposal => proposal.Number).ShouldBe([2]);
        kept.Decision!.Adopted.ShouldBe([2]);
    }

    [Fact]
    public void A_department_that_gets_a_task_is_summoned_with_it_by_the_same_clocks_as_everybody()
    {
        var story = new Story().Do(
            Story.ABlow() with { Summon = [new SummonedDepartment(TestCity.Water, DutyRole.Lead)], ChangedProposal = "x" }, TestCity.Street);
        var first = story[TestCity.Water];

        story.Confer().Decide(Story.ATask(TestCity.Urban), Story.ATask(TestCity.Urban), Story.ATask(TestCity.Water));

        var summons = story[TestCity.Urban];
        (summons.Role, summons.SignBy, summons.CheckInBy).ShouldBe((DutyRole.Cooperating, first.SignBy, first.CheckInBy));
        story.Whistle.Summonses.Length.ShouldBe(2);
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("summonses-unsettled");
    }

    [Fact]
    public void A_task_is_done_when_the_initiator_has_confirmed_it_and_not_when_the_department_says_so()
    {
        var story = new Story().Blow().FinishAll().Confer();
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("conference-undecided");
        story.Decide(Story.ATask(TestCity.Water));
        story.Refused(new CompleteTask(story.Id, 1, "x"), TestCity.Dispatcher(TestCity.Urban)).Code.ShouldBe("not-your-department");
        story.Complete(1, TestCity.Water).Do(new ReturnTask(story.Id, 1, "仍在渗水"), TestCity.Street);
        story.Whistle.Consultation!.Tasks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            task => task.Completion.ShouldBeNull(), task => task.Returns.ShouldBe(1), task => task.ReturnReason.ShouldBe("仍在渗水"));
        story.Complete(1, TestCity.Water);
        story.Refused(new ConfirmTask(story.Id, 1), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("not-your-whistle");
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("tasks-open");

        story.Confirm(1).Close().Whistle.Stage.ShouldBe(WhistleStage.Closed);
    }

    [Fact]
    public void Tasks_are_numbered_on_over_all_conferences()
    {
        var story = new Story().Blow().Confer().Decide(Story.ATask(TestCity.Water)).Confer().Decide(Story.ATask(TestCity.Urban));

        story.Whistle.Consultation!.Tasks.Select(task => (task.Number, task.Conference, task.Department))
            .ShouldBe([(1, 1, TestCity.Water), (2, 2, TestCity.Urban)]);
    }
}
