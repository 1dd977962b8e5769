using WhistleActors.Contract.Boards;

namespace WhistleActors.Actors.Boards;

/// <summary>One reader's way through a live board. Used by one caller at a time.</summary>
/// <param name="position">How far the reader has followed before; null for a snapshot.</param>
public sealed class BoardReader(LiveBoard board, BoardScope scope, BoardPosition? position)
{
    private BoardPosition? position = position;
    private long snapshotHead = -1;

    /// <summary>The next frame, as UTF-8 JSON (<see cref="BoardFrame"/>).</summary>
    /// <param name="complete">Whether it reached the head; if not, there is more to read at once.</param>
    public ReadOnlyMemory<byte> Read(out bool complete)
    {
        (var frame, position, complete) = board.Read(scope, position, ref snapshotHead);
        return frame;
    }

    /// <summary>Completes when the board has moved beyond what was read.</summary>
    public Task Changed => board.ChangedAfter(position?.Sequence ?? -1);
}
