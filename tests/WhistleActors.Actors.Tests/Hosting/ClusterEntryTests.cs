using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Coordination;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>A node that comes into a cluster.</summary>
public sealed class ClusterEntryTests
{
    private static readonly Address Nobody = Address.Parse("akka.tcp://whistle-actors@127.0.0.1:1");
    private static readonly UniqueAddress Somebody = new(Address.Parse("akka.tcp://whistle-actors@127.0.0.1:2"), 1);

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

        await UntilAsync(
            async () =>
            {
                (await living.BeatAsync("of-others", Somebody, [], default)).ShouldBeTrue();
                return node.WhenTerminated.IsCompleted;
            },
            clock);

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

        await UpAsync(node, new ClusterCharter(database.ConnectionString), new FakeTimeProvider());

        Cluster.Get(node).SelfMember.Status.ShouldBe(MemberStatus.Up);
        await node.Terminate();
    }

    [Fact]
    public async Task Whoever_founded_a_cluster_and_did_not_hear_that_it_was_written_goes_on_as_its_founder()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        using var node = Node();
        var name = $"{Cluster.Get(node).SelfUniqueAddress}";
        await charter.ReadAsync(default);
        (await charter.FoundAsync(name, null, default)).ShouldBeTrue();

        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [Nobody], new FakeTimeProvider()).Start();

        // Time stands still: nothing is seen to be dead.
        await UntilAsync(() => Cluster.Get(node).SelfMember.Status == MemberStatus.Up, new FakeTimeProvider());
        await node.Terminate();
    }

    [Fact]
    public async Task Whoever_asks_to_be_let_in_while_the_database_is_silent_does_not_hold_that_for_a_refusal()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var dead = new ClusterCharter(database.ConnectionString);
        await dead.ReadAsync(default);
        await dead.FoundAsync("of-the-dead", null, default);
        using var node = Node();
        var clock = new FakeTimeProvider();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        new ClusterEntry(node, new ClusterCharter(database.ConnectionString), [Nobody], clock).Start();
        await PassAsync(clock, seconds: 3);

        await using (var silence = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var locked = new NpgsqlCommand("LOCK whistle_cluster", connection, silence);
            await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await PassAsync(clock, seconds: 40);
        }

        await UntilAsync(() => Cluster.Get(node).SelfMember.Status == MemberStatus.Up, clock);
        node.WhenTerminated.IsCompleted.ShouldBeFalse();
        await node.Terminate();
    }

    [Fact]
    public async Task Who_was_voted_out_without_noticing_ends_itself_and_gets_no_lease_to_vote_others_out()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        using var node = Node(database.ConnectionString);
        var lease = LeaseProvider.Get(node).GetLease("split-brain", "whistle-actors.lease", "this node");
        (await lease.Acquire()).ShouldBeFalse("it is no member yet");
        var clock = new FakeTimeProvider();
        await UpAsync(node, new ClusterCharter(database.ConnectionString), clock);
        (await lease.Acquire()).ShouldBeTrue();
        await lease.Release();
        var cluster = (await charter.ReadAsync(default))!.Cluster;

        (await charter.BeatAsync(cluster, Somebody, [Cluster.Get(node).SelfUniqueAddress], default)).ShouldBeTrue();

        (await lease.Acquire()).ShouldBeFalse();
        await UntilAsync(() => node.WhenTerminated.IsCompleted, clock);
    }

    [Fact]
    public async Task A_lease_needs_no_charter_that_others_have_written()
    {
        await using var database = await TestPostgres.StartAsync();
        using var node = Node(database.ConnectionString);
        var cluster = Cluster.Get(node);
        cluster.Join(cluster.SelfAddress);
        await UntilAsync(() => cluster.SelfMember.Status == MemberStatus.Up, new FakeTimeProvider());

        (await LeaseProvider.Get(node).GetLease("split-brain", "whistle-actors.lease", "this node").Acquire()).ShouldBeTrue();
        await node.Terminate();
    }

    [Fact]
    public async Task Whom_the_cluster_has_voted_out_is_gone_in_its_charter_and_whoever_ends_itself_calls_nobody_gone()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        using var node = Node();
        using var lost = Node();
        var clock = new FakeTimeProvider();
        await UpAsync(node, new ClusterCharter(database.ConnectionString), clock);
        var (staying, leaving) = (Cluster.Get(node), Cluster.Get(lost));
        new ClusterEntry(lost, new ClusterCharter(database.ConnectionString), [staying.SelfAddress], clock).Start();
        await UntilAsync(() => leaving.SelfMember.Status == MemberStatus.Up, clock);
        var name = (await charter.ReadAsync(default))!.Cluster;
        (await charter.BeatAsync(name, leaving.SelfUniqueAddress, [], default)).ShouldBeTrue();

        staying.Down(leaving.SelfAddress);

        await UntilAsync(() => lost.WhenTerminated.IsCompleted, clock);
        await UntilAsync(async () => !await charter.BeatAsync(name, leaving.SelfUniqueAddress, [], default), clock);
        (await charter.BeatAsync(name, staying.SelfUniqueAddress, [], default)).ShouldBeTrue();
        node.WhenTerminated.IsCompleted.ShouldBeFalse();
        await node.Terminate();
    }

    private static Task PassAsync(FakeTimeProvider clock, int seconds) => UntilAsync(() => seconds-- == 0, clock);

    private static async Task UpAsync(ActorSystem node, ClusterCharter charter, FakeTimeProvider clock)
    {
        new ClusterEntry(node, charter, [Nobody], clock).Start();
        await UntilAsync(() => Cluster.Get(node).SelfMember.Status == MemberStatus.Up, clock);
    }

    private static Task UntilAsync(Func<bool> so, FakeTimeProvider clock) => UntilAsync(() => Task.FromResult(so()), clock);

    // The clock goes on a second at a time, and everybody gets a moment to do what falls due by it.
    private static async Task UntilAsync(Func<Task<bool>> so, FakeTimeProvider clock)
    {
        for (var seconds = 0; seconds < 1_000; seconds++)
        {
            if (await so())
                return;
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It never came to that.");
    }

    private static ActorSystem Node(string database = "") => ActorSystem.Create(
        "whistle-actors",
        ConfigurationFactory.ParseString(
            $$"""
            whistle-actors.lease {
              lease-class = "WhistleActors.Actors.Clustering.PostgresLease, WhistleActors.Actors"
              heartbeat-timeout = 6s, heartbeat-interval = 2s, lease-operation-timeout = 3s
              connection-string = "{{database}}"
            }
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.coordinated-shutdown.exit-clr = off
            akka.stdout-loglevel = OFF
            akka.loglevel = OFF
            """));
}
