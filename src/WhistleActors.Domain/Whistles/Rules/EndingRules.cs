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
        return [.. LetGo(whistle, command.Reason, order, context), new WhistleWithdrawn(whistle.Id, context.Now, order.By, order.Key, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> VoidWhistle(Whistle whistle, VoidWhistle command, Order order, GridContext context)
    {
        Require.EndsOrCommand(whistle, order);
        Require.Open(whistle);
        return [.. LetGo(whistle, command.Reason, order, context), new WhistleVoided(whistle.Id, context.Now, order.By, order.Key, command.Reason)];
    }

    internal static ImmutableArray<GridEvent> Close(Whistle whistle, CloseWhistle command, Order order, GridContext context)
    {
        Require.Ends(whistle, order);
        Require.Open(whistle);
        if (OpenThings(whistle).FirstOrDefault() is { } open)
            throw new RefusedException(open);
        return [new WhistleClosed(whistle.Id, context.Now, order.By, order.Key, command.Note)];
    }

    /// <summary>All that is still open and so holds up the closing, each as the refusal that says so.</summary>
    internal static IEnumerable<Refusal> OpenThings(Whistle whistle)
    {
        if (whistle.Blowing?.Approval is { IsAwaited: true, MissedAt: null, Due: { } due })
            yield return Refuse.ApprovalAwaited(due);
        var owing = whistle.Summonses.Where(summons => summons.Owes).Select(summons => summons.Department).ToList();
        if (owing.Count > 0)
            yield return Refuse.SummonsesUnsettled(owing);
        var present = whistle.Summonses.Where(summons => summons.CrewPresent).Select(summons => summons.Department).ToList();
        if (present.Count > 0)
            yield return Refuse.CrewsPresent(present);
        var disputing = whistle.Summonses.Where(summons => summons.Dispute is { IsOpen: true }).Select(summons => summons.Department).ToList();
        if (disputing.Count > 0)
            yield return Refuse.DisputesOpen(disputing);

        // Who closes says that all is done. Where the city sets a limit for the written report, that is part of all, and a closed whistle takes none.
        var unreported = whistle.Summonses.Where(whistle.OwesReport).Select(summons => summons.Department).ToList();
        if (unreported.Count > 0)
            yield return Refuse.ReportsMissing(unreported);
        if (whistle.Consultation?.Open is { } conference)
            yield return Refuse.ConferenceUndecided(conference.Number);
        var tasks = whistle.Consultation?.Tasks.Where(task => task.Confirmation is null).Select(task => task.Department).Distinct().ToList();
        if (tasks is { Count: > 0 })
            yield return Refuse.TasksOpen(tasks);
    }

    // Nobody leaves unreleased: who stands on the spot is let go in so many words, and the trace shows by whom and why.
    private static IEnumerable<DepartmentReleased> LetGo(Whistle whistle, string reason, Order order, GridContext context) => whistle.Summonses
        .Where(summons => summons.CrewPresent)
        .Select(summons => new DepartmentReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, reason));
}
