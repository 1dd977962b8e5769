using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>
/// Asks the read journal of Akka.Persistence.Sql. For journals that several writers commit to out of order: it waits where a number
/// is missing. For that it reads through all numbers at its start, which takes the longer the older the city is.
/// </summary>
internal sealed class StockFeed(ActorSystem system) : IJournalFeed
{
    private readonly SqlReadJournal journal = system.ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
    private readonly ActorMaterializer materializer = system.Materializer();

    public async Task<IReadOnlyList<StoredEvent>> AfterAsync(long ordering, int most, CancellationToken cancelled) =>
        await journal.CurrentAllEvents(Offset.Sequence(ordering))
            .Take(most)
            .Select(envelope => new StoredEvent(((Sequence)envelope.Offset).Value, envelope.PersistenceId, envelope.SequenceNr, envelope.Event))
            .RunWith(Sink.Seq<StoredEvent>(), materializer)
            .WaitAsync(cancelled);
}
