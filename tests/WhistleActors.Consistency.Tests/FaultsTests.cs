using Shouldly;
using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Consistency.Runs;
using WhistleActors.Consistency.Verification;

namespace WhistleActors.Consistency.Tests;

/// <summary>The whole of it, short: real processes, real faults. The hour is <c>scripts/consistency</c>.</summary>
public sealed class FaultsTests
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // Long enough to found a cluster where none lives (ClusterEntry: 6 s), and not so long that it ends itself because the others do not let it in (20 s).
    private static readonly TimeSpan Outside = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Every_promise_is_kept_while_a_node_dies_one_freezes_one_is_cut_off_and_the_database_crashes()
    {
        var verdict = await ConsistencyRun.RunAsync(
            new RunSettings(Seed: 7, TimeSpan.FromSeconds(75), Named("kill-oldest", "freeze-one", "isolate-one", "slow-wires", "database-crash")) { Pace = 0.35, Say = Say }, TestContext.Current.CancellationToken);

        verdict.Violations.ShouldBeEmpty(VerdictJson.Write(verdict));
        verdict.Figures.Acknowledged.ShouldBeGreaterThan(100);
        verdict.Figures.Deadlines.ShouldBeGreaterThan(10);
        verdict.Figures.Steps.ShouldBeGreaterThan(5);
        verdict.Figures.Faults.Values.Sum().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task Every_promise_is_kept_while_the_database_fails_over_and_a_node_has_a_wrong_clock()
    {
        var faults = Named("database-fail-over", "clock-behind");
        foreach (var hindered in faults.Where(fault => fault.Hindrance is not null))
            Assert.Skip($"{hindered.Name}: {hindered.Hindrance}");
        var verdict = await ConsistencyRun.RunAsync(
            new RunSettings(Seed: 2, TimeSpan.FromSeconds(38), faults) { Pace = 0.3, MostFaults = 2, Say = Say }, TestContext.Current.CancellationToken);

        verdict.Violations.ShouldBeEmpty(VerdictJson.Write(verdict));
        verdict.Figures.Acknowledged.ShouldBeGreaterThan(50);
        verdict.Figures.Faults.Values.Sum().ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_node_that_was_cut_off_and_started_again_founds_no_cluster_of_its_own_and_joins_when_it_can()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var town = Town.Build();
        var logs = Directory.CreateTempSubdirectory("whistle-logs-").FullName;
        await using var cluster = await NodeCluster.StartAsync(town, Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll"), logs, cancel);

        // The first of the seed nodes: the one that Akka lets found a cluster.
        var (first, before) = (cluster.Nodes[0], cluster.Nodes[0].StartedAt);
        foreach (var other in cluster.Nodes.Skip(1))
            cluster.Wires.CutBoth(first.Name, other.Name);
        await UntilAsync("it is voted out", () => Task.FromResult(first.EndedByItself > 0), cancel);

        while (first.StartedAt == before)
            await Task.Delay(Look, cancel);
        for (var waited = TimeSpan.Zero; waited < Outside; waited += Look)
        {
            (await first.IsReadyAsync(cancel)).ShouldBeFalse("the others live");
            await Task.Delay(Look, cancel);
        }

        cluster.Wires.HealAll();
        await cluster.ReadyAsync(TimeSpan.FromSeconds(60), cancel);
        first.EndedByItself.ShouldBe(1);
        Directory.Delete(logs, recursive: true);
    }

    [Fact]
    public async Task A_node_that_was_voted_out_while_it_was_frozen_votes_nobody_out_when_it_goes_on()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var town = Town.Build();
        var logs = Directory.CreateTempSubdirectory("whistle-logs-").FullName;

        // They give the lease back at once: as after a longer time in the cold.
        await using var cluster = await NodeCluster.StartAsync(
            town, Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll"), logs, cancel, settings: "akka.cluster.split-brain-resolver.lease-majority.release-after = 100ms");
        var (frozen, others) = (cluster.Nodes[1], cluster.Nodes.Where((_, number) => number != 1).ToList());

        frozen.Freeze();
        foreach (var other in others)
            await UntilAsync("it is voted out", async () => (await other.MembersAsync(cancel)).Count == others.Count, cancel);
        await Task.Delay(TimeSpan.FromSeconds(3), cancel);
        frozen.Thaw();

        await UntilAsync("it ends itself", () => Task.FromResult(frozen.EndedByItself == 1), cancel);
        await UntilAsync("all are in one cluster", async () => (await cluster.DividedAsync(cancel)).Count == 0, cancel);
        others.ShouldAllBe(other => other.EndedByItself == 0);
        File.ReadAllText(Path.Combine(logs, $"node-{frozen.Name}.log")).ShouldNotContain("SBR acquired lease");
        Directory.Delete(logs, recursive: true);
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> so, CancellationToken cancel)
    {
        for (var waited = TimeSpan.Zero; !await so(); waited += Look)
        {
            waited.ShouldBeLessThan(TimeSpan.FromSeconds(60), what);
            await Task.Delay(Look, cancel);
        }
    }

    internal static IReadOnlyList<Fault> Named(params string[] names) => [.. names.Select(name => AllFaults.List.Single(fault => fault.Name == name))];

    internal static IEnumerable<string> Rules(IEnumerable<Violation> violations) => violations.Select(violation => violation.Rule).Distinct();

    private static void Say(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);
}
