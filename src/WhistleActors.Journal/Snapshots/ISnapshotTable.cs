namespace WhistleActors.Journal.Snapshots;

/// <summary>The snapshot table of a database. May be called by several at once; after an error the next call starts afresh.</summary>
internal interface ISnapshotTable : IAsyncDisposable
{
    /// <summary>Connects, and creates the table as Akka.Persistence.Sql does where it is missing and that is wanted.</summary>
    Task OpenAsync();

    /// <summary>The snapshot with the highest number in a range; null when there is none.</summary>
    ValueTask<SnapshotRow?> LoadAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation);

    /// <summary>Stores a snapshot, in the place of one with the same number.</summary>
    Task SaveAsync(string persistenceId, SnapshotRow row, CancellationToken cancellation);

    /// <summary>Removes the snapshots in a range.</summary>
    Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation);
}
