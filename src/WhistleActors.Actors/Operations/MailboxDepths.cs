using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Hosting;
using Akka.Persistence;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;

namespace WhistleActors.Actors.Operations;

/// <summary>What waits for the actors of one kind at this node.</summary>
/// <param name="Actor">The kind: grid, department, desk, access; region (what leads to those); board, pub-sub, journal, snapshots (one at each node).</param>
/// <param name="Deepest">Messages that wait for the one of them for which most wait.</param>
/// <param name="Waiting">Messages that wait for all of them together.</param>
public sealed record MailboxDepth(string Actor, int Deepest, int Waiting);

/// <summary>
/// How many messages wait for the actors of this node. Nobody counts while messages come and go: who asks has all mailboxes looked at, which costs less than
/// a tenth of a second for a hundred thousand actors and nothing at other times. By kind of actor, because a figure for each grid would be a hundred thousand figures.
/// </summary>
/// <remarks>
/// An actor that stores something takes what comes meanwhile out of its mailbox and puts it aside (Akka's internal stash): that waits as well, and is most of what
/// waits for a busy grid. Akka shows it to nobody, so it is read past its back; should a later version name it otherwise, the tests say so.
/// </remarks>
public sealed class MailboxDepths(ActorSystem system, IReadOnlyActorRegistry registry)
{
    // So that two figures of one scrape come from one look.
    private const int SameLook = 100;

    private volatile Seen? last;

    /// <summary>Each kind, whether anything waits for it or not, in a fixed order. Thread-safe.</summary>
    public IReadOnlyList<MailboxDepth> Now
    {
        get
        {
            var now = Environment.TickCount64;
            if (last is not { } seen || now - seen.At >= SameLook)
                last = seen = new Seen(now, [.. Kinds().Select(kind => DepthOf(kind.Name, kind.Actors))]);
            return seen.Depths;
        }
    }

    private IEnumerable<(string Name, IEnumerable<IActorRef> Actors)> Kinds()
    {
        IReadOnlyList<IActorRef> regions = [.. Known<GridActor>(), .. Known<DepartmentActor>(), .. Known<ReportDeskActor>(), .. Known<AccessActor>()];
        var persistence = Persistence.Instance.Apply(system);
        return
        [
            ("grid", EntitiesOf<GridActor>()),
            ("department", EntitiesOf<DepartmentActor>()),
            ("desk", EntitiesOf<ReportDeskActor>()),
            ("access", EntitiesOf<AccessActor>()),
            ("region", regions.Concat(regions.SelectMany(ChildrenOf))),
            ("board", Known<BoardListener>()),
            ("pub-sub", [DistributedPubSub.Get(system).Mediator]),
            ("journal", [persistence.JournalFor(null)]),
            ("snapshots", [persistence.SnapshotStoreFor(null)]),
        ];
    }

    // A region has shards, and a shard has the actors.
    private IEnumerable<IActorRef> EntitiesOf<T>() => Known<T>().SelectMany(ChildrenOf).SelectMany(ChildrenOf);

    // A node that starts has none yet.
    private IReadOnlyList<IActorRef> Known<T>() => registry.TryGet<T>(out var actor) ? [actor] : [];

    private static IEnumerable<IActorRef> ChildrenOf(IActorRef actor) => actor is ActorRefWithCell { Underlying: { } cell } ? cell.ChildrenContainer.Children : [];

    private static MailboxDepth DepthOf(string kind, IEnumerable<IActorRef> actors)
    {
        var (deepest, all) = (0, 0);
        foreach (var actor in actors)
        {
            var waiting = WaitingFor(actor);
            (deepest, all) = (Math.Max(deepest, waiting), all + waiting);
        }

        return new MailboxDepth(kind, deepest, all);
    }

    private static int WaitingFor(IActorRef actor) => actor is ActorRefWithCell { Underlying: { } cell }
        ? cell.NumberOfMessages + (cell is ActorCell running && IncarnationOf(running) is Eventsourced stored ? AsideOf(stored).Count : 0)
        : 0;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Actor")]
    private static extern ActorBase? IncarnationOf(ActorCell cell);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_internalStash")]
    private static extern ref IStash AsideOf(Eventsourced actor);

    private sealed record Seen(long At, IReadOnlyList<MailboxDepth> Depths);
}
