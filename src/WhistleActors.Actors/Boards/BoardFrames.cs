using WhistleActors.Actors.Gates;

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
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly LiveBoard board;
    private readonly CityGates gates;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task beating;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BoardPulse now;
    private bool wanted;
    private long awaited;

    public BoardFrames(LiveBoard board, CityGates gates, TimeProvider clock)
    {
        (this.board, this.gates, this.clock) = (board, gates, clock);
        now = new BoardPulse(board, number: 1, beat: 1, read: 0, board.Tidy()) { Saturated = gates.Saturated };
        beating = BeatAsync();
    }

    /// <summary>The newest pulse.</summary>
    public BoardPulse Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await beating;
        stopping.Dispose();
    }

    /// <summary>Completes at the first pulse after a number, with that pulse.</summary>
    public async ValueTask<BoardPulse> AfterAsync(long number, CancellationToken cancelled)
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

    /// <summary>Asks for a pulse whether there is news or not, and for another one when the board has come to the end of a reading of the journal.</summary>
    /// <returns>The number after which the pulse comes.</returns>
    internal long Want(long reading)
    {
        lock (gate)
        {
            (wanted, awaited) = (true, Math.Max(awaited, reading));
            return now.Number;
        }
    }

    /// <summary>Moves on to what the board holds now, when there is news for anybody, or a beat is due.</summary>
    internal void MoveOn(bool beat)
    {
        // Before the head is: what the board held when a reading ended is then up to the head.
        var read = board.Sure.Ended;
        TaskCompletionSource waiting;
        lock (gate)
        {
            var sooner = now.Read < awaited && read > now.Read;

            // Whoever begins gets the loads as they are; all others once a second.
            var head = board.Tidy(showLoads: beat || wanted || sooner);
            if (head == now.Head && !beat && !wanted && !sooner)
                return;
            wanted = false;
            now = new BoardPulse(board, now.Number + 1, now.Beat + (beat ? 1 : 0), read, head) { Saturated = gates.Saturated };
            waiting = next;
            next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Tick, clock);
        var beaten = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                var beat = clock.GetElapsedTime(beaten) >= Beat;
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
}
