using WhistleActors.Actors.Operations;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Actors.Boards;

/// <summary>One reader's way through a live board. It waits for nothing and holds nothing: it costs a few numbers. Used by one caller at a time.</summary>
public sealed class BoardReader
{
    /// <summary>Beats without a frame after which a reader is told that there is nothing to tell: so it is silent for 3 s at most.</summary>
    private const int MostSilence = 3;

    private readonly LiveBoard board;
    private readonly BoardScope scope;
    private readonly long begun;
    private readonly long reading;
    private long? position;
    private long snapshotHead = -1;
    private long pulse;
    private long heard = -MostSilence;
    private bool more;

    /// <summary>
    /// Begins. A position of this board speaks for itself; one of another board tells nothing of how far that one was, and a person without a position
    /// may have looked at another screen a moment ago: there the reader waits until the board holds all that any node may have shown by now.
    /// </summary>
    /// <param name="position">How far the reader has followed before; null for a snapshot.</param>
    public BoardReader(LiveBoard board, BoardFrames frames, BoardScope scope, BoardPosition? position)
    {
        (this.board, this.scope) = (board, scope);
        this.position = board.SequenceOf(position);
        if (position is not null && this.position is null)
            CityMeter.Resynced(tooOld: false);
        reading = this.position is null ? board.Sure.Ask() : 0;
        begun = frames.Want(reading);
    }

    /// <summary>What the reader has to be told as of a pulse; null when that is nothing, or nothing yet.</summary>
    public WrittenFrame? Read(BoardPulse at)
    {
        if (!MayBegin(at) || (at.Number == pulse && !more))
            return null;
        var after = board.ResumeFrom(position, snapshotHead);
        if (after is null)
        {
            snapshotHead = at.Head;
            if (position is not null)
                CityMeter.Resynced(tooOld: true);
        }

        var frame = at.Frame(scope, after);
        (pulse, more) = (at.Number, !frame.AtHead);
        if (frame.IsEmpty && after is not null && at.Beat - heard < MostSilence)
            return null;
        (heard, position) = (at.Beat, frame.To);
        return frame;
    }

    /// <summary>False while the board does not hold all that it must.</summary>
    public bool MayBegin(BoardPulse at) => at.Number > begun && at.Read >= reading;
}
