using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>A node that comes into a cluster.</summary>
public sealed class ClusterEntryTests
{
    private static readonly Address Nobody = Address.Parse("akka.tcp://whistle-actors@127.0.0.1:1");

    [Fact]
    public async Task Who_is_quarantined_before_the_others_let_it_in_ends_itself_so_that_it_can_come_as_another()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var living = new ClusterCharter(database.ConnectionString);
        await living.ReadAsync(default);
        await living.FoundAsync("of-others", null, default);
        using var node = Node();
        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [Nobody], TimeProvider.System).Start();

        node.EventStream.Publish(new ThisActorSystemQuarantinedEvent(Cluster.Get(node).SelfAddress, Nobody));

        await node.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_member_stays_whoever_quarantines_it()
    {
        await using var database = await TestPostgres.StartAsync();
        using var node = Node();
        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [], TimeProvider.System).Start();
        var up = new TaskCompletionSource();
        Cluster.Get(node).RegisterOnMemberUp(up.SetResult);
        await up.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        node.EventStream.Publish(new ThisActorSystemQuarantinedEvent(Cluster.Get(node).SelfAddress, Nobody));

        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        node.WhenTerminated.IsCompleted.ShouldBeFalse();
        Cluster.Get(node).SelfMember.Status.ShouldBe(MemberStatus.Up);
        await node.Terminate();
    }

    private static ActorSystem Node() => ActorSystem.Create(
        "whistle-actors",
        ConfigurationFactory.ParseString(
            """
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.coordinated-shutdown.exit-clr = off
            akka.stdout-loglevel = OFF
            akka.loglevel = OFF
            """));
}
