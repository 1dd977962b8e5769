using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Departments;

/// <summary>
/// A department. It follows its summonses through news from the grids, which may come twice, late or never: it takes news once, and
/// asks after what it holds when it starts and from time to time.
/// </summary>
internal sealed class DepartmentActor : UntypedPersistentActor, IWithTimers
{
    private const int EventsPerSnapshot = 1_000;
    private static readonly TimeSpan PublishAfter = TimeSpan.FromMilliseconds(100);

    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly CityNode node;

    // What is stored, and what will be once the writes under way are: news is judged by the latter, so that writes can follow each other closely.
    private DepartmentState state;
    private DepartmentState ahead;

    public DepartmentActor(DepartmentCode code, CityNode node)
    {
        this.node = node;
        state = ahead = DepartmentState.Empty(code);
        PersistenceId = PersistenceIdOf(code);
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    internal static string PersistenceIdOf(DepartmentCode department) => $"department-{department.Text}";

    protected override void PreStart() => Context.SetReceiveTimeout(node.Pace.DepartmentIdleAfter);

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: DepartmentState snapshot }:
                state = snapshot;
                break;
            case DepartmentEvent happened:
                state = DepartmentRules.Apply(state, happened);
                break;
            case RecoveryCompleted:
                ahead = state;
                AskAfterSummonses();
                Timers.StartPeriodicTimer(nameof(AskAgain), AskAgain.Instance, node.Pace.AskAgainAfter);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case SummonsNews news:
                Hear(news);
                break;
            case AskLoad:
                Sender.Tell(state.ToView(node.Pack));
                break;
            case WakeDepartment:
                break;
            case AskAgain:
                AskAfterSummonses();
                break;
            case PublishLoad:
                node.Publish(state.ToView(node.Pack));
                break;
            case ReceiveTimeout when state.Held.IsEmpty:
                Context.Parent.Tell(new Passivate(StopDepartment.Instance));
                break;
            case StopDepartment:
                Context.Stop(Self);
                break;
            case SaveSnapshotSuccess saved:
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
                break;
            case SaveSnapshotFailure failed:
                log.Warning(failed.Cause, "{0}: no snapshot at {1}; recovery will replay more events", PersistenceId, failed.Metadata.SequenceNr);
                break;
        }
    }

    // The grid repeats its news until they are heard, so a write that failed loses nothing.
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistRejected(cause, @event, sequenceNr);
        Context.Stop(Self);
    }

    private void Hear(SummonsNews news)
    {
        var grid = Sender;
        var heard = new NewsHeard(news.Whistle.Grid, news.Whistle, news.Department, news.Summons.Version);
        if (DepartmentRules.Hear(ahead, news.Whistle, news.Summons, node.Clock.GetUtcNow()) is not { } happened)
        {
            // No news, but what made it none may still be on its way to the disk.
            DeferAsync(heard, grid.Tell);
            return;
        }

        ahead = DepartmentRules.Apply(ahead, happened);
        PersistAsync(happened, stored =>
        {
            state = DepartmentRules.Apply(state, stored);
            grid.Tell(heard);
            if (!Timers.IsTimerActive(nameof(PublishLoad)))
                Timers.StartSingleTimer(nameof(PublishLoad), PublishLoad.Instance, PublishAfter);
            if (LastSequenceNr % EventsPerSnapshot == 0)
                SaveSnapshot(state);
        });
    }

    private void AskAfterSummonses()
    {
        foreach (var (whistle, held) in state.Held)
            node.Grids().Tell(new AskSummons(whistle.Grid, whistle, state.Department, held.Version));
    }

    // A department that only looks around is idle all the same.
    private sealed class AskAgain : INotInfluenceReceiveTimeout
    {
        internal static readonly AskAgain Instance = new();
    }

    private sealed class PublishLoad
    {
        internal static readonly PublishLoad Instance = new();
    }
}
