using CsCheck;
using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>
/// The invariants of the field under chance. A default run gives at least 20,000 orders; with <c>WHISTLE_LONG_TESTS=1</c> more than 100,000.
/// A failure prints the shortest life that breaks a rule and the seed to live it again (<c>CsCheck_Seed</c>).
/// </summary>
public sealed class RandomLifeTests
{
    /// <summary>One number is one step; lives of about a hundred.</summary>
    internal static readonly Gen<uint[]> Lives = Gen.UInt.Array[80, 120];

    internal static bool Long => Environment.GetEnvironmentVariable("WHISTLE_LONG_TESTS") == "1";

    [Fact]
    public void Whatever_anybody_orders_at_whatever_time_the_invariants_hold()
    {
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var orders = 0;

        Lives.Sample(steps => _ = RandomLife.Live(steps, Count), iter: Long ? 4_000 : 1_000, threads: 1, print: Print);

        var summary = string.Join("\n", seen.Select(entry => $"{entry.Key}: {entry.Value}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{orders} orders\n{summary}");
        orders.ShouldBeGreaterThan(Long ? 100_000 : 20_000);
        foreach (var command in typeof(GridCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GridCommand)) && !type.IsAbstract))
            seen.GetValueOrDefault(command.Name + " accepted").ShouldBePositive(summary);
        seen.Count(entry => entry.Key.StartsWith("refused ", StringComparison.Ordinal)).ShouldBeGreaterThan(35, summary);

        void Count(GridCommand command, Decision decision)
        {
            orders++;
            var name = decision switch
            {
                Decision.Accepted => command.GetType().Name + " accepted",
                Decision.Refused refused => "refused " + refused.Refusal.Code,
                _ => "repeated",
            };
            seen[name] = seen.GetValueOrDefault(name) + 1;
        }
    }

    private static string Print(uint[] steps) => $"[{string.Join(", ", steps)}]";
}
