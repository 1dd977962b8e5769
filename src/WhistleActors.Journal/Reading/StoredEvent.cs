namespace WhistleActors.Journal.Reading;

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Ordering">Its place in the order of the whole journal.</param>
/// <param name="SequenceNr">Its number among the events of its actor.</param>
public sealed record StoredEvent(long Ordering, string PersistenceId, long SequenceNr, object Event);
