using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed partial class RefusalTests
{
    private static Dictionary<string, Func<Refusal>> OfConferences => new()
    {
        ["conference-undecided"] = () => On(Blown().Confer(), s => s.Refused(s.AConference(), TestCity.Street)),
        ["joint-conference-too-early"] = () => On(Blown(), s => s.Refused(s.AConference(joint: true), TestCity.Street)),
        ["meeting-in-the-past"] = () => On(Blown(), s => s.Refused(s.AConference() with { MeetsAt = s.Now.AddTicks(-1) }, TestCity.Street)),
        ["no-conference"] = () => On(Blown(), s => s.Refused(new StatePosition(s.Id, "x"), TestCity.Street)),
        ["not-a-party"] = () => On(Blown().Confer(), s => s.Refused(new StatePosition(s.Id, "x"), TestCity.Dispatcher(TestCity.FarUrban))),
        ["not-the-chair"] = () => On(Blown().Confer(), s => s.Refused(s.ADecision(), TestCity.Command)),
        ["reason-for-objection-missing"] = () => On(Blown().Confer().Propose(TestCity.Street),
            s => s.Refused(new AnswerProposal(s.Id, 1, Agrees: false, Reason: null), TestCity.Street)),
        ["task-already-completed"] = () => On(Planned().Complete(1, TestCity.Water),
            s => s.Refused(new CompleteTask(s.Id, 1, "x"), TestCity.Dispatcher(TestCity.Water))),
        ["task-already-confirmed"] = () => On(Planned().Complete(1, TestCity.Water).Confirm(1),
            s => s.Refused(new ReturnTask(s.Id, 1, "x"), TestCity.Street)),
        ["task-date-past"] = () => On(Blown().Confer(),
            s => s.Refused(s.ADecision(Story.ATask(TestCity.Water) with { DueOn = new DateOnly(2026, 3, 9) }), TestCity.Street)),
        ["task-not-completed"] = () => On(Planned(), s => s.Refused(new ConfirmTask(s.Id, 1), TestCity.Street)),
        ["tasks-open"] = () => On(Planned().FinishAll(), s => s.Refused(new CloseWhistle(s.Id, null), TestCity.Street)),
        ["too-many-conferences"] = () =>
        {
            var story = Blown();
            for (var i = 0; i < Consultation.MostConferences; i++)
                story.Confer().Decide();
            return story.Refused(story.AConference(), TestCity.Street);
        },
        ["too-many-parties"] = () => On(Blown(), s => s.Refused(
            s.AConference() with { Others = [.. Enumerable.Repeat(OrganisationCode.Parse(TestCity.Jingshan.Text), Conference.MostOthers + 1)] }, TestCity.Street)),
        ["too-many-proposals"] = () =>
        {
            var story = Blown().Confer();
            for (var i = 0; i < Conference.MostProposals; i++)
                story.Propose(TestCity.Street);
            return story.Refused(new ProposeMeasure(story.Id, "x", null, null), TestCity.Street);
        },
        ["too-many-tasks"] = () => On(Blown().Confer(), s => s.Refused(
            s.ADecision([.. Enumerable.Repeat(Story.ATask(TestCity.Water), Consultation.MostTasks + 1)]), TestCity.Street)),
        ["unknown-organisation"] = () => On(Blown(), s => s.Refused(
            s.AConference() with { Others = [OrganisationCode.Parse("atlantis")] }, TestCity.Street)),
        ["unknown-proposal"] = () => On(Blown().Confer(), s => s.Refused(new AnswerProposal(s.Id, 1, Agrees: true, Reason: null), TestCity.Street)),
        ["unknown-task"] = () => On(Planned(), s => s.Refused(new CompleteTask(s.Id, 2, "x"), TestCity.Dispatcher(TestCity.Water))),
    };

    private static Story Planned() => Blown().Confer().Decide(Story.ATask(TestCity.Water));
}
