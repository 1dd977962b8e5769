using System.Collections.Concurrent;

namespace WhistleActors.Actors.Boards;

/// <summary>Up to where all readers may go until the next pulse, and what was written for them. Thread-safe.</summary>
public sealed class BoardPulse
{
    // Slow readers stand at as many places as there were pulses while they were slow; what is written for a place beyond these is not kept.
    private const int MostKept = 4_096;

    private readonly LiveBoard board;
    private readonly ConcurrentDictionary<(BoardScope Scope, long? After), Lazy<WrittenFrame>> written = new();

    internal BoardPulse(LiveBoard board, long number, long beat, long read, long head)
    {
        this.board = board;
        (Number, Beat, Read, Head) = (number, beat, read, head);
    }

    /// <summary>Counts the pulses of the node.</summary>
    public long Number { get; }

    /// <summary>Counts the seconds.</summary>
    internal long Beat { get; }

    /// <summary>The newest reading of the journal that was at its end before <see cref="Head"/> was taken.</summary>
    internal long Read { get; }

    /// <summary>The board's newest sequence number.</summary>
    internal long Head { get; }

    /// <summary>The gates of this node at which somebody was turned away lately.</summary>
    internal IReadOnlyList<string> Saturated { get; init; } = [];

    /// <summary>The frame for whoever stands at a place.</summary>
    /// <param name="after">Where the reader stands; null for a snapshot.</param>
    internal WrittenFrame Frame(BoardScope scope, long? after)
    {
        if (written.TryGetValue((scope, after), out var known))
            return known.Value;
        var mine = new Lazy<WrittenFrame>(() => board.Write(scope, after, Head, board.Sure.IsSure, Saturated));
        return written.Count < MostKept ? written.GetOrAdd((scope, after), mine).Value : mine.Value;
    }
}
