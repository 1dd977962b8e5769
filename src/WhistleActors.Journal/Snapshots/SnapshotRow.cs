namespace WhistleActors.Journal.Snapshots;

/// <summary>A row of the snapshot table.</summary>
/// <param name="Created">In ticks of <see cref="DateTime"/>, UTC.</param>
/// <param name="SerializerId">Null in rows of old versions, whose manifest is a type name.</param>
internal sealed record SnapshotRow(long SequenceNr, long Created, byte[] Snapshot, string Manifest, int? SerializerId);
