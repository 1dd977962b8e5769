using System.Threading.Channels;

namespace WhistleActors.Journal;

/// <summary>Reads for recoveries: what waits together is read together, as many actors wake at once after a start or a failover.</summary>
internal sealed class GroupedReader<TRequest, TResult>(
    Func<IReadOnlyList<TRequest>, CancellationToken, Task> read,
    GroupCommitSettings settings,
    TimeProvider time) : IAsyncDisposable
    where TRequest : ReadRequest<TResult>
{
    /// <summary>How long a read waits for a database in trouble. Recovery has its own, longer limit (recovery-event-timeout).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly Channel<TRequest> _queue = Channel.CreateUnbounded<TRequest>();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(Enumerable.Range(0, settings.ReadParallelism).Select(_ => Task.Run(RunAsync)));

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _running;
        while (_queue.Reader.TryRead(out var request))
            request.Fail(new JournalException("The journal is stopping."));
        _stop.Dispose();
    }

    public Task<TResult> ReadAsync(TRequest request)
    {
        if (!_queue.Writer.TryWrite(request))
            request.Fail(new JournalException("The journal is stopping."));
        return request.Answer;
    }

    private async Task RunAsync()
    {
        var group = new List<TRequest>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token))
            {
                group.Clear();
                while (group.Count < settings.MaxGroupedReads && _queue.Reader.TryRead(out var request))
                    group.Add(request);
                if (group.Count > 0)
                    await ReadGroupAsync(group);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task ReadGroupAsync(List<TRequest> group)
    {
        var started = time.GetTimestamp();
        var pause = settings.MinRetryPause;
        while (true)
        {
            try
            {
                await read(group, _stop.Token);
                foreach (var request in group)
                    request.Complete();
                return;
            }
            catch (StoreTroubleException e) when (time.GetElapsedTime(started) < Patience && !_stop.IsCancellationRequested)
            {
                _ = e;
                foreach (var request in group)
                    request.Reset();
                await Task.WhenAny(Task.Delay(pause, time, _stop.Token));
                pause = pause * 2 < settings.MaxRetryPause ? pause * 2 : settings.MaxRetryPause;
            }
            catch (Exception e)
            {
                foreach (var request in group)
                    request.Fail(e);
                return;
            }
        }
    }
}
