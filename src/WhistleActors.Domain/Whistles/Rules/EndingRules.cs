using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>How a whistle ends.</summary>
internal static class EndingRules
{
    internal static ImmutableArray<GridEvent> Withdraw(Whistle whistle, WithdrawWhistle command, Order order, GridContext context)
    {
        if (whistle.HasSounded || !Require.IsInitiator(whistle, Powers.Convene, order.By))
            Require.Ends(whistle, order);
        Require.Open(whistle);

        // Nobody leaves unreleased: who stands on the spot is let go in so many words, and the trace shows by whom and why.
        var released = whistle.Summonses
            .Where(summons => summons.CrewPresent)
            .Select(summons => new DepartmentReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason));
        return [.. released, new WhistleWithdrawn(whistle.Id, context.Now, order.By, order.Key, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> Close(Whistle whistle, CloseWhistle command, Order order, GridContext context)
    {
        Require.Ends(whistle, order);
        Require.Open(whistle);
        if (whistle.Blowing?.Approval is { IsAwaited: true, MissedAt: null, Due: { } due })
            throw new RefusedException(Refuse.ApprovalAwaited(due));
        var owing = whistle.Summonses.Where(summons => summons.Owes).Select(summons => summons.Department).ToList();
        if (owing.Count > 0)
            throw new RefusedException(Refuse.SummonsesUnsettled(owing));
        var present = whistle.Summonses.Where(summons => summons.CrewPresent).Select(summons => summons.Department).ToList();
        if (present.Count > 0)
            throw new RefusedException(Refuse.CrewsPresent(present));
        DisputeRules.RequireNoneOpen(whistle);

        // Who closes says that all is done. Where the city sets a limit for the written report, that is part of all, and a closed whistle takes none.
        var unreported = whistle.Summonses.Where(whistle.OwesReport).Select(summons => summons.Department).ToList();
        if (unreported.Count > 0)
            throw new RefusedException(Refuse.ReportsMissing(unreported));
        return [new WhistleClosed(whistle.Id, context.Now, order.By, order.Key, command.Note)];
    }
}
