using System.Collections.Immutable;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What conferences and the action plan are after one of their events.</summary>
internal static class ConsultationFold
{
    internal static Whistle? Apply(Whistle whistle, GridEvent happened)
    {
        var consultation = whistle.Consultation ?? Consultation.Empty;
        return happened switch
        {
            ConferenceConvened convened => whistle with { Consultation = consultation with { Conferences = consultation.Conferences.Add(Convened(convened)) } },
            PositionStated stated => Confer(stated.Conference, conference => conference with { Positions = State(conference.Positions, stated) }),
            MeasureProposed proposed => Confer(proposed.Conference, conference => conference with { Proposals = conference.Proposals.Add(Proposed(proposed)) }),
            ProposalAnswered answered => Confer(answered.Conference, conference => conference with { Proposals = Answer(conference.Proposals, answered) }),
            ConferenceDecided decided => Decide(whistle, consultation, decided),
            TaskCompleted completed => Plan(completed.Task, task => task with { Completion = new TaskCompletion(completed.At, completed.By!, completed.Note) }),
            TaskConfirmed confirmed => Plan(confirmed.Task, task => task with { Confirmation = new Acceptance(confirmed.At, confirmed.By!) }),
            TaskReturned returned => Plan(returned.Task, task => task with { Completion = null, Returns = task.Returns + 1, ReturnReason = returned.Reason }),
            _ => null,
        };

        Whistle Confer(int number, Func<Conference, Conference> change) =>
            whistle with { Consultation = consultation with { Conferences = Change(consultation.Conferences, number, change) } };

        Whistle Plan(int number, Func<PlanTask, PlanTask> change) =>
            whistle with { Consultation = consultation with { Tasks = Change(consultation.Tasks, number, change) } };
    }

    // Conferences, proposals and tasks are numbered from one on, in the order in which they came.
    private static ImmutableArray<T> Change<T>(ImmutableArray<T> numbered, int number, Func<T, T> change) =>
        numbered.SetItem(number - 1, change(numbered[number - 1]));

    private static Conference Convened(ConferenceConvened convened) => new(
        convened.Number,
        convened.Subject,
        convened.At,
        convened.By!,
        convened.Chair,
        convened.Joint,
        convened.Parties,
        convened.MeetsAt,
        convened.Place,
        [],
        [],
        Decision: null);

    private static ImmutableArray<StatedPosition> State(ImmutableArray<StatedPosition> positions, PositionStated stated) =>
        positions.RemoveAll(position => position.Organisation == stated.By!.Organisation)
            .Add(new StatedPosition(stated.By!.Organisation, stated.By.Name, stated.At, stated.Text));

    private static Proposal Proposed(MeasureProposed proposed) => new(
        proposed.Number, proposed.By!.Organisation, proposed.By.Name, proposed.At, proposed.Text, proposed.Department, proposed.DueOn, []);

    private static ImmutableArray<Proposal> Answer(ImmutableArray<Proposal> proposals, ProposalAnswered answered) =>
        Change(proposals, answered.Proposal, proposal => proposal with
        {
            Answers = proposal.Answers.RemoveAll(answer => answer.Organisation == answered.By!.Organisation)
                .Add(new ProposalAnswer(answered.By!.Organisation, answered.Agrees, answered.Reason)),
        });

    private static Whistle Decide(Whistle whistle, Consultation consultation, ConferenceDecided decided)
    {
        var first = consultation.Tasks.Length + 1;
        return whistle with
        {
            Summonses = [.. whistle.Summonses, .. decided.Summoned.Select(SummonsFold.Begin)],
            Schedules = decided.Schedules is { } more ? [.. whistle.Schedules ?? [], .. more] : whistle.Schedules,
            Consultation = new Consultation(
                Change(consultation.Conferences, decided.Conference, conference => conference with
                {
                    Positions = [],
                    Proposals = [.. conference.Proposals.Where(proposal => decided.Adopted.Contains(proposal.Number)).Select(proposal => proposal with { Answers = [] })],
                    Decision = new ConferenceDecision(decided.At, decided.By!, decided.Decision, decided.Adopted, decided.MinutesComplete),
                }),
                consultation.Tasks.AddRange(decided.Tasks.Select((task, i) => new PlanTask(
                    first + i, decided.Conference, task.Department, task.Person, task.Text, task.DueOn, Completion: null, Confirmation: null, Returns: 0, ReturnReason: null)))),
        };
    }
}
