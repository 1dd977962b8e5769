using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>Gives the events of the whole journal in its order.</summary>
internal interface IJournalFeed
{
    /// <summary>The events after a place in the order; none when there are none yet.</summary>
    Task<IReadOnlyList<StoredEvent>> AfterAsync(long ordering, int most, CancellationToken cancelled);
}
