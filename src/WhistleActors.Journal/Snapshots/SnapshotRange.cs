using Akka.Persistence;

namespace WhistleActors.Journal.Snapshots;

/// <summary>Which snapshots of an actor are meant; all bounds belong to it.</summary>
internal readonly record struct SnapshotRange(long FromNumber, long ToNumber, long FromTime, long ToTime)
{
    public static SnapshotRange Of(SnapshotSelectionCriteria criteria) => new(
        criteria.MinSequenceNr, criteria.MaxSequenceNr, criteria.MinTimestamp?.Ticks ?? 0, criteria.MaxTimeStamp.Ticks);

    /// <summary>One snapshot: by its number alone when the time is left open, in either of the two ways that Akka.Persistence knows.</summary>
    public static SnapshotRange Of(SnapshotMetadata metadata) =>
        metadata.Timestamp == DateTime.MinValue || metadata.Timestamp == DateTime.MaxValue
            ? new(metadata.SequenceNr, metadata.SequenceNr, 0, long.MaxValue)
            : new(metadata.SequenceNr, metadata.SequenceNr, metadata.Timestamp.Ticks, metadata.Timestamp.Ticks);
}
