using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What became of the work, and whether the initiator accepts that.</summary>
internal static class OutcomeRules
{
    internal static ImmutableArray<GridEvent> Report(Whistle whistle, ReportOutcome command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        Require.Working(summons);
        if (summons.CheckIn is null)
            throw new RefusedException(Refuse.NotCheckedIn(summons.Department));
        if (summons.Ledger is { IsReturned: true } returned)
            throw new RefusedException(Refuse.LedgerNotDone(returned.DueOn));
        if (summons.Outcome is { } outcome)
            throw new RefusedException(Refuse.OutcomeAwaitsAnswer(outcome.At));
        if (command.Kind == OutcomeKind.Ledgered != (command.Ledger is not null))
            throw new RefusedException(Refuse.LedgerMismatch(command.Ledger is not null));
        if (command.Ledger is { } ledger)
        {
            RequireDates(ledger, context.Pack.Calendar.DayOf(context.Now));
            Require.NotTooFar(ledger.DueOn, context);
        }

        return
        [
            new OutcomeReported(
                whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Kind, command.Note, command.Ledger, command.Evidence),
        ];
    }

    internal static ImmutableArray<GridEvent> Accept(Whistle whistle, AcceptOutcome command, Order order, GridContext context)
    {
        var summons = WithOutcome(whistle, command.Department, order);
        var plan = summons.Outcome is { Kind: OutcomeKind.Ledgered, Ledger: { } entry } ? LedgerRules.PlanFor(entry, entry.DueOn, context) : null;
        return [new OutcomeAccepted(whistle.Id, context.Now, order.By, order.Key, summons.Department, plan)];
    }

    internal static ImmutableArray<GridEvent> VetoOutcome(Whistle whistle, VetoOutcome command, Order order, GridContext context)
    {
        var summons = WithOutcome(whistle, command.Department, order);
        var rework = ClockRules.Rework(whistle, summons, context);
        return [new OutcomeVetoed(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason, rework)];
    }

    internal static Summons WithOutcome(Whistle whistle, DepartmentCode department, Order order)
    {
        Require.Judge(whistle, department, Powers.Veto, order);
        var summons = Require.OfOpen(whistle, department);
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(department));
        if (summons.Outcome is null or { Acceptance: not null })
            throw new RefusedException(Refuse.NoOutcome(department));
        return summons;
    }

    internal static void RequireDates(LedgerEntry ledger, DateOnly today)
    {
        if (ledger.DueOn <= today)
            throw new RefusedException(Refuse.LedgerDatePast(ledger.DueOn));
        var previous = today;
        foreach (var milestone in ledger.Milestones)
        {
            if (milestone.On <= today)
                throw new RefusedException(Refuse.LedgerDatePast(milestone.On));
            if (milestone.On < previous || milestone.On > ledger.DueOn)
                throw new RefusedException(Refuse.MilestonesOutOfOrder(milestone.On, ledger.DueOn));
            previous = milestone.On;
        }
    }
}
