namespace WhistleActors.Journal.Copies;

/// <summary>A row of the journal table, whole.</summary>
internal readonly record struct CopiedEvent(
    long Ordering, long Created, bool Deleted, string PersistenceId, long SequenceNr, byte[] Message, string? Tags, string? Manifest, int? Identifier, string? WriterUuid);

/// <summary>A row of the snapshot table, whole.</summary>
internal readonly record struct CopiedSnapshot(string PersistenceId, long SequenceNr, long Created, byte[]? Snapshot, string? Manifest, int? SerializerId);
