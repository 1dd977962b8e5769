namespace WhistleActors.Journal;

/// <summary>One recovery's question, which waits to be asked together with others.</summary>
internal abstract class ReadRequest<TResult>(string persistenceId)
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string PersistenceId { get; } = persistenceId;

    public Task<TResult> Answer => _answer.Task;

    /// <summary>What the store found; only answered when the whole group was read.</summary>
    public abstract TResult Found { get; }

    /// <summary>Forgets what a failed attempt found.</summary>
    public abstract void Reset();

    public void Complete() => _answer.TrySetResult(Found);

    public void Fail(Exception reason) => _answer.TrySetException(reason);
}
