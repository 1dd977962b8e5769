using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// How a node comes into the cluster of its database: it joins the one that lives, and founds one only where none does. Akka lets the first seed node found a
/// cluster of its own when it reaches no other; one that was voted out of a partition and is started again would, and then two clusters own the same grids, for good.
/// </summary>
/// <remarks>
/// A cluster lives while its beat moves (<see cref="ClusterCharter"/>). A member that finds another cluster in its place, as a node does that was frozen while
/// all others died, or that was voted out while it was frozen, ends itself; whoever starts it again lets it join. So does one that asks for long in vain while
/// the cluster lives: after a partition remoting can hold the incarnation that one end has now for the one that was before, and the two never speak again until
/// one of them is another.
/// </remarks>
internal sealed class ClusterEntry(ActorSystem system, ClusterCharter charter, IReadOnlyList<Address> seeds, TimeProvider clock)
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);

    // Six beats that nobody made: longer than a busy node stops for, and little beside what a start takes.
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(6);

    // Far longer than to be let in takes, a vote on somebody else before it included.
    private static readonly TimeSpan LetIn = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILoggingAdapter log = Logging.GetLogger(system, typeof(ClusterEntry));
    private readonly Cluster cluster = Cluster.Get(system);
    private readonly HashSet<UniqueAddress> known = [];
    private string? mine;
    private long askingSince;
    private Heartbeat? seen;
    private long seenAt;
    private bool left;

    internal void Start() => Task.Run(RunAsync);

    private async Task RunAsync()
    {
        while (!left && !system.WhenTerminated.IsCompleted)
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            try
            {
                await (cluster.SelfMember.Status == MemberStatus.Up ? LiveAsync(patience.Token) : EnterAsync(patience.Token));
            }
            catch (Exception cause)
            {
                // Nobody can be called dead who was not looked at, nor alive.
                (seen, seenAt) = (null, 0);
                if (askingSince != 0)
                    askingSince = clock.GetTimestamp();
                log.Warning(cause, "The database does not say which cluster lives; asking again");
            }

            await Task.WhenAny(Task.Delay(BeatEvery, clock), system.WhenTerminated);
        }

        await charter.DisposeAsync();
    }

    private async Task EnterAsync(CancellationToken cancelled)
    {
        // Whoever does not know what time it is must hold no grid.
        if (mine is not null || clock is CityClock { Known.IsCompleted: false })
            return;
        var now = await charter.ReadAsync(cancelled);
        if (seenAt == 0 || now != seen)
            (seen, seenAt) = (now, clock.GetTimestamp());
        var dead = now is null || clock.GetElapsedTime(seenAt) >= DeadAfter;
        var name = $"{cluster.SelfUniqueAddress}";

        // It can be the founder without knowing it: when the database wrote that, and its answer came too late.
        if (now?.Cluster == name || (dead && await charter.FoundAsync(name, now, cancelled)))
        {
            mine = name;
            cluster.Join(cluster.SelfAddress);
        }
        else if (askingSince == 0)
        {
            // Without its own address it asks the others until one lets it in.
            cluster.JoinSeedNodes(seeds.Where(seed => seed != cluster.SelfAddress));
            askingSince = clock.GetTimestamp();
        }
        else if (!dead && clock.GetElapsedTime(askingSince) > LetIn)
        {
            log.Error("The cluster {0} lives and does not let this node in; it ends, and may come in when it is started again", now!.Cluster);
            left = true;
            _ = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        }
    }

    private async Task LiveAsync(CancellationToken cancelled)
    {
        // What is said is of one moment: a member that ends itself sees nobody any more, and nobody is gone by that.
        var members = cluster.State.Members;
        if (!members.Any(member => member.UniqueAddress == cluster.SelfUniqueAddress && member.Status == MemberStatus.Up))
            return;
        var present = members.Select(member => member.UniqueAddress).ToHashSet();
        known.UnionWith(present);
        mine ??= (await charter.ReadAsync(cancelled))?.Cluster;
        if (mine is null)
            return;
        if (await charter.BeatAsync(mine, cluster.SelfUniqueAddress, known.Except(present), cancelled))
        {
            known.IntersectWith(present);
            return;
        }

        // Nobody is there to leave in order from.
        log.Error("The cluster that lives on this database goes on without this node, which was in {0}; it ends", mine);
        left = true;
        cluster.Down(cluster.SelfAddress);
    }
}
