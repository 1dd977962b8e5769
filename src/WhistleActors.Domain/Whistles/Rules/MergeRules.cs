using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>One thing, one whistle: what comes to a whistle that sounds already, instead of another one.</summary>
internal static class MergeRules
{
    /// <summary>More whistles than anybody blows for one thing by mistake.</summary>
    public const int MostMerged = 50;

    internal static ImmutableArray<GridEvent> Add(Whistle whistle, AddReport command, Order order, GridContext context)
    {
        if (!order.By.Holds(Powers.Convene, whistle.Subdistrict.Text)
            && !order.By.Holds(Powers.Command, whistle.District.Text)
            && !Require.IsInitiator(whistle, Powers.Convene, order.By))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Initiator));
        Require.Open(whistle);
        return [new ReportAdded(whistle.Id, context.Now, order.By, order.Key, command.Description, command.Place?.ToWgs84())];
    }

    internal static ImmutableArray<GridEvent> Merge(GridState state, Whistle whistle, MergeWhistle command, Order order, GridContext context)
    {
        Require.Ends(whistle, order);
        Require.Open(whistle);
        if (command.Into == whistle.Id)
            throw new RefusedException(Refuse.MergeIntoItself());
        if (command.Into.Grid != whistle.Id.Grid)
            throw new RefusedException(Refuse.MergeAcrossGrids());
        if (state.Whistles.GetValueOrDefault(command.Into) is not { Stage: WhistleStage.Open } into)
            throw new RefusedException(Refuse.MergeTargetNotOpen(command.Into));
        if (into.IsExercise != whistle.IsExercise)
            throw new RefusedException(Refuse.MergeOfExercise());
        if (into.Blowing?.Merged.Length >= MostMerged)
            throw new RefusedException(Refuse.MergeTargetFull(MostMerged));

        // The whistle that ends comes last: the order is about it, and is answered with it.
        return
        [
            .. TimeRules.Pass([into], context.Now),
            new WhistleTookIn(into.Id, context.Now, order.By, order.Key, whistle.Id),
            .. whistle.Summonses
                .Where(summons => summons.Owes || summons.CrewPresent)
                .Select(summons => new DepartmentReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)),
            new WhistleMerged(whistle.Id, context.Now, order.By, order.Key, into.Id, command.Reason),
        ];
    }
}
