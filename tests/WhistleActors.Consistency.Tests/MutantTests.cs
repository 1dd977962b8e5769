using Shouldly;
using WhistleActors.Consistency.Mutants;
using WhistleActors.Consistency.Runs;

namespace WhistleActors.Consistency.Tests;

/// <summary>Bugs that are planted into a copy of the built server are found.</summary>
public sealed class MutantTests
{
    [Theory]
    [InlineData("answer-before-persist", "kill-one-and-database", "lost")]
    [InlineData("deadline-lost-at-hand-off", "kill-two", "deadline-missed")]
    [InlineData("board-merge-without-version", "slow-wires", "screen-went-back")]
    public async Task A_planted_bug_is_found(string mutant, string fault, string rule)
    {
        var verdict = await ConsistencyRun.RunAsync(
            new RunSettings(Seed: 1, TimeSpan.FromSeconds(30), FaultsTests.Named(fault))
            {
                Pace = 0.3,
                MostFaults = 1,
                RestsWithin = TimeSpan.FromSeconds(10),
                Mutant = Mutant.All.Single(known => known.Name == mutant),
            },
            TestContext.Current.CancellationToken);

        FaultsTests.Rules(verdict.Violations).ShouldContain(rule, VerdictJson.Write(verdict));
    }
}
