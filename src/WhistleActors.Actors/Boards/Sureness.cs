namespace WhistleActors.Actors.Boards;

/// <summary>
/// Whether the board holds everything that was in the journal at a moment. Nothing is shown on any node before it is in the journal: so a board
/// that has read the journal to an end which it reached after a screen came holds all that this screen has ever been shown, by whichever node.
/// Thread-safe.
/// </summary>
public sealed class Sureness(TimeProvider clock)
{
    /// <summary>A board that did not reach the journal's end for this long does not call itself complete any more.</summary>
    private static readonly TimeSpan HoldsFor = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long begun;
    private long ended;
    private long endedAt = clock.GetTimestamp();

    /// <summary>True while the journal's end was reached a short time ago.</summary>
    public bool IsSure
    {
        get
        {
            lock (gate)
                return ended > 0 && clock.GetElapsedTime(endedAt) < HoldsFor;
        }
    }

    /// <summary>How long ago the journal's end was reached, or reading began.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (gate)
                return clock.GetElapsedTime(endedAt);
        }
    }

    /// <summary>The newest reading that has begun.</summary>
    internal long Begun
    {
        get
        {
            lock (gate)
                return begun;
        }
    }

    /// <summary>The newest reading that came to the journal's end.</summary>
    internal long Ended
    {
        get
        {
            lock (gate)
                return ended;
        }
    }

    /// <summary>Completes when somebody waits for the journal's end.</summary>
    internal Task Asked
    {
        get
        {
            lock (gate)
                return asked.Task;
        }
    }

    /// <summary>Completes once the board holds everything that is in the journal now.</summary>
    public async Task HoldsWhatIsStoredNowAsync(CancellationToken cancelled)
    {
        var reading = Ask();
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (ended >= reading)
                    return;
                next = reached.Task;
            }

            await next.WaitAsync(cancelled);
        }
    }

    /// <summary>Asks for a reading that begins after now.</summary>
    /// <returns>Names it. Once it has ended, the board holds everything that is in the journal now.</returns>
    internal long Ask()
    {
        lock (gate)
        {
            asked.TrySetResult();
            return begun + 1;
        }
    }

    /// <summary>The journal is about to be read from where the board stands.</summary>
    /// <returns>Names this reading.</returns>
    internal long Begin()
    {
        lock (gate)
        {
            asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ++begun;
        }
    }

    /// <summary>A reading has come to the journal's end.</summary>
    internal void Reached(long reading)
    {
        lock (gate)
        {
            (ended, endedAt) = (Math.Max(ended, reading), clock.GetTimestamp());
            reached.TrySetResult();
            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
