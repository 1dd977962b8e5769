using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using WhistleActors.Actors.Crews;
using WhistleActors.Contract.Departments;

namespace WhistleActors.Actors.Boards;

/// <summary>The fast path: takes in what actors of any node publish after they have stored it.</summary>
internal sealed class BoardListener : UntypedActor
{
    internal const string Topic = "board";

    private readonly LiveBoard board;

    public BoardListener(LiveBoard board) => this.board = board;

    protected override void PreStart() => DistributedPubSub.Get(Context.System).Mediator.Tell(new Subscribe(Topic, Self));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PublishedWhistle whistle:
                board.Merge(whistle);
                break;
            case LoadView load:
                board.Merge(load);
                break;
            case PublishedCrews crews:
                board.Merge(crews);
                break;
        }
    }
}
