using Shouldly;
using WhistleActors.Consistency.Mutants;
using WhistleActors.Consistency.Runs;

namespace WhistleActors.Consistency.Tests;

/// <summary>Bugs that are planted into a copy of the built server are found.</summary>
public sealed class MutantTests
{
    [Theory]
    [InlineData("answer-before-persist", "kill-two-and-database", "lost", "answer")]
    [InlineData("deadline-lost-at-hand-off", "kill-all", "deadline-missed")]
    [InlineData("board-merge-without-version", "slow-wires", "screen-went-back")]
    public async Task A_planted_bug_is_found(string mutant, string fault, params string[] rules)
    {
        var verdict = await ConsistencyRun.RunAsync(
            new RunSettings(Seed: 1, TimeSpan.FromSeconds(40), FaultsTests.Named(fault))
            {
                Pace = 0.5,
                CalmAtFirst = TimeSpan.FromSeconds(15),
                MostFaults = 1,
                RestsWithin = TimeSpan.FromSeconds(10),
                Mutant = Mutant.All.Single(known => known.Name == mutant),
            },
            TestContext.Current.CancellationToken);

        FaultsTests.Rules(verdict.Violations).Intersect(rules).ShouldNotBeEmpty(VerdictJson.Write(verdict));
    }
}
