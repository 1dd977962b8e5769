using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace WhistleActors.Actors;

/// <summary>What every stored actor of a city does alike: of its snapshots it keeps the newest, and one that was not stored only costs time.</summary>
internal abstract class CityActor : UntypedPersistentActor, IWithTimers
{
    private readonly ILoggingAdapter log = Context.GetLogger();

    public ITimerScheduler Timers { get; set; } = null!;

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
