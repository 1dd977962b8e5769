using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Deadlines;

/// <summary>The time limits of a city. A pack without a catch-all line for each clock is refused, so there is always an answer.</summary>
public sealed record DeadlineTable(ImmutableArray<DeadlineRule> Rules)
{
    /// <summary>The limit that applies: most conditions first, then matter over level over kind of department, then the earlier line.</summary>
    public TimeLimit LimitFor(Clock clock, WhistleLevel level, MatterCode matter, DepartmentKind kind)
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

        return best?.Limit ?? throw new InvalidOperationException($"The city pack has no catch-all limit for {clock}.");
    }
}
