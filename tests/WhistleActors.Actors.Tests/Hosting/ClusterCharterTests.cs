using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>A database has one cluster.</summary>
public sealed class ClusterCharterTests
{
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

        (await charter.BeatAsync("old", default)).ShouldBeTrue();
        (await charter.FoundAsync("new", seen, default)).ShouldBeFalse();
        seen = await charter.ReadAsync(default);
        (await charter.FoundAsync("new", seen, default)).ShouldBeTrue();
        (await charter.BeatAsync("old", default)).ShouldBeFalse();
        (await charter.BeatAsync("new", default)).ShouldBeTrue();
    }
}
