using System.Collections.Concurrent;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// The frames that a node's readers get. The board moves on for all of them together, in short pulses: whoever stands at the same place of the
/// same board then gets the same frame, which is written once. A reader that is slow takes the next one when it can, from where it stands: it
/// costs one position, and what changed several times meanwhile is in it once. Thread-safe.
/// </summary>
public sealed class BoardFrames : IAsyncDisposable
{
    // Changes of one moment travel together; 20 frames a second are more than an eye follows.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    // Slow readers stand at as many places as there were pulses while they were slow; what is written for a place beyond these is not kept.
    private const int MostKept = 4_096;

    private readonly LiveBoard board;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task beating;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Pulse now;
    private bool wanted;

    public BoardFrames(LiveBoard board, TimeProvider clock)
    {
        (this.board, this.clock) = (board, clock);
        now = new Pulse(1, 1, board.Tidy());
        beating = BeatAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await beating;
        stopping.Dispose();
    }

    /// <summary>Moves on to what the board holds now; readers that wait go on when there is news for anybody, or a heartbeat is due.</summary>
    internal void MoveOn(bool beat)
    {
        var head = board.Tidy();
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (head == now.Head && !beat && !wanted)
                return;
            wanted = false;
            now = new Pulse(now.Number + 1, now.Beat + (beat ? 1 : 0), head);
            waiting = next;
            next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }

    /// <summary>Completes at the first pulse after a number, with that pulse.</summary>
    internal async ValueTask<Pulse> AfterAsync(long number, CancellationToken cancelled)
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (now.Number > number)
                    return now;
                waiting = next.Task;
            }

            await waiting.WaitAsync(cancelled);
        }
    }

    /// <summary>Completes with a pulse that begins after this call, whether there is news or not.</summary>
    internal ValueTask<Pulse> FreshAsync(CancellationToken cancelled)
    {
        long number;
        lock (gate)
        {
            wanted = true;
            number = now.Number;
        }

        return AfterAsync(number, cancelled);
    }

    internal Pulse Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    /// <summary>The frame for whoever stands at a place, as of a pulse.</summary>
    /// <param name="after">Where the reader stands; null for a snapshot.</param>
    internal WrittenFrame Frame(Pulse pulse, BoardScope scope, long? after)
    {
        if (pulse.Written.TryGetValue((scope, after), out var written))
            return written.Value;
        var mine = new Lazy<WrittenFrame>(() => board.Write(scope, after, pulse.Head, board.Sure.IsSure));
        return pulse.Written.Count < MostKept ? pulse.Written.GetOrAdd((scope, after), mine).Value : mine.Value;
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Tick, clock);
        var beaten = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                var beat = clock.GetElapsedTime(beaten) >= Heartbeat;
                if (beat)
                    beaten = clock.GetTimestamp();
                MoveOn(beat);
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    /// <summary>Up to where all readers may go until the next pulse, and what was written for them.</summary>
    internal sealed class Pulse(long number, long beat, long head)
    {
        internal long Number => number;

        internal long Beat => beat;

        internal long Head => head;

        internal ConcurrentDictionary<(BoardScope Scope, long? After), Lazy<WrittenFrame>> Written { get; } = new();
    }
}
