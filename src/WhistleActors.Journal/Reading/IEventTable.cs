namespace WhistleActors.Journal.Reading;

/// <summary>The journal's table, to be read beside the journal. May be called by several at once.</summary>
internal interface IEventTable : IAsyncDisposable
{
    /// <summary>Rows after a place in the journal's order.</summary>
    Task<List<(long Ordering, EventRow Row)>> AfterAsync(long ordering, int most, CancellationToken cancellation);

    /// <summary>Rows of one actor from a number on.</summary>
    Task<List<(long Ordering, EventRow Row)>> OfAsync(string persistenceId, long fromSequenceNr, int most, CancellationToken cancellation);
}
