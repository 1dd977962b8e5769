namespace WhistleActors.Simulator.Lives;

/// <summary>Lets so many in at once; who waits with an emergency goes in before all others. Thread-safe.</summary>
internal sealed class EmergencyFirstGate(int places)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource> emergencies = new();
    private readonly Queue<TaskCompletionSource> others = new();
    private int free = places;

    /// <summary>Waits for a place; each that was got must be given back with <see cref="Leave"/>.</summary>
    public async Task EnterAsync(bool isEmergency, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return;
            }

            (isEmergency ? emergencies : others).Enqueue(turn);
        }

        // Whoever gives up keeps its place in the queue; its turn passes to the next.
        await using (cancel.Register(() => turn.TrySetCanceled(cancel)))
            await turn.Task;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (gate)
        {
            while (emergencies.TryDequeue(out var next) || others.TryDequeue(out next))
            {
                if (next.TrySetResult())
                    return;
            }

            free++;
        }
    }
}
