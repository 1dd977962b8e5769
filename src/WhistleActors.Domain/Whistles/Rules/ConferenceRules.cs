using System.Collections.Immutable;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>How the parties of a whistle confer (会商) and what the chair decides.</summary>
internal static class ConferenceRules
{
    internal static ImmutableArray<GridEvent> Convene(Whistle whistle, ConveneConference command, Order order, GridContext context)
    {
        Require.OwnOrCommand(whistle, Powers.Convene, order);
        Require.Open(whistle);
        var conferences = whistle.Consultation?.Conferences ?? [];
        if (whistle.Consultation?.Open is { } open)
            throw new RefusedException(Refuse.ConferenceUndecided(open.Number));
        if (conferences.Length == Consultation.MostConferences)
            throw new RefusedException(Refuse.TooManyConferences(Consultation.MostConferences));
        if (command.Joint && whistle.Round == 1 && !IsReferred(whistle))
            throw new RefusedException(Refuse.JointTooEarly());
        if (command.MeetsAt is { } meetsAt && meetsAt < context.Now)
            throw new RefusedException(Refuse.MeetingInThePast(meetsAt));
        return
        [
            new ConferenceConvened(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                conferences.Length + 1,
                command.Subject,
                command.Joint ? OrganisationCode.Parse(whistle.District.Text) : order.By.Organisation,
                command.Joint,
                PartiesOf(whistle, command, context),
                command.MeetsAt,
                command.Place),
        ];
    }

    internal static ImmutableArray<GridEvent> State(Whistle whistle, StatePosition command, Order order, GridContext context)
    {
        var conference = Speak(whistle, order);
        return [new PositionStated(whistle.Id, context.Now, order.By, order.Key, conference.Number, command.Text)];
    }

    internal static ImmutableArray<GridEvent> Propose(Whistle whistle, ProposeMeasure command, Order order, GridContext context)
    {
        var conference = Speak(whistle, order);
        if (conference.Proposals.Length == Conference.MostProposals)
            throw new RefusedException(Refuse.TooManyProposals(Conference.MostProposals));
        if (command.Department is { } department)
            Require.Party(whistle, department, context.Pack);
        RequireNotPast(command.DueOn, context);
        return
        [
            new MeasureProposed(
                whistle.Id, context.Now, order.By, order.Key, conference.Number, conference.Proposals.Length + 1, command.Text, command.Department, command.DueOn),
        ];
    }

    internal static ImmutableArray<GridEvent> Answer(Whistle whistle, AnswerProposal command, Order order, GridContext context)
    {
        var conference = Speak(whistle, order);
        RequireProposal(conference, command.Proposal);
        if (!command.Agrees && command.Reason is null)
            throw new RefusedException(Refuse.ObjectionWithoutReason());
        return [new ProposalAnswered(whistle.Id, context.Now, order.By, order.Key, conference.Number, command.Proposal, command.Agrees, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> Decide(Whistle whistle, DecideConference command, Order order, GridContext context)
    {
        var conference = Undecided(whistle);
        if (order.By.Organisation != conference.Chair || !order.By.HoldsAny(Powers.Convene | Powers.Call | Powers.Command, conference.Chair.Text))
            throw new RefusedException(Refuse.NotTheChair(conference.Chair));
        foreach (var number in command.Adopted)
            RequireProposal(conference, number);
        if (whistle.Consultation!.Tasks.Length + command.Tasks.Length > Consultation.MostTasks)
            throw new RefusedException(Refuse.TooManyTasks(Consultation.MostTasks));
        foreach (var task in command.Tasks)
            RequireNotPast(task.DueOn, context);
        var adopted = command.Adopted.Distinct().Order().ToImmutableArray();
        var further = new FurtherSummonses(whistle, context);
        var summoned = SummonForTasks(whistle, command.Tasks, further);
        var decision = new ConferenceDecision(context.Now, order.By, command.Decision, adopted, command.MinutesComplete);
        return
        [
            new ConferenceDecided(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                conference.Number,
                command.Decision,
                adopted,
                command.Tasks,
                summoned,
                command.MinutesComplete,
                Minutes.Of(whistle, conference with { Decision = decision }, command.Tasks, context.Pack),
                further.Schedules),
        ];
    }

    // Whoever gets a task owes it under this whistle, and so is summoned under it, by the same clocks as everybody.
    private static ImmutableArray<StampedSummons> SummonForTasks(Whistle whistle, ImmutableArray<PlannedTask> tasks, FurtherSummonses further)
    {
        var missing = tasks.Select(task => task.Department).Distinct().Where(department => whistle.SummonsOf(department) is null).ToList();
        if (missing.Count > 0 && whistle.Summonses.Length + missing.Count > GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));
        return [.. missing.Select(department => further.Stamp(department, DutyRole.Cooperating))];
    }

    // The command centre asked them to confer over whose it is: that need not wait for a second whistle.
    private static bool IsReferred(Whistle whistle) =>
        whistle.Summonses.Any(summons => summons.Dispute is { IsOpen: true, Referral: not null });

    private static ImmutableArray<OrganisationCode> PartiesOf(Whistle whistle, ConveneConference command, GridContext context)
    {
        if (command.Others.Length > Conference.MostOthers)
            throw new RefusedException(Refuse.TooManyParties(Conference.MostOthers));
        foreach (var other in command.Others)
        {
            if (!Require.IsOrganisation(other, context.Pack))
                throw new RefusedException(Refuse.UnknownOrganisation(other));
        }

        return
        [
            .. new[] { whistle.Initiator.Text, whistle.Subdistrict.Text, whistle.District.Text }
                .Concat(whistle.Blowing?.Joint.Where(other => other.Declined is null).Select(other => other.Subdistrict.Text) ?? [])
                .Concat(whistle.Summonses.Select(summons => summons.Department.Text))
                .Select(OrganisationCode.Parse)
                .Concat(command.Others)
                .Distinct(),
        ];
    }

    private static Conference Undecided(Whistle whistle)
    {
        Require.Open(whistle);
        return whistle.Consultation?.Open ?? throw new RefusedException(Refuse.NoConference());
    }

    private static Conference Speak(Whistle whistle, Order order)
    {
        var conference = Undecided(whistle);
        var (by, mine) = (order.By, order.By.Organisation);
        var speaks = by.HoldsAny(Powers.Convene | Powers.Answer | Powers.Call | Powers.Command, mine.Text);
        if (!speaks || !conference.Parties.Contains(mine))
            throw new RefusedException(Refuse.NotAParty(mine));
        return conference;
    }

    private static void RequireProposal(Conference conference, int number)
    {
        if (number < 1 || number > conference.Proposals.Length)
            throw new RefusedException(Refuse.UnknownProposal(number));
    }

    private static void RequireNotPast(DateOnly? dueOn, GridContext context)
    {
        if (dueOn is { } day && day < context.Pack.Calendar.DayOf(context.Now))
            throw new RefusedException(Refuse.TaskDatePast(day));
    }
}
