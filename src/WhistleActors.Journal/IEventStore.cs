namespace WhistleActors.Journal;

/// <summary>
/// A database of events. The writing half is called by one loop, one call at a time; the reading half by several at once.
/// Whatever is the database's fault is thrown as <see cref="StoreTroubleException"/>.
/// </summary>
internal interface IEventStore : IAsyncDisposable
{
    /// <summary>Connects, creates what is missing. Called again after trouble until it succeeds.</summary>
    /// <exception cref="JournalFileInUseException">Somebody else writes to this file.</exception>
    Task OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Stores the batch in one transaction. A write that the database refuses for what it is gets its
    /// <see cref="PendingWrite.Refusal"/> and leaves no row behind; the others are stored.
    /// </summary>
    ValueTask WriteAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation);

    /// <summary>
    /// Makes certain what became of a batch whose commit got no clear answer, and that what was not stored cannot appear later.
    /// </summary>
    /// <returns>For each write whether it is stored, durably.</returns>
    Task<bool[]> SettleAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation);

    /// <summary>Removes the events up to a number; the last of them stays, marked, to remember the highest number.</summary>
    Task DeleteAsync(string persistenceId, long toSequenceNr, CancellationToken cancellation);

    /// <summary>Answers all requests in one visit to the database.</summary>
    Task ReadHighestAsync(IReadOnlyList<HighestRequest> requests, CancellationToken cancellation);

    /// <summary>Answers all requests in one visit to the database.</summary>
    Task ReadEventsAsync(IReadOnlyList<EventsRequest> requests, CancellationToken cancellation);
}
