using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// Notices that messages to another node may have been lost, and has everything asked again that is still unanswered: when the cluster has given a node up, and a while
/// after one was out of reach for a moment. Who asked learns nothing of it, but that the answer took longer.
/// </summary>
internal sealed class NodeWatch(Unanswered unanswered) : UntypedActor, IWithTimers
{
    // Each region finds out for itself that a node is gone, and then what was its; the one that hands out its shards may have to be found anew.
    private const int Rounds = 4;
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    private readonly Akka.Cluster.Cluster cluster = Akka.Cluster.Cluster.Get(Context.System);
    private int left;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved), typeof(ClusterEvent.ReachableMember));
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
    }

    protected override void PostStop() => cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved or ClusterEvent.ReachableMember:
                unanswered.AskAgain();
                Begin();
                break;
            case DeadLetter { Message: IGridMessage or IDepartmentMessage or IReportDeskMessage or IAccessMessage } lost when IsLostOnItsWay(lost):
                Begin();
                break;
            case Round:
                unanswered.AskAgain();
                if (--left == 0)
                    Timers.Cancel(nameof(Round));
                break;
        }
    }

    /// <summary>Whether a message never came to an actor. What remoting cannot deliver and a region cannot keep bears no recipient's name; what an actor left unread bears its.</summary>
    internal static bool IsLostOnItsWay(DeadLetter lost) => lost.Recipient.Equals(Context.System.DeadLetters);

    private void Begin()
    {
        left = Rounds;
        if (!Timers.IsTimerActive(nameof(Round)))
            Timers.StartPeriodicTimer(nameof(Round), Round.Instance, BetweenRounds);
    }

    private sealed class Round
    {
        internal static readonly Round Instance = new();
    }
}
