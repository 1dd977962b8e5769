using Akka.Actor;
using Akka.Cluster;
using Akka.Persistence;
using WhistleActors.Actors.Boards;

namespace WhistleActors.Actors.Hosting;

/// <summary>Whether this node can serve, and if not, why.</summary>
public sealed class NodeHealth(ActorSystem system, LiveBoard board, NodeLeaving leaving)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal JournalFollower? Follower { get; set; }

    /// <summary>The nodes of the cluster that work, by <c>host:port</c>, as this one sees them.</summary>
    public IReadOnlyList<string> Members =>
        [.. Cluster.Get(system).State.Members.Where(member => member.Status == MemberStatus.Up).Select(member => $"{member.Address.Host}:{member.Address.Port}")];

    /// <summary>How many nodes of the cluster this one does not reach.</summary>
    public int Unreachable => Cluster.Get(system).State.Unreachable.Count;

    /// <summary>By name of the check: null when it is well, else what is wrong.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> CheckAsync(CancellationToken cancelled) => new Dictionary<string, string?>
    {
        ["node"] = leaving.Begun ? "this node is leaving" : null,
        ["cluster"] = Cluster.Get(system).SelfMember.Status == MemberStatus.Up ? null : $"this node is {Cluster.Get(system).SelfMember.Status}",
        ["board"] = board.CaughtUp.IsCompletedSuccessfully ? null : "still reading the journal",
        ["journal"] = Follower?.Trouble ?? await JournalTroubleAsync(cancelled),
    };

    // Whether events can be stored, not only read: the journal answers for its database.
    private async Task<string?> JournalTroubleAsync(CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            var journal = system.Settings.Config.GetString("akka.persistence.journal.plugin");
            var health = await Persistence.Instance.Apply(system).CheckJournalHealthAsync(journal, patience.Token).WaitAsync(patience.Token);
            return health.Status == PersistenceHealthStatus.Unhealthy ? health.Description ?? "the journal is in trouble" : null;
        }
        catch (Exception cause) when (!cancelled.IsCancellationRequested)
        {
            return cause is OperationCanceledException ? "the journal does not answer" : cause.Message;
        }
    }
}
