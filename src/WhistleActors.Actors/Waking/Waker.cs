using Akka.Actor;
using Akka.Cluster;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Waking;

/// <summary>
/// Brings back into memory what a stopped or lost node held: grids with an open whistle or a ledger entry that is not done, so that their deadlines fire, and departments
/// that hold a summons. One in the cluster.
/// </summary>
/// <remarks>
/// Akka's remembered entities would do the same at the cost of a stored record for every actor that starts and stops, and wake all at
/// once; the journal knows already what is open. A shard that is handed to a node that came is stopped with all that it holds, and nobody tells of it: so a grid is woken
/// before each of its deadlines, and again until what passed is recorded. No failure of a single actor can make a deadline be missed. To wake one that is awake costs a message.
/// </remarks>
internal sealed class Waker : UntypedActor, IWithTimers
{
    private const int PerStep = 100;
    private static readonly TimeSpan StepEvery = TimeSpan.FromMilliseconds(20);
    private const int LooksPerRound = 2;

    // A deadline is recorded within a second, also of a grid that was handed over just before it.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(3);

    private readonly CityNode node;
    private readonly LiveBoard board;
    private readonly Queue<object> waiting = [];
    private long looks;

    public Waker(CityNode node, LiveBoard board) => (this.node, this.board) = (node, board);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Cluster.Get(Context.System).Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        board.CaughtUp.ContinueWith(_ => WakeAll.Instance, TaskScheduler.Default).PipeTo(Self);
        Timers.StartPeriodicTimer(nameof(LookForDue), LookForDue.Instance, LookEvery);
    }

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WakeAll or ClusterEvent.MemberRemoved when board.CaughtUp.IsCompleted:
                foreach (var grid in board.AwaitedGrids())
                    waiting.Enqueue(new WakeGrid(grid));
                foreach (var load in board.Loads().Where(load => load.Open > 0 || load.Committed > 0))
                    waiting.Enqueue(new WakeDepartment(DepartmentCode.Parse(load.Department)));
                Step();
                break;
            case NextStep:
                Step();
                break;
            case LookForDue:
                WakeDue();
                if (++looks % LooksPerRound == 0)
                    WakeBusyDepartments();
                break;
        }
    }

    // Step by step: each grid that wakes reads from the database, and the living need it too.
    private void Step()
    {
        for (var i = 0; i < PerStep && waiting.TryDequeue(out var wake); i++)
            (wake is WakeGrid ? node.Grids() : node.Departments()).Tell(wake);
        if (waiting.Count > 0)
            Timers.StartSingleTimer(nameof(NextStep), NextStep.Instance, StepEvery);
    }

    private void WakeDue()
    {
        foreach (var grid in board.GridsDueBefore(node.Clock.GetUtcNow() + Ahead))
            node.Grids().Tell(new WakeGrid(grid));
    }

    // A department that was handed over, or stopped after a failed write, has alerts that nobody else would let climb.
    private void WakeBusyDepartments()
    {
        foreach (var load in board.Loads().Where(load => load.Open > 0))
            node.Departments().Tell(new WakeDepartment(DepartmentCode.Parse(load.Department)));
    }

    private sealed class WakeAll
    {
        internal static readonly WakeAll Instance = new();
    }

    private sealed class NextStep
    {
        internal static readonly NextStep Instance = new();
    }

    private sealed class LookForDue
    {
        internal static readonly LookForDue Instance = new();
    }
}
