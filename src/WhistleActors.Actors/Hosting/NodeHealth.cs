using Akka.Actor;
using Akka.Cluster;
using WhistleActors.Actors.Boards;

namespace WhistleActors.Actors.Hosting;

/// <summary>Whether this node can serve, and if not, why.</summary>
public sealed class NodeHealth(ActorSystem system, LiveBoard board)
{
    internal JournalFollower? Follower { get; set; }

    /// <summary>By name of the check: null when it is well, else what is wrong.</summary>
    public IReadOnlyDictionary<string, string?> Check() => new Dictionary<string, string?>
    {
        ["cluster"] = Cluster.Get(system).SelfMember.Status == MemberStatus.Up ? null : $"this node is {Cluster.Get(system).SelfMember.Status}",
        ["board"] = board.CaughtUp.IsCompletedSuccessfully ? null : "still reading the journal",
        ["journal"] = Follower?.Trouble,
    };
}
