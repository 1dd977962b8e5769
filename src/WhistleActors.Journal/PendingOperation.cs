namespace WhistleActors.Journal;

/// <summary>Something that waits for the one writer.</summary>
internal abstract class PendingOperation(CancellationToken cancellation)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the caller has given up, which the circuit breaker does after its call-timeout.</summary>
    public bool GivenUp => cancellation.IsCancellationRequested;

    /// <summary>Ends when it is certain what the database holds, which can be later than the caller's answer.</summary>
    public Task Settled => _settled.Task;

    /// <summary>When it was given to the writer, by the clock's timestamps.</summary>
    public long Since { get; set; }

    public abstract int Events { get; }

    public abstract long Bytes { get; }

    public void Succeed()
    {
        _settled.TrySetResult();
        AnswerSuccess();
    }

    public void Fail(Exception reason)
    {
        _settled.TrySetResult();
        AnswerFailure(reason);
    }

    protected abstract void AnswerSuccess();

    protected abstract void AnswerFailure(Exception reason);
}
