using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of conferences and the action plan.</summary>
internal static class ConferenceViews
{
    internal static ConsultationView ToView(this Consultation consultation) =>
        new([.. consultation.Conferences.Select(ToView)], [.. consultation.Tasks.Select(ToView)]);

    private static ConferenceView ToView(Conference conference) => new(
        conference.Number,
        conference.Subject,
        conference.ConvenedAt,
        conference.ConvenedBy.ToView(),
        conference.Chair.Text,
        conference.Joint,
        [.. conference.Parties.Select(party => party.Text)],
        conference.MeetsAt,
        conference.Place,
        [.. conference.Positions.Select(position => new PositionStatementView(position.Organisation.Text, position.Speaker, position.At, position.Text))],
        [.. conference.Proposals.Select(ToView)],
        conference.Decision is { } decision
            ? new ConferenceDecisionView(decision.At, decision.By.ToView(), decision.Text, decision.Adopted, decision.MinutesComplete)
            : null);

    private static ProposedMeasureView ToView(Proposal proposal) => new(
        proposal.Number,
        proposal.Organisation.Text,
        proposal.Proposer,
        proposal.At,
        proposal.Text,
        proposal.Department?.Text,
        proposal.DueOn,
        [.. proposal.Answers.Select(answer => new ProposalAnswerView(answer.Organisation.Text, answer.Agrees, answer.Reason))]);

    private static TaskView ToView(PlanTask task) => new(
        task.Number,
        task.Conference,
        task.Confirmation is not null ? TaskState.Confirmed : task.Completion is not null ? TaskState.Completed : TaskState.Open,
        task.Department.Text,
        task.Person,
        task.Text,
        task.DueOn,
        task.Completion?.At,
        task.Completion?.By.ToView(),
        task.Completion?.Note,
        task.Confirmation?.ToView(),
        task.Returns,
        task.ReturnReason);
}
