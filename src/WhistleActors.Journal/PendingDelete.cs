namespace WhistleActors.Journal;

/// <summary>
/// Deletion goes through the writer too: it must not overtake a write of the same actor, and SQLite has room for one writer.
/// </summary>
internal sealed class PendingDelete(string persistenceId, long toSequenceNr, CancellationToken cancellation)
    : PendingOperation(cancellation)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string PersistenceId { get; } = persistenceId;

    public long ToSequenceNr { get; } = toSequenceNr;

    public override int Events => 1;

    public override long Bytes => 0;

    public Task Answer => _answer.Task;

    protected override void AnswerSuccess() => _answer.TrySetResult();

    protected override void AnswerFailure(Exception reason) => _answer.TrySetException(reason);
}
