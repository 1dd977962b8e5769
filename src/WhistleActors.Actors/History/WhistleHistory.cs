using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.History;

/// <summary>What the journal tells of one whistle. Reads from its first event on, so the grid's age costs nothing.</summary>
internal sealed class WhistleHistory(ActorSystem system)
{
    /// <summary>The events of a whistle in the order in which they were stored; empty when there never was such a whistle.</summary>
    internal async Task<IReadOnlyList<(long Sequence, GridEvent Event)>> EventsOfAsync(WhistleId whistle, CancellationToken cancelled)
    {
        var journal = system.ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        using var materializer = system.Materializer();
        var events = await journal
            .CurrentEventsByPersistenceId(GridActor.PersistenceIdOf(whistle.Grid), whistle.Number, long.MaxValue)
            .Where(envelope => envelope.Event is GridEvent happened && happened.Whistle == whistle)
            .Select(envelope => (envelope.SequenceNr, (GridEvent)envelope.Event))
            .TakeWhile(entry => entry.Item2 is not (WhistleClosed or WhistleWithdrawn), inclusive: true)
            .RunWith(Sink.Seq<(long, GridEvent)>(), materializer)
            .WaitAsync(cancelled);
        return events is [(_, WhistleBlown), ..] ? events : [];
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
