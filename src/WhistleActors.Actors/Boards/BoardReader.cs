using WhistleActors.Contract.Boards;

namespace WhistleActors.Actors.Boards;

/// <summary>One reader's way through a live board. Used by one caller at a time.</summary>
/// <param name="position">How far the reader has followed before; null for a snapshot.</param>
public sealed class BoardReader(LiveBoard board, BoardFrames frames, BoardScope scope, BoardPosition? position)
{
    private BoardPosition? position = position;
    private long snapshotHead = -1;
    private long pulse;
    private long beat;
    private bool more;

    /// <summary>
    /// Waits until the board holds all that any node may have shown to this reader. A position of this board speaks for itself; one of another
    /// board tells nothing of how far that one was, and a person without a position may have looked at another screen a moment ago.
    /// </summary>
    public Task PrepareAsync(CancellationToken cancelled) =>
        position?.Epoch == board.Epoch ? Task.CompletedTask : board.Sure.HoldsWhatIsStoredNowAsync(cancelled);

    /// <summary>The next frame that is worth sending: it has news, or the reader has heard nothing for a heartbeat.</summary>
    public async ValueTask<WrittenFrame> NextAsync(CancellationToken cancelled)
    {
        while (true)
        {
            var at = pulse == 0 ? await frames.FreshAsync(cancelled) : more ? frames.Now : await frames.AfterAsync(pulse, cancelled);
            if (Read(at) is { } frame)
                return frame;
        }
    }

    /// <summary>The frame as of a pulse; null when there is nothing in it that the reader has to be told.</summary>
    internal WrittenFrame? Read(BoardFrames.Pulse at)
    {
        var after = board.ResumeFrom(position, snapshotHead);
        if (after is null)
            snapshotHead = at.Head;
        var frame = frames.Frame(at, scope, after);
        (pulse, more) = (at.Number, !frame.AtHead);
        if (frame.IsEmpty && after is not null && beat == at.Beat)
            return null;
        (beat, position) = (at.Beat, new BoardPosition(board.Epoch, frame.To));
        return frame;
    }
}
