using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Deadlines;

/// <summary>
/// The time limits of a city. A pack without a catch-all line for signing and for checking in is refused, so that these two clocks always
/// run; each of the others runs only where a line gives it a limit.
/// </summary>
public sealed record DeadlineTable(ImmutableArray<DeadlineRule> Rules)
{
    /// <summary>The clocks without which there is no whistle mechanism: every pack must limit them for every whistle.</summary>
    public static IReadOnlyList<Clock> AlwaysRunning { get; } = [Clock.Sign, Clock.CheckIn];

    /// <summary>The limit that applies, null when none does: most conditions first, then matter over level over kind of department, then the earlier line.</summary>
    public TimeLimit? FindLimit(Clock clock, WhistleLevel level, MatterCode matter, DepartmentKind kind)
    {
        DeadlineRule? best = null;
        var bestRank = -1;
        foreach (var rule in Rules)
        {
            if (rule.Clock != clock
                || (rule.Level is { } l && l != level)
                || (rule.Matter is { } m && m != matter)
                || (rule.DepartmentKind is { } k && k != kind))
                continue;
            var rank = (rule.Matter is null ? 0 : 10 + 4) + (rule.Level is null ? 0 : 10 + 2) + (rule.DepartmentKind is null ? 0 : 10 + 1);
            if (rank > bestRank)
                (best, bestRank) = (rule, rank);
        }

        return best?.Limit;
    }

    /// <summary>The limit of a clock that always runs.</summary>
    public TimeLimit LimitFor(Clock clock, WhistleLevel level, MatterCode matter, DepartmentKind kind) =>
        FindLimit(clock, level, matter, kind) ?? throw new InvalidOperationException($"The city pack has no catch-all limit for {clock}.");
}
