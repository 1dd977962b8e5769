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
/// once; the journal knows already what is open. A grid whose deadline has passed and is not recorded is woken again every second, so
/// that no failure of a single actor can make a deadline be missed.
/// </remarks>
internal sealed class Waker : UntypedActor, IWithTimers
{
    private const int PerStep = 100;
    private static readonly TimeSpan StepEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private const int LooksPerRound = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

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
        Timers.StartPeriodicTimer(nameof(LookForMissed), LookForMissed.Instance, LookEvery);
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
            case LookForMissed:
                WakeMissed();
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

    private void WakeMissed()
    {
        foreach (var grid in board.GridsDueBefore(node.Clock.GetUtcNow() - Grace))
            node.Grids().Tell(new WakeGrid(grid));
    }

    // A department that stopped after a failed write has alerts that nobody else would let climb. To wake one that is awake costs a message.
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

    private sealed class LookForMissed
    {
        internal static readonly LookForMissed Instance = new();
    }
}
