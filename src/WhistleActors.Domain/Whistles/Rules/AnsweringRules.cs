using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>How a department answers its summons: sign, depart, and turn back on the way.</summary>
internal static class AnsweringRules
{
    internal static ImmutableArray<GridEvent> Sign(Whistle whistle, SignSummons command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        if (summons.Signature is { } signature)
            throw new RefusedException(Refuse.AlreadySigned(signature.At));
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
        return [Signed(whistle, summons, order, context)];
    }

    internal static ImmutableArray<GridEvent> Depart(Whistle whistle, Depart command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Attend, order);
        Require.Working(summons);
        if (summons.CheckIn is { } checkIn)
            throw new RefusedException(Refuse.AlreadyCheckedIn(checkIn.At));
        if (summons.Departure is { } departure)
            throw new RefusedException(Refuse.AlreadyDeparted(departure.At));
        Require.Crew(command.Crew, summons.Department, context.Pack);
        if (command.ArrivesAt is { } arrivesAt && arrivesAt < context.Now)
            throw new RefusedException(Refuse.ArrivalInThePast(arrivesAt));
        return WithSignature(whistle, summons, order, context,
            new CrewDeparted(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Crew, command.ArrivesAt));
    }

    // Nobody is taken from an emergency for another one, and nobody who has arrived: nobody leaves before the work is done.
    internal static ImmutableArray<GridEvent> Recall(Whistle whistle, RecallCrew command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        Require.Working(summons);
        if (summons.CheckIn is { } checkIn)
            throw new RefusedException(Refuse.AlreadyCheckedIn(checkIn.At));
        if (summons.Departure is not { } departure)
            throw new RefusedException(Refuse.NotDeparted(summons.Department));
        if (command.For == whistle.Id)
            throw new RefusedException(Refuse.RecallForItself(whistle.Id));
        if (command.For is not null && whistle is { Level: WhistleLevel.Emergency, IsExercise: false })
            throw new RefusedException(Refuse.EmergencyKeepsCrew(whistle.Id));
        return [new CrewRecalled(whistle.Id, context.Now, order.By, order.Key, summons.Department, departure.Crew, command.Reason, command.For)];
    }

    // Whoever sets out or stands on the spot has evidently received the summons: an unsigned one counts as signed at that moment.
    internal static ImmutableArray<GridEvent> WithSignature(Whistle whistle, Summons summons, Order order, GridContext context, GridEvent caused) =>
        summons.Signature is null ? [Signed(whistle, summons, order, context), caused] : [caused];

    private static SummonsSigned Signed(Whistle whistle, Summons summons, Order order, GridContext context) =>
        new(whistle.Id, context.Now, order.By, order.Key, summons.Department, Late: context.Now > summons.SignBy);
}
