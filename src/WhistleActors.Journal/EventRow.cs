namespace WhistleActors.Journal;

/// <summary>One row of the journal table, without the number that the database gives (<c>ordering</c>).</summary>
internal sealed class EventRow
{
    public required string PersistenceId { get; init; }
    public required long SequenceNr { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Created { get; init; }

    public required byte[] Message { get; init; }
    public required string Manifest { get; init; }

    /// <summary>The serializer. Absent in rows of old plugins: then the manifest names the type.</summary>
    public required int? Identifier { get; init; }

    /// <summary>The incarnation of the actor that wrote the event.</summary>
    public required string? WriterUuid { get; init; }

    public string Tags { get; init; } = "";
}
