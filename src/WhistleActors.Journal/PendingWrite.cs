using System.Collections.Immutable;

namespace WhistleActors.Journal;

/// <summary>All that one actor asked to have stored with one message: stored together or not at all.</summary>
internal sealed class PendingWrite(EventRow[] rows, long bytes, IImmutableList<Exception?>? rejections, CancellationToken cancellation)
    : PendingOperation(cancellation)
{
    // Its continuation only sends messages, so it may run where the answer is given: a thousand answers need no thousand work items.
    private readonly TaskCompletionSource<IImmutableList<Exception?>?> _answer = new();

    public EventRow[] Rows { get; } = rows;

    /// <summary>Why the database refuses this write, set by the store; its neighbours are stored all the same.</summary>
    public Exception? Refusal { get; set; }

    public override int Events => Rows.Length;

    public override long Bytes => bytes;

    public Task<IImmutableList<Exception?>?> Answer => _answer.Task;

    protected override void AnswerSuccess() => _answer.TrySetResult(rejections);

    protected override void AnswerFailure(Exception reason) => _answer.TrySetException(reason);
}
