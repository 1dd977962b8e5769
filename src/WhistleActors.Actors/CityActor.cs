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
    private readonly ILoggingAdapter log = Context.GetLogger();

    public ITimerScheduler Timers { get; set; } = null!;

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
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failed:
                log.Warning(failed.Cause, "{0}: no snapshot at {1}; recovery will replay more events", PersistenceId, failed.Metadata.SequenceNr);
                break;
        }
    }
}
