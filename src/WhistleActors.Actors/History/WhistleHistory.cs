using System.Collections.Immutable;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>
/// What the journal tells of one whistle. Reads from its first event to its end, and then only where the grid says that it came back: so
/// neither the grid's age nor its life in between costs anything.
/// </summary>
internal sealed class WhistleHistory(EventLog log)
{
    private const int PerPage = 200;

    /// <summary>
    /// The events of a whistle in the order in which they were stored; empty when there never was such a whistle. What was stored as one and is several now, has one number.
    /// </summary>
    /// <param name="returns">Where it goes on after an end (<see cref="GridState.ReturnsOf"/>).</param>
    internal async Task<IReadOnlyList<(long Sequence, GridEvent Event)>> EventsOfAsync(
        WhistleId whistle, IReadOnlyList<long> returns, CancellationToken cancelled)
    {
        var events = new List<(long Sequence, GridEvent Event)>();
        Whistle? state = null;
        foreach (var start in returns.Prepend(whistle.Number))
        {
            // What came next while it was open stands in the part before.
            if (events.Count == 0 || start > events[^1].Sequence)
                state = await ReadPartAsync(whistle, start, state, events, cancelled);
            if (state is null)
                return [];
        }

        return events;
    }

    /// <summary>The number of the newest event of a grid, for whoever knows of all up to one; not exact once it is more than one page further.</summary>
    internal async Task<long> NewestOfAsync(GridCode grid, long known) =>
        await log.OfAsync(GridActor.PersistenceIdOf(grid), known + 1, PerPage, CancellationToken.None) is [.., var newest] ? newest.SequenceNr : known;

    /// <summary>The whistle as it was at a version, or as it is at its last; null when there never was such a whistle.</summary>
    internal async Task<Whistle?> WhistleAtAsync(WhistleId whistle, IReadOnlyList<long> returns, long version, CancellationToken cancelled)
    {
        Whistle? last = null;
        foreach (var state in GridFold.Replay(await EventsOfAsync(whistle, returns, cancelled)))
        {
            last = state;
            if (state.Version == version)
                break;
        }

        return last;
    }

    private static ImmutableArray<GridEvent> PartsOf(StoredEvent stored) => stored.Event switch
    {
        GridEvent happened => [happened],
        EventsAtOnce happened => happened.Parts,
        _ => [],
    };

    // From where it begins or comes back until it has ended, or until there is no more.
    private async Task<Whistle?> ReadPartAsync(
        WhistleId whistle, long start, Whistle? state, List<(long Sequence, GridEvent Event)> events, CancellationToken cancelled)
    {
        for (var next = start; ;)
        {
            var page = await log.OfAsync(GridActor.PersistenceIdOf(whistle.Grid), next, PerPage, cancelled);

            // An id whose number is not that of a whistle's first event names nothing.
            if (state is null && !(page is [var begun, ..] && PartsOf(begun) is [WhistleBlown or WhistleProposed, ..] parts && parts[0].Whistle == whistle))
                return null;
            foreach (var stored in page)
            {
                var happened = PartsOf(stored);
                if (happened.IsEmpty || happened[0].Whistle != whistle)
                    continue;
                events.AddRange(happened.Select(part => (stored.SequenceNr, part)));
                state = GridFold.Apply(state, new EventsAtOnce(happened));

                // Closed is not the end while a ledger entry runs.
                if (state.IsOver)
                    return state;
            }

            if (page.Count < PerPage)
                return state;
            next = page[^1].SequenceNr + 1;
        }
    }
}
