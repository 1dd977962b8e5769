using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>
/// More time, and time standing still: the department asks, the initiator or the district's command centre decides. What is left of a clock is
/// counted in the working time that the city's calendar gives those days; the limit itself stays the one that was stamped.
/// </summary>
internal static class DelayRules
{
    /// <summary>More requests of a kind than a summons should need: who asks a seventh time needs a conference, not more time.</summary>
    internal const int MostRequests = 6;

    internal static ImmutableArray<GridEvent> RequestExtension(Whistle whistle, RequestExtension command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        if (whistle.ClockOf(summons, command.Clock) is not { Runs: true } standing)
            throw new RefusedException(Refuse.ClockNotRunning(summons.Department, command.Clock));
        NotSuspended(summons);
        if (summons.Clocks?.AskedExtension is { } asked)
            throw new RefusedException(Refuse.ExtensionAlreadyRequested(asked.At));
        if (summons.Clocks?.Extensions is { Length: >= MostRequests })
            throw new RefusedException(Refuse.TooManyDelays(MostRequests));
        if (command.Until <= standing.Run.Due)
            throw new RefusedException(Refuse.ExtensionNotLater(command.Until, standing.Run.Due));
        Require.NotTooFar(context.Pack.Calendar.DayOf(command.Until), context);
        return
        [
            new ExtensionRequested(
                whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Clock, standing.Run.Due, command.Until, command.Reason),
        ];
    }

    // A clock that ran out while the request waited is moved all the same: the department asked in time. That it ran out stays in the record.
    internal static ImmutableArray<GridEvent> ApproveExtension(Whistle whistle, ApproveExtension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        var asked = summons.Clocks?.AskedExtension ?? throw new RefusedException(Refuse.NoExtensionRequested(summons.Department));
        if (whistle.ClockOf(summons, asked.Clock) is not { Binds: true, Answered: false } standing)
            throw new RefusedException(Refuse.ClockNotRunning(summons.Department, asked.Clock));
        NotSuspended(summons);
        var bound = standing.Run.Due > context.Now ? standing.Run.Due : context.Now;
        if (asked.Until <= bound)
            throw new RefusedException(Refuse.ExtensionNotLater(asked.Until, bound));
        var run = standing.Run.Until(context.Pack.Calendar, standing.Unit, asked.Until, standing.Percents, context.Now);
        return [new ExtensionApproved(whistle.Id, context.Now, order.By, order.Key, summons.Department, asked.Clock, standing.Run.Due, run)];
    }

    internal static ImmutableArray<GridEvent> RefuseExtension(Whistle whistle, RefuseExtension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        var asked = summons.Clocks?.AskedExtension ?? throw new RefusedException(Refuse.NoExtensionRequested(summons.Department));
        return [new ExtensionRefused(whistle.Id, context.Now, order.By, order.Key, summons.Department, asked.Clock, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> RequestSuspension(Whistle whistle, RequestSuspension command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        Suspendable(summons);
        if (summons.Clocks?.AskedSuspension is { } asked)
            throw new RefusedException(Refuse.SuspensionAlreadyRequested(asked.At));
        if (summons.Clocks?.Suspensions is { Length: >= MostRequests })
            throw new RefusedException(Refuse.TooManyDelays(MostRequests));
        if (command.Until < context.Pack.Calendar.DayOf(context.Now))
            throw new RefusedException(Refuse.SuspensionDatePast(command.Until));
        Require.NotTooFar(command.Until, context);
        return [new SuspensionRequested(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Until, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> ApproveSuspension(Whistle whistle, ApproveSuspension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        var asked = summons.Clocks?.AskedSuspension ?? throw new RefusedException(Refuse.NoSuspensionRequested(summons.Department));
        Suspendable(summons);
        var endsAt = context.Pack.Calendar.StartOf(asked.Until.AddDays(1));
        if (endsAt <= context.Now)
            throw new RefusedException(Refuse.SuspensionDatePast(asked.Until));
        return
        [
            new SuspensionApproved(
                whistle.Id, context.Now, order.By, order.Key, summons.Department, endsAt, Moved(whistle, summons, context.Now, endsAt, context)),
        ];
    }

    internal static ImmutableArray<GridEvent> RefuseSuspension(Whistle whistle, RefuseSuspension command, Order order, GridContext context)
    {
        Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        if (summons.Clocks?.AskedSuspension is null)
            throw new RefusedException(Refuse.NoSuspensionRequested(summons.Department));
        return [new SuspensionRefused(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)];
    }

    // It spares nobody anything to end it early, so the department may do that too.
    internal static ImmutableArray<GridEvent> EndSuspension(Whistle whistle, EndSuspension command, Order order, GridContext context)
    {
        if (!Require.ActsFor(whistle, command.Department, Powers.Answer, order.By))
            Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        var suspended = summons.Clocks?.Suspended ?? throw new RefusedException(Refuse.NotSuspended(summons.Department));
        return
        [
            new SuspensionEnded(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                summons.Department,
                command.Reason,
                Moved(whistle, summons, suspended.EndsAt!.Value, context.Now, context)),
        ];
    }

    // As much as is left of each running clock at the one instant is left of it at the other. While a suspension holds, its clocks are already
    // those that will run after its end: nothing has to be moved when that comes by itself, and nobody is late in between.
    private static ImmutableArray<MovedClock> Moved(Whistle whistle, Summons summons, DateTimeOffset before, DateTimeOffset after, GridContext context) =>
    [
        .. from standing in whistle.ClocksOf(summons)
           where standing.Runs
           select new MovedClock(standing.Clock, standing.Run.Paused(context.Pack.Calendar, standing.Unit, before, after, standing.Percents)),
    ];

    private static void Suspendable(Summons summons)
    {
        Require.Working(summons);
        if (summons.Ledger is { IsReturned: true } ledger)
            throw new RefusedException(Refuse.LedgerNotDone(ledger.DueOn));
        NotSuspended(summons);
    }

    private static void NotSuspended(Summons summons)
    {
        if (summons.Clocks?.Suspended is { } suspended)
            throw new RefusedException(Refuse.SummonsSuspended(suspended.Until));
    }
}
