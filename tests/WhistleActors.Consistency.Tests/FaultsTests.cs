using Shouldly;
using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Runs;
using WhistleActors.Consistency.Verification;

namespace WhistleActors.Consistency.Tests;

/// <summary>The whole of it, short: real processes, real faults. The hour is <c>scripts/consistency</c>.</summary>
public sealed class FaultsTests
{
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

    internal static IReadOnlyList<Fault> Named(params string[] names) => [.. names.Select(name => AllFaults.List.Single(fault => fault.Name == name))];

    internal static IEnumerable<string> Rules(IEnumerable<Violation> violations) => violations.Select(violation => violation.Rule).Distinct();

    private static void Say(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);
}
