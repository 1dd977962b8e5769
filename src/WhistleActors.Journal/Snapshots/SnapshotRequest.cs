namespace WhistleActors.Journal.Snapshots;

/// <summary>The newest snapshot of a persistence id in a range; null when there is none.</summary>
internal sealed class SnapshotRequest(string persistenceId, SnapshotRange range) : ReadRequest<SnapshotRow?>(persistenceId)
{
    public SnapshotRange Range { get; } = range;

    public SnapshotRow? Row { get; set; }

    public override SnapshotRow? Found => Row;

    public override void Reset() => Row = null;
}
