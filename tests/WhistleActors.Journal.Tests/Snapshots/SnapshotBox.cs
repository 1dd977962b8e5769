using Akka.Actor;
using Akka.Persistence;
using WhistleActors.Journal.Tests.Harness;

namespace WhistleActors.Journal.Tests.Snapshots;

/// <summary>A snapshot store on a test database, spoken to in its own protocol.</summary>
public sealed class SnapshotBox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SnapshotBox(JournalBox box)
    {
        Box = box;
        Store = Persistence.Instance.Apply(box.System).SnapshotStoreFor(null);
    }

    public JournalBox Box { get; }

    public IActorRef Store { get; }

    public static SnapshotBox Ours(TestDatabase database, string more = "") => new(JournalBox.WithSnapshots(database, more));

    /// <summary>The store of Akka.Persistence.Sql, beside the same journal.</summary>
    public static SnapshotBox Stock(TestDatabase database) => new(JournalBox.Ours(database));

    /// <returns>What was stored, with the time if the store had to give one.</returns>
    public async Task<SnapshotMetadata> SaveAsync(string persistenceId, long sequenceNr, object snapshot, DateTime timestamp = default) =>
        await Store.Ask<object>(new SaveSnapshot(new SnapshotMetadata(persistenceId, sequenceNr, timestamp), snapshot), Patience) switch
        {
            SaveSnapshotSuccess success => success.Metadata,
            SaveSnapshotFailure failure => throw new InvalidOperationException(failure.Cause.Message, failure.Cause),
            var other => throw new InvalidOperationException($"Unexpected: {other}"),
        };

    public async Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria? criteria = null, long to = long.MaxValue)
    {
        switch (await Store.Ask<object>(new LoadSnapshot(persistenceId, criteria ?? SnapshotSelectionCriteria.Latest, to), Patience))
        {
            case LoadSnapshotResult result when result.ToSequenceNr == to:
                return result.Snapshot;
            case LoadSnapshotFailed failed:
                throw new InvalidOperationException(failed.Cause.Message, failed.Cause);
            case var other:
                throw new InvalidOperationException($"Unexpected: {other}");
        }
    }

    public Task DeleteAsync(SnapshotMetadata metadata) => Store.Ask<DeleteSnapshotSuccess>(new DeleteSnapshot(metadata), Patience);

    public Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Store.Ask<DeleteSnapshotsSuccess>(new DeleteSnapshots(persistenceId, criteria), Patience);

    public ValueTask DisposeAsync() => Box.DisposeAsync();
}
