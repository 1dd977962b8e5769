using System.Collections.Concurrent;
using System.Threading.Channels;
using Akka.Event;

namespace WhistleActors.Journal;

/// <summary>
/// The one writer. What arrives while a commit is under way goes together into the next one, in order of arrival.
/// It never gives up on the database: it retries until the callers have given up, and then waits for new ones.
/// </summary>
internal sealed class CommitLoop(
    IEventStore store,
    GroupCommitSettings settings,
    TimeProvider time,
    StoreHealth health,
    ILoggingAdapter log) : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly Channel<PendingOperation> _queue =
        Channel.CreateUnbounded<PendingOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, PendingOperation> _underWay = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _queuedEvents;
    private long _queuedBytes;
    private Task _running = Task.CompletedTask;
    private TimeSpan _pause = settings.MinRetryPause;
    private volatile bool _refused;
    private int _disposed;

    /// <summary>How full the queue is, 0 to 1.</summary>
    public double Fill => Math.Max(
        (double)Volatile.Read(ref _queuedEvents) / settings.MaxQueuedEvents,
        (double)Volatile.Read(ref _queuedBytes) / settings.MaxQueuedBytes);

    /// <summary>Events that wait to be stored.</summary>
    public int QueuedEvents => Volatile.Read(ref _queuedEvents);

    /// <summary>Ends when the database has been reached for the first time and has its tables.</summary>
    public Task Opened => _opened.Task;

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Stores what was accepted, then closes the database. When the database does not let it, what is left fails.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _queue.Writer.TryComplete();
        _stop.CancelAfter(StopPatience);
        await _running;
        await store.DisposeAsync();
        _stop.Dispose();
    }

    /// <exception cref="JournalOverloadedException">The queue is full.</exception>
    /// <exception cref="JournalFileInUseException">The file belongs to another process.</exception>
    public void Enqueue(PendingOperation operation, string persistenceId)
    {
        ThrowIfRefused();
        var events = Interlocked.Add(ref _queuedEvents, operation.Events);
        var bytes = Interlocked.Add(ref _queuedBytes, operation.Bytes);
        // A write that alone is larger than the limits is let in when nothing else waits; else it could never be stored.
        if ((events > settings.MaxQueuedEvents || bytes > settings.MaxQueuedBytes) && events != operation.Events)
        {
            Release(operation);
            throw new JournalOverloadedException(
                $"{events - operation.Events} events ({bytes - operation.Bytes} bytes) wait to be written; "
                + "nothing more is accepted until they are.");
        }

        operation.Since = time.GetTimestamp();
        _underWay[persistenceId] = operation;
        if (_queue.Writer.TryWrite(operation))
            return;
        Settle(operation, persistenceId);
        throw new JournalException("The journal is stopping.");
    }

    /// <exception cref="JournalFileInUseException">The file belongs to another process.</exception>
    public void ThrowIfRefused()
    {
        if (_refused && health.Trouble is { } refusal)
            throw refusal;
    }

    /// <summary>Ends when it is certain what has become of all that was enqueued for this actor before.</summary>
    public Task WhenSettled(string persistenceId) =>
        _underWay.TryGetValue(persistenceId, out var operation) ? operation.Settled : Task.CompletedTask;

    private async Task RunAsync()
    {
        try
        {
            await OpenAsync();
            while (await _queue.Reader.WaitToReadAsync(_stop.Token))
                await TakeAndCommitAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Only a mistake in the code above leads here; an actor that waits for ever would hide it.
            log.Error(e, "The journal's writer has died.");
            health.Report(e);
        }

        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out var operation))
            Fail(operation, new JournalException("The journal stopped before it could store this."));
    }

    private async Task OpenAsync()
    {
        while (true)
        {
            try
            {
                await store.OpenAsync(_stop.Token);
                _refused = false;
                Healthy();
                _opened.TrySetResult();
                return;
            }
            catch (JournalFileInUseException e)
            {
                if (health.Report(e))
                    log.Error(e, "The journal refuses to write.");
                _refused = true;
                // To wait in the queue for a process that may stay for years helps nobody.
                while (_queue.Reader.TryRead(out var operation))
                    Fail(operation, e);
                await PauseAsync();
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                Troubled(AsTrouble(e));
                await PauseAsync();
            }
        }
    }

    private async ValueTask TakeAndCommitAsync()
    {
        var reader = _queue.Reader;
        var batch = new List<PendingWrite>();
        var events = 0;
        long bytes = 0;
        while (reader.TryPeek(out var next))
        {
            if (next is PendingDelete delete)
            {
                if (batch.Count > 0)
                    break;
                reader.TryRead(out _);
                await DeleteAsync(delete);
                return;
            }

            if (batch.Count > 0 && (events + next.Events > settings.MaxBatchEvents || bytes + next.Bytes > settings.MaxBatchBytes))
                break;
            reader.TryRead(out _);
            batch.Add((PendingWrite)next);
            events += next.Events;
            bytes += next.Bytes;
        }

        await CommitAsync(batch);
    }

    private async ValueTask CommitAsync(List<PendingWrite> batch)
    {
        var outcomeUnknown = false;
        try
        {
            while (true)
            {
                try
                {
                    if (outcomeUnknown)
                    {
                        await SettleBatchAsync(batch);
                        outcomeUnknown = false;
                    }

                    DropGivenUp(batch);
                    if (batch.Count > 0)
                    {
                        var began = time.GetTimestamp();
                        await store.WriteAsync(batch, _stop.Token);
                        JournalMeter.Stored(batch, time.GetElapsedTime(began), time.GetElapsedTime(batch[0].Since));
                    }

                    Healthy();
                    // Many answers are given beside the next commit, not before it, and all in one turn of one thread; for a
                    // single one the change of threads would cost more than it.
                    if (batch.Count > 1)
                        ThreadPool.UnsafeQueueUserWorkItem(AnswerAll, batch, preferLocal: false);
                    else
                        AnswerAll(batch);
                    return;
                }
                catch (Exception e) when (!_stop.IsCancellationRequested)
                {
                    var trouble = AsTrouble(e);
                    outcomeUnknown |= trouble.OutcomeUnknown;
                    foreach (var write in batch)
                        write.Refusal = null;
                    Troubled(trouble);
                    await PauseAsync();
                }
            }
        }
        catch (Exception e)
        {
            foreach (var write in batch)
                Fail(write, new JournalException("The journal stopped before it was certain that this is stored.", e));
            throw;
        }
    }

    private async Task SettleBatchAsync(List<PendingWrite> batch)
    {
        var stored = await store.SettleAsync(batch, _stop.Token);
        var left = 0;
        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i])
                Answer(batch[i]);
            else
                batch[left++] = batch[i];
        }

        batch.RemoveRange(left, batch.Count - left);
    }

    /// <summary>A caller who has been told of a failure must not find the event stored later: it is dropped before it is written.</summary>
    private void DropGivenUp(List<PendingWrite> batch)
    {
        var left = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            var write = batch[i];
            if (write.GivenUp)
                Fail(write, new JournalException("The database could not be reached in time; the write was dropped."));
            else
                batch[left++] = write;
        }

        batch.RemoveRange(left, batch.Count - left);
    }

    private async ValueTask DeleteAsync(PendingDelete delete)
    {
        while (!delete.GivenUp)
        {
            try
            {
                await store.DeleteAsync(delete.PersistenceId, delete.ToSequenceNr, _stop.Token);
                Healthy();
                Release(delete);
                _underWay.TryRemove(new KeyValuePair<string, PendingOperation>(delete.PersistenceId, delete));
                delete.Succeed();
                return;
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                // Deleting twice is the same as deleting once: no need to settle.
                Troubled(AsTrouble(e));
                await PauseAsync();
            }
            catch (Exception e)
            {
                Fail(delete, e);
                throw;
            }
        }

        Fail(delete, new JournalException("The database could not be reached in time; the deletion was dropped."));
    }

    private void AnswerAll(List<PendingWrite> batch)
    {
        foreach (var write in batch)
            Answer(write);
    }

    private void Answer(PendingWrite write)
    {
        if (write.Refusal is { } refusal)
        {
            Fail(write, refusal);
            return;
        }

        Settle(write, write.Rows[0].PersistenceId);
        write.Succeed();
    }

    private void Fail(PendingOperation operation, Exception reason)
    {
        Settle(operation, operation is PendingWrite write ? write.Rows[0].PersistenceId : ((PendingDelete)operation).PersistenceId);
        operation.Fail(reason);
    }

    private void Settle(PendingOperation operation, string persistenceId)
    {
        Release(operation);
        _underWay.TryRemove(new KeyValuePair<string, PendingOperation>(persistenceId, operation));
    }

    private void Release(PendingOperation operation)
    {
        Interlocked.Add(ref _queuedEvents, -operation.Events);
        Interlocked.Add(ref _queuedBytes, -operation.Bytes);
    }

    /// <summary>An error that no store foresaw must not end the writer: it is trouble of which nothing is certain.</summary>
    private static StoreTroubleException AsTrouble(Exception e) =>
        e as StoreTroubleException ?? new StoreTroubleException($"Unexpected: {e.Message}", e, outcomeUnknown: true);

    private void Troubled(StoreTroubleException trouble)
    {
        if (health.Report(trouble))
            log.Warning(trouble, "The journal cannot write and tries again.");
    }

    private void Healthy()
    {
        _pause = settings.MinRetryPause;
        if (health.Report(null))
            log.Info("The journal writes again.");
    }

    private async Task PauseAsync()
    {
        await Task.Delay(_pause, time, _stop.Token);
        _pause = _pause * 2 < settings.MaxRetryPause ? _pause * 2 : settings.MaxRetryPause;
    }
}
