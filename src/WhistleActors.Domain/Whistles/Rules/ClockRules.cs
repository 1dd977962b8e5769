using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What answers the further clocks: to speak to the initiator, to take measures on the spot, to report in writing.</summary>
internal static class ClockRules
{
    /// <summary>More measures on the spot than any department takes: a limit that keeps a whistle small.</summary>
    internal const int MostMeasures = 20;

    internal static ImmutableArray<GridEvent> Contact(Whistle whistle, ContactInitiator command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Attend, order);
        Require.Working(summons);
        if ((summons.Clocks?.Contact?.At ?? summons.CheckIn?.At) is { } at)
            throw new RefusedException(Refuse.AlreadyContacted(at));
        return AnsweringRules.WithSignature(whistle, summons, order, context, new InitiatorContacted(
            whistle.Id, context.Now, order.By, order.Key, summons.Department, IsLate(whistle, summons, Clock.Contact, context), command.Note));
    }

    internal static ImmutableArray<GridEvent> Measure(Whistle whistle, RecordMeasure command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Attend, order);
        Require.Working(summons);
        if (summons.CheckIn is null)
            throw new RefusedException(Refuse.NotCheckedIn(summons.Department));
        if (summons.Clocks?.Measures is { Length: >= MostMeasures })
            throw new RefusedException(Refuse.TooManyMeasures(MostMeasures));
        return
        [
            new MeasureRecorded(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                summons.Department,
                IsLate(whistle, summons, Clock.Measures, context),
                command.Text,
                command.Document),
        ];
    }

    // Paper may follow the work: it is taken even after the outcome was accepted, as long as the whistle is open.
    internal static ImmutableArray<GridEvent> FileReport(Whistle whistle, FileReport command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        if (summons.Role == DutyRole.Notified)
            throw new RefusedException(Refuse.NotifiedOnly(summons.Department));
        if (summons.State == SummonsState.Released)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
        if (summons.CheckIn is null)
            throw new RefusedException(Refuse.NotCheckedIn(summons.Department));
        if (summons.Clocks?.Report is { } report)
            throw new RefusedException(Refuse.ReportAlreadyFiled(report.At));
        return [new ReportFiled(whistle.Id, context.Now, order.By, order.Key, summons.Department, IsLate(whistle, summons, Clock.Report, context), command.Text)];
    }

    /// <summary>The time that a vetoed department has for its rework, from the limit that was stamped; null when disposal has none.</summary>
    internal static ClockRun? Rework(Whistle whistle, Summons summons, GridContext context)
    {
        if (whistle.ClockOf(summons, Clock.Disposal) is not { Plan: { } plan } disposal)
            return null;
        var suspended = summons.Clocks?.Suspended?.EndsAt;
        return ClockRun.Start(context.Pack.Calendar, plan.Limit, suspended > context.Now ? suspended.Value : context.Now, disposal.Percents);
    }

    private static bool IsLate(Whistle whistle, Summons summons, Clock clock, GridContext context) =>
        whistle.ClockOf(summons, clock) is { Answered: false } standing && context.Now > standing.Run.Due;
}
