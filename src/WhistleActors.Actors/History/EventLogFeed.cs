using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>Asks the table for what comes after: enough for the group-commit journal, which commits in order, and the same at any age.</summary>
internal sealed class EventLogFeed(EventLog log) : IJournalFeed
{
    public Task<IReadOnlyList<StoredEvent>> AfterAsync(long ordering, int most, CancellationToken cancelled) =>
        log.AfterAsync(ordering, most, cancelled);
}
