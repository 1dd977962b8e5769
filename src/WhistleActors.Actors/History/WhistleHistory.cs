using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>What the journal tells of one whistle. Reads from its first event on, so the grid's age costs nothing.</summary>
internal sealed class WhistleHistory(EventLog log)
{
    private const int PerPage = 200;

    /// <summary>The events of a whistle in the order in which they were stored; empty when there never was such a whistle.</summary>
    internal async Task<IReadOnlyList<(long Sequence, GridEvent Event)>> EventsOfAsync(WhistleId whistle, CancellationToken cancelled)
    {
        var events = new List<(long Sequence, GridEvent Event)>();
        var next = whistle.Number;
        Whistle? state = null;
        while (true)
        {
            var page = await log.OfAsync(GridActor.PersistenceIdOf(whistle.Grid), next, PerPage, cancelled);
            foreach (var stored in page)
            {
                if (stored.Event is not GridEvent happened || happened.Whistle != whistle)
                    continue;
                if (events.Count == 0 && happened is not (WhistleBlown or WhistleProposed))
                    return [];
                events.Add((stored.SequenceNr, happened));

                // Closed is not the end while a ledger entry runs.
                state = GridFold.Apply(state, happened);
                if (state.IsOver)
                    return events;
            }

            // An id whose number is not that of a whistle's first event names nothing.
            if (events is not [(_, WhistleBlown or WhistleProposed), ..])
                return [];
            if (page.Count < PerPage)
                return events;
            next = page[^1].SequenceNr + 1;
        }
    }

    /// <summary>The whistle as it was at a version, or as it is at its last; null when there never was such a whistle.</summary>
    internal async Task<Whistle?> WhistleAtAsync(WhistleId whistle, long version, CancellationToken cancelled)
    {
        Whistle? state = null;
        foreach (var (_, happened) in await EventsOfAsync(whistle, cancelled))
        {
            state = GridFold.Apply(state, happened);
            if (state.Version == version)
                break;
        }

        return state;
    }
}
