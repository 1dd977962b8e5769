using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>What was asked of an actor on a node that is lost.</summary>
public sealed class UnansweredTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly OrderAccepted Accepted = new(new WhistleId(ExampleCity.Belfry, 1), 1, []);

    private readonly ActorSystem node = Node();
    private readonly Unanswered unanswered = new();

    [Fact]
    public async Task What_is_unanswered_is_asked_again_for_whoever_waits_and_the_first_answer_counts()
    {
        var grid = new Mailbox(node);
        var answer = AskAsync(grid.Receiver);
        var order = await grid.ReceiveAsync(Patience);

        unanswered.AskAgain();

        (await grid.ReceiveAsync(Patience)).ShouldBe(order);
        grid.Reply(Accepted);
        (await answer).ShouldBe(Accepted);
    }

    [Fact]
    public async Task What_is_answered_or_given_up_is_not_asked_again()
    {
        var grid = new Mailbox(node);
        var answered = AskAsync(grid.Receiver);
        await grid.ReceiveAsync(Patience);
        grid.Reply(Accepted);
        await answered;
        using var leave = new CancellationTokenSource();
        var givenUp = unanswered.AskAsync<IOrderAnswer>(grid.Receiver, Order(), Patience, leave.Token);
        await grid.ReceiveAsync(Patience);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(givenUp);

        unanswered.AskAgain();

        var last = AskAsync(grid.Receiver);
        await grid.ReceiveAsync(Patience);
        (await grid.HearsWithinAsync(TimeSpan.FromMilliseconds(100))).ShouldBeFalse();
        grid.Reply(Accepted);
        await last;
    }

    [Fact]
    public async Task When_the_cluster_has_given_a_node_up_what_may_have_been_on_its_way_there_is_asked_again()
    {
        using var lost = Node();
        var (staying, leaving) = (Cluster.Get(node), Cluster.Get(lost));
        staying.Join(staying.SelfAddress);
        leaving.Join(staying.SelfAddress);
        await Eventually.TrueAsync(() => staying.State.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        await WatchAsync();
        var grid = new Mailbox(node);
        var answer = AskAsync(grid.Receiver);
        await grid.ReceiveAsync(Patience);
        (await grid.HearsWithinAsync(TimeSpan.FromMilliseconds(100))).ShouldBeFalse();

        staying.Down(leaving.SelfAddress);

        await grid.ReceiveAsync(Patience);
        grid.Reply(Accepted);
        (await answer).ShouldBe(Accepted);
    }

    [Fact]
    public async Task An_order_that_was_lost_on_its_way_is_not_refused_but_asked_again()
    {
        await WatchAsync();
        var grid = new Mailbox(node);
        var receiver = grid.Receiver;
        var line = node.ActorOf(Props.Create(() => new BrokenLine(receiver)));

        var answer = AskAsync(line);

        await grid.ReceiveAsync(Patience);
        answer.IsCompleted.ShouldBeFalse();
        grid.Reply(Accepted);
        (await answer).ShouldBe(Accepted);
    }

    [Fact]
    public async Task An_order_that_a_grid_left_unread_is_refused_at_once()
    {
        await WatchAsync();
        var grid = node.ActorOf(Props.Empty);
        await grid.GracefulStop(Patience);

        (await AskAsync(grid)).ShouldBeOfType<OrderNotStored>();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await node.Terminate();

    private static GiveOrder Order() => new(ExampleCity.Belfry, Orders.Blow());

    private Task<IOrderAnswer> AskAsync(IActorRef grid) => unanswered.AskAsync<IOrderAnswer>(grid, Order(), Patience, TestContext.Current.CancellationToken);

    private async Task WatchAsync()
    {
        var asked = unanswered;
        foreach (var watcher in new[] { Props.Create(() => new LostOrders()), Props.Create(() => new NodeWatch(asked)) })
            await node.ActorOf(watcher).Ask<ActorIdentity>(new Identify(null), Patience);
    }

    private static ActorSystem Node() => ActorSystem.Create(
        "whistle-actors",
        ConfigurationFactory.ParseString(
            """
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.split-brain-resolver.stable-after = 1s
            akka.coordinated-shutdown.exit-clr = off
            akka.stdout-loglevel = OFF
            akka.loglevel = OFF
            """));

    /// <summary>Loses the first message, as remoting does when its line breaks.</summary>
    private sealed class BrokenLine(IActorRef grid) : UntypedActor
    {
        private bool broken = true;

        protected override void OnReceive(object message)
        {
            (broken ? Context.System.DeadLetters : grid).Tell(message, Sender);
            broken = false;
        }
    }
}
