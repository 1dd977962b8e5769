using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Persistence;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Departments;

/// <summary>
/// A department. It follows its summonses through news from the grids, which may come twice, late or never: it takes news once, and
/// asks after what it holds when it starts and from time to time. What it holds unsigned raises alerts, which climb its chain of command.
/// </summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "An actor's end is PostStop; what it owns is disposed there.")]
internal sealed partial class DepartmentActor : CityActor
{
    private const string IdPrefix = "department-";
    private const int EventsPerSnapshot = 1_000;
    private const int EventsPerSummons = 3;
    private const int AskedPerStep = 100;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PublishAfter = TimeSpan.FromMilliseconds(100);

    private readonly CityNode node;

    // What is stored, and what will be once the writes under way are: news is judged by the latter, so that writes can follow each other closely.
    private DepartmentState state;
    private DepartmentState ahead;

    // What will be after each event under way, in their order: so none is folded twice.
    private readonly Queue<DepartmentState> underWay = [];
    private readonly Queue<WhistleId> toAsk = [];
    private long snapshotAt;

    public DepartmentActor(DepartmentCode code, CityNode node)
    {
        this.node = node;
        state = ahead = DepartmentState.Empty(code) with { Alerts = DepartmentAlerts.Empty };
        PersistenceId = PersistenceIdOf(code);
        context = new AlertContext(code, node.Pack);
        var self = Self;
        alarm = new Alarm(node.Clock, () => self.Tell(LookAtClock.Instance));
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    internal static string PersistenceIdOf(DepartmentCode department) => IdPrefix + department.Text;

    internal static DepartmentCode CodeOf(string persistenceId) => DepartmentCode.Parse(persistenceId[IdPrefix.Length..]);

    protected override void PreStart() => LeaveWhenIdle(node.Pace.DepartmentIdleAfter);

    protected override void PostStop()
    {
        alarm.Dispose();
        sending.Cancel();
        sending.Dispose();
        base.PostStop();
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: DepartmentState snapshot } offer:
                snapshotAt = offer.Metadata.SequenceNr;
                state = snapshot.Alerts is null ? snapshot with { Alerts = DepartmentAlerts.Of(snapshot, new DateTimeOffset(offer.Metadata.Timestamp, TimeSpan.Zero)) } : snapshot;
                break;
            case DepartmentEvent happened:
                state = DepartmentFold.Apply(state, happened);
                break;
            case AlertEvent happened:
                state = DepartmentFold.Apply(state, happened);
                break;
            case CrewEvent happened:
                state = DepartmentFold.Apply(state, happened);
                break;
            case RecoveryCompleted:
                ahead = state;
                foreach (var whistle in ahead.Alerts!.Open.Keys)
                    NoteStep(whistle);
                Log.Info("Department {0} is in memory at this node, with {1} summonses", state.Department, state.Held.Count);
                AskAfterSummonses();
                SendAgain();
                SetAlarm();
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
            case GiveAlertOrder given:
                Decide(given);
                break;
            case GiveCrewOrder given:
                Decide(given);
                break;
            case AskAlerts:
                Sender.Tell(new AlertsAnswer(state.Department, state.Alerts!));
                break;
            case LookAtClock:
                alarm.Rang();
                PassTime();
                break;
            case Answered answered:
                Hear(answered);
                break;
            case WakeDepartment:
                break;
            case AskAgain:
                AskAfterSummonses();
                break;
            case AskOn:
                AskStep();
                break;
            case PublishLoad:
                node.Publish(state.ToView(node.Pack));
                if (state.Crews is { } crews)
                    node.Publish(new PublishedCrews(state.Department, state.Version, crews));
                break;
            case ReceiveTimeout when state.Held.IsEmpty && state.Alerts!.Pending.IsEmpty:
                Context.Parent.Tell(new Passivate(StopDepartment.Instance));
                break;
            case StopDepartment:
                Context.Stop(Self);
                break;
            default:
                KeepHouse(message);
                break;
        }
    }

    // The grid repeats its news until they are heard, so a write that failed loses nothing.
    protected override void NotStored(Exception cause) => RefuseWaiting();

    private void Hear(SummonsNews news)
    {
        var grid = Sender;
        var span = CityTrace.Begin("department summons", news.Trace)?.SetTag("whistle.id", news.Whistle.Text).SetTag("whistle.department", news.Department.Text);
        var heard = new NewsHeard(news.Whistle.Grid, news.Whistle, news.Department, news.Summons.Version);
        if (DepartmentRules.Hear(ahead, news.Whistle, news.Summons, node.Clock.GetUtcNow()) is not { } happened)
        {
            // No news, but what made it none may still be on its way to the disk.
            DeferAsync(heard, grid.Tell);
            span.End("known");
            return;
        }

        Foresee(DepartmentFold.Apply(ahead, happened));
        NoteStep(happened.Whistle);
        NoteTrace(happened.Whistle, CityTrace.Of(span));
        var storing = CityTrace.Begin("department persist", CityTrace.Of(span));
        PersistAsync(happened, _ =>
        {
            state = underWay.Dequeue();
            storing?.Stop();
            span.End("heard");
            grid.Tell(heard);
            PublishSoon();
            BringAlarmForward();
            SnapshotNowAndThen();
        });
    }

    private void Foresee(DepartmentState next)
    {
        ahead = next;
        underWay.Enqueue(next);
    }

    private void PublishSoon()
    {
        if (!Timers.IsTimerActive(nameof(PublishLoad)))
            Timers.StartSingleTimer(nameof(PublishLoad), PublishLoad.Instance, PublishAfter);
    }

    // Step by step: a grid that has to wake for the answer reads from the database, and the living need it too. A round that is still under way goes on.
    private void AskAfterSummonses()
    {
        if (toAsk.Count > 0)
            return;
        foreach (var whistle in state.Held.Keys)
            toAsk.Enqueue(whistle);
        AskStep();
    }

    private void AskStep()
    {
        for (var i = 0; i < AskedPerStep && toAsk.TryDequeue(out var whistle); i++)
        {
            if (state.Held.TryGetValue(whistle, out var held))
                node.Grids().Tell(new AskSummons(whistle.Grid, whistle, state.Department, held.Version));
        }

        if (toAsk.Count > 0)
            Timers.StartSingleTimer(nameof(AskOn), AskOn.Instance, AskEvery);
    }

    // The more it holds the rarer, so that an event costs the same however many are open.
    private void SnapshotNowAndThen()
    {
        if (LastSequenceNr - snapshotAt < Math.Max(EventsPerSnapshot, EventsPerSummons * (state.Held.Count + state.Over.Count)))
            return;
        snapshotAt = LastSequenceNr;
        SaveSnapshot(state);
    }

    // A department that only looks around is idle all the same.
    private sealed class AskAgain : INotInfluenceReceiveTimeout
    {
        internal static readonly AskAgain Instance = new();
    }

    private sealed class AskOn : INotInfluenceReceiveTimeout
    {
        internal static readonly AskOn Instance = new();
    }

    private sealed class PublishLoad
    {
        internal static readonly PublishLoad Instance = new();
    }
}
