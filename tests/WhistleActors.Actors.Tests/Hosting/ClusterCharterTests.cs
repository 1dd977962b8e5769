using Akka.Actor;
using Akka.Cluster;
using Npgsql;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>A database has one cluster.</summary>
public sealed class ClusterCharterTests
{
    private static readonly UniqueAddress One = new(Address.Parse("akka.tcp://whistle-actors@10.0.0.1:4053"), 11);
    private static readonly UniqueAddress Other = new(Address.Parse("akka.tcp://whistle-actors@10.0.0.2:4053"), 22);

    [Fact]
    public async Task Of_all_that_found_a_cluster_at_once_one_does()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        (await charter.ReadAsync(default)).ShouldBeNull();

        var founded = await Task.WhenAll(Enumerable.Range(0, 8).Select(node => charter.FoundAsync($"{node}", null, default)));

        founded.Count(first => first).ShouldBe(1);
        (await charter.ReadAsync(default)).ShouldBe(new Heartbeat($"{Array.IndexOf(founded, true)}", 1));
    }

    [Fact]
    public async Task Who_beats_meanwhile_is_not_replaced_and_who_was_replaced_beats_no_more()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        await charter.ReadAsync(default);
        await charter.FoundAsync("old", null, default);
        var seen = await charter.ReadAsync(default);

        (await charter.BeatAsync("old", One, [], default)).ShouldBeTrue();
        (await charter.FoundAsync("new", seen, default)).ShouldBeFalse();
        seen = await charter.ReadAsync(default);
        (await charter.FoundAsync("new", seen, default)).ShouldBeTrue();
        (await charter.BeatAsync("old", One, [], default)).ShouldBeFalse();
        (await charter.BeatAsync("new", One, [], default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_is_gone_beats_no_more_and_calls_nobody_gone_but_comes_back_as_another()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var charter = new ClusterCharter(database.ConnectionString);
        await charter.ReadAsync(default);
        await charter.FoundAsync("city", null, default);

        (await charter.BeatAsync("city", One, [Other], default)).ShouldBeTrue();
        (await charter.BeatAsync("city", Other, [One], default)).ShouldBeFalse();
        (await charter.BeatAsync("city", One, [], default)).ShouldBeTrue();
        (await charter.BeatAsync("city", new UniqueAddress(Other.Address, 23), [], default)).ShouldBeTrue();
        (await charter.BeatAsync("city", Other, [], default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_charter_of_before_anybody_was_called_gone_is_kept()
    {
        await using var database = await TestPostgres.StartAsync();
        await using (var old = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var table = old.CreateCommand("CREATE TABLE whistle_cluster (name text PRIMARY KEY, cluster text NOT NULL, beat bigint NOT NULL); INSERT INTO whistle_cluster VALUES ('whistle-actors', 'city', 7)"))
            await table.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var charter = new ClusterCharter(database.ConnectionString);

        (await charter.ReadAsync(default)).ShouldBe(new Heartbeat("city", 7));
        (await charter.BeatAsync("city", One, [Other], default)).ShouldBeTrue();
        (await charter.BeatAsync("city", Other, [], default)).ShouldBeFalse();
    }
}
