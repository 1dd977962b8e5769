using System.Collections.Concurrent;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>A database in memory that does what the test says: waits, fails, refuses, loses its answer.</summary>
internal sealed class FakeStore : IEventStore
{
    private readonly object _gate = new();

    /// <summary>All rows that are committed, in order.</summary>
    public List<EventRow> Rows { get; } = [];

    /// <summary>The sizes, in writes, of all committed batches.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>Called before a batch is committed: what it throws is the commit's outcome; what it awaits holds the commit up.</summary>
    public Func<IReadOnlyList<PendingWrite>, Task> BeforeCommit { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after a batch is committed: what it throws hides that it was.</summary>
    public Func<IReadOnlyList<PendingWrite>, Task> AfterCommit { get; set; } = _ => Task.CompletedTask;

    public Func<Task> BeforeOpen { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeSettle { get; set; } = () => Task.CompletedTask;

    public ConcurrentQueue<string> Deleted { get; } = new();

    public Task OpenAsync(CancellationToken cancellation) => BeforeOpen();

    public async ValueTask WriteAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        await BeforeCommit(batch);
        lock (_gate)
        {
            foreach (var write in batch)
            {
                if (write.Rows.Any(row => Rows.Exists(other => other.PersistenceId == row.PersistenceId && other.SequenceNr == row.SequenceNr)))
                    write.Refusal = new DuplicateSequenceNumberException(write.Rows[0].PersistenceId);
                else
                    Rows.AddRange(write.Rows);
            }

            Batches.Add(batch.Count);
        }

        await AfterCommit(batch);
    }

    public async Task<bool[]> SettleAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        await BeforeSettle();
        lock (_gate)
            return [.. batch.Select(write => write.Rows.All(Rows.Contains))];
    }

    public Task DeleteAsync(string persistenceId, long toSequenceNr, CancellationToken cancellation)
    {
        Deleted.Enqueue($"{persistenceId} {toSequenceNr} after {Rows.Count} rows");
        return Task.CompletedTask;
    }

    public Task ReadHighestAsync(IReadOnlyList<HighestRequest> requests, CancellationToken cancellation) => Task.CompletedTask;

    public Task ReadEventsAsync(IReadOnlyList<EventsRequest> requests, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
