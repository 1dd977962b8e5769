using Akka.Persistence;

namespace WhistleActors.Journal.Snapshots;

/// <summary>Which snapshots of an actor are meant; all bounds belong to it.</summary>
internal readonly record struct SnapshotRange(long FromNumber, long ToNumber, long FromTime, long ToTime)
{
    public static SnapshotRange Of(SnapshotSelectionCriteria criteria) => new(
        criteria.MinSequenceNr, criteria.MaxSequenceNr, criteria.MinTimestamp?.Ticks ?? 0, criteria.MaxTimeStamp.Ticks);
}
