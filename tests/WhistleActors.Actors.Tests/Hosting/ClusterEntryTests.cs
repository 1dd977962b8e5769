using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>A node that comes into a cluster.</summary>
public sealed class ClusterEntryTests
{
    private static readonly Address Nobody = Address.Parse("akka.tcp://whistle-actors@127.0.0.1:1");

    [Fact]
    public async Task Who_is_not_let_in_though_the_cluster_lives_ends_itself_so_that_it_can_come_as_another()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var living = new ClusterCharter(database.ConnectionString);
        await living.ReadAsync(default);
        await living.FoundAsync("of-others", null, default);
        using var node = Node();
        var clock = new FakeTimeProvider();
        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [Nobody], clock).Start();

        for (var beats = 0; beats < 1_000 && !node.WhenTerminated.IsCompleted; beats++)
        {
            (await living.BeatAsync("of-others", default)).ShouldBeTrue();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(node.WhenTerminated, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }

        node.WhenTerminated.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_waits_for_a_dead_cluster_founds_another_and_does_not_end()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var dead = new ClusterCharter(database.ConnectionString);
        await dead.ReadAsync(default);
        await dead.FoundAsync("of-the-dead", null, default);
        using var node = Node();
        var clock = new FakeTimeProvider();
        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [Nobody], clock).Start();
        var up = new TaskCompletionSource();
        Cluster.Get(node).RegisterOnMemberUp(up.SetResult);

        for (var seconds = 0; seconds < 1_000 && !up.Task.IsCompleted; seconds++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(up.Task, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }

        up.Task.IsCompleted.ShouldBeTrue();
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
