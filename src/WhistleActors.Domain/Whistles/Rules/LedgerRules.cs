using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>The way of an accepted ledger entry (台账). The whistle may be closed meanwhile: the entry lives on, and takes orders, until it is done.</summary>
internal static class LedgerRules
{
    /// <summary>The instants of an entry, from its dates.</summary>
    internal static LedgerPlan PlanFor(LedgerEntry entry, DateOnly dueOn, GridContext context)
    {
        var calendar = context.Pack.Calendar;
        var days = entry.Milestones.Select(milestone => milestone.On).Append(dueOn).Distinct();
        return new LedgerPlan(
            calendar.StartOf(dueOn.AddDays(1)),
            [
                .. from day in days
                   from before in context.Pack.LedgerReminders.DaysBefore
                   let at = calendar.OpeningOf(day.AddDays(-before))
                   where at > context.Now
                   orderby at, day
                   select new LedgerReminder(at, day),
            ]);
    }

    internal static ImmutableArray<GridEvent> ReportMilestone(Whistle whistle, ReportMilestone command, Order order, GridContext context)
    {
        var (summons, ledger) = EntryOf(whistle, command.Department, order);
        var milestones = summons.Outcome!.Ledger!.Milestones.Length;
        if (command.Milestone < 1 || command.Milestone > milestones)
            throw new RefusedException(Refuse.UnknownMilestone(command.Milestone, milestones));
        if (ledger.HasReached(command.Milestone))
            throw new RefusedException(Refuse.MilestoneAlreadyReached(command.Milestone));
        return [new MilestoneReached(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Milestone, command.Note)];
    }

    internal static ImmutableArray<GridEvent> Complete(Whistle whistle, CompleteLedger command, Order order, GridContext context)
    {
        var (summons, ledger) = EntryOf(whistle, command.Department, order);
        if (ledger.Completion is { } completion)
            throw new RefusedException(Refuse.CompletionAlreadyReported(completion.At));
        return [new LedgerCompleted(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Note)];
    }

    internal static ImmutableArray<GridEvent> Confirm(Whistle whistle, ConfirmLedger command, Order order, GridContext context)
    {
        var summons = Completed(whistle, command.Department, order);
        return [new LedgerConfirmed(whistle.Id, context.Now, order.By, order.Key, summons.Department)];
    }

    internal static ImmutableArray<GridEvent> RefuseCompletion(Whistle whistle, RefuseLedger command, Order order, GridContext context)
    {
        var summons = Completed(whistle, command.Department, order);
        return [new LedgerRefused(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> RequestExtension(Whistle whistle, RequestLedgerExtension command, Order order, GridContext context)
    {
        var (summons, ledger) = EntryOf(whistle, command.Department, order);
        if (ledger.Completion is { } completion)
            throw new RefusedException(Refuse.CompletionAlreadyReported(completion.At));
        if (ledger.AskedExtension is { } asked)
            throw new RefusedException(Refuse.ExtensionAlreadyRequested(asked.At));
        if (ledger.Extensions is { Length: >= DelayRules.MostRequests })
            throw new RefusedException(Refuse.TooManyDelays(DelayRules.MostRequests));
        RequireLater(command.Until, ledger, context);
        Require.NotTooFar(command.Until, context);
        return
        [
            new LedgerExtensionRequested(
                whistle.Id, context.Now, order.By, order.Key, summons.Department, ledger.DueOn, command.Until, command.Reason),
        ];
    }

    internal static ImmutableArray<GridEvent> ApproveExtension(Whistle whistle, ApproveLedgerExtension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var (summons, ledger) = EntryOf(whistle, command.Department);
        var asked = ledger.AskedExtension ?? throw new RefusedException(Refuse.NoExtensionRequested(summons.Department));
        RequireLater(asked.Until, ledger, context);
        return
        [
            new LedgerExtensionApproved(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                summons.Department,
                ledger.DueOn,
                asked.Until,
                PlanFor(summons.Outcome!.Ledger!, asked.Until, context)),
        ];
    }

    internal static ImmutableArray<GridEvent> RefuseExtension(Whistle whistle, RefuseLedgerExtension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var (summons, ledger) = EntryOf(whistle, command.Department);
        if (ledger.AskedExtension is null)
            throw new RefusedException(Refuse.NoExtensionRequested(summons.Department));
        return [new LedgerExtensionRefused(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)];
    }

    private static Summons Completed(Whistle whistle, DepartmentCode department, Order order)
    {
        Require.Judge(whistle, department, Powers.Veto, order);
        var (summons, ledger) = EntryOf(whistle, department);
        return ledger.Completion is null ? throw new RefusedException(Refuse.NoCompletion(department)) : summons;
    }

    private static (Summons Summons, LedgerRun Ledger) EntryOf(Whistle whistle, DepartmentCode department, Order order)
    {
        if (!Require.ActsFor(whistle, department, Powers.Answer, order.By))
            throw new RefusedException(Refuse.NotYourDepartment(department));
        return EntryOf(whistle, department);
    }

    private static (Summons Summons, LedgerRun Ledger) EntryOf(Whistle whistle, DepartmentCode department)
    {
        var summons = whistle.SummonsOf(department) ?? throw new RefusedException(Refuse.DepartmentNotSummoned(department));
        if (whistle.IsOver)
            Require.Open(whistle);
        return summons.Ledger is { IsOpen: true } ledger ? (summons, ledger) : throw new RefusedException(Refuse.NoLedgerEntry(department));
    }

    private static void RequireLater(DateOnly until, LedgerRun ledger, GridContext context)
    {
        var today = context.Pack.Calendar.DayOf(context.Now);
        var bound = ledger.DueOn > today ? ledger.DueOn : today;
        if (until <= bound)
            throw new RefusedException(Refuse.LedgerDayNotLater(until, bound));
    }
}
