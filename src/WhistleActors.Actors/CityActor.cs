using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace WhistleActors.Actors;

/// <summary>
/// What every stored actor of a city does alike: of its snapshots it keeps the newest, and one that was not stored only costs time; whoever waits
/// for what could not be stored is told.
/// </summary>
internal abstract class CityActor : UntypedPersistentActor, IWithTimers
{
    private const int LooksPerIdle = 2;

    private int quietLooks;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>
    /// From now on the actor is told <see cref="ReceiveTimeout"/> after it was idle for so long, and each time again as long as it stays. What does not influence a
    /// receive timeout is no work. (Akka's own is set anew for each message, and what it was before waits in the scheduler for its time: in a surge of thousands of
    /// grids a thirtieth of all garbage, which outlives the surge.)
    /// </summary>
    protected void LeaveWhenIdle(TimeSpan after) => Timers.StartPeriodicTimer(nameof(LookAround), LookAround.Instance, after / LooksPerIdle);

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is not INotInfluenceReceiveTimeout)
            quietLooks = 0;
        return base.AroundReceive(receive, message);
    }

    /// <summary>Tells whoever waits that it was not stored.</summary>
    protected abstract void NotStored(Exception cause);

    // Akka stops the actor after this: its state in memory may be ahead of the journal's. The next message brings it back from what is stored.
    protected sealed override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistFailure(cause, @event, sequenceNr);
        NotStored(cause);
    }

    // Events of one order stand or fall together; what came back as rejected leaves the rest of them in doubt.
    protected sealed override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        NotStored(cause);
        Context.Stop(Self);
    }

    /// <summary>To be given every message that the actor itself has no case for.</summary>
    protected void KeepHouse(object message)
    {
        switch (message)
        {
            case LookAround when ++quietLooks > LooksPerIdle:
                Self.Tell(ReceiveTimeout.Instance);
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failed:
                Log.Warning(failed.Cause, "{Actor}: no snapshot at {Sequence}; recovery will replay more events", PersistenceId, failed.Metadata.SequenceNr);
                break;
        }
    }

    private sealed class LookAround : INotInfluenceReceiveTimeout
    {
        internal static readonly LookAround Instance = new();
    }
}
