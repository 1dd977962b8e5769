using WhistleActors.Domain;

namespace WhistleActors.Planning.Results;

/// <summary>Two plans under the same chance, pair by pair of replications.</summary>
/// <param name="Departments">Only those that both plans summon; the city, "*", comes first.</param>
public sealed record PlanComparison(PlanResult Before, PlanResult After, IReadOnlyList<DepartmentDifference> Departments)
{
    /// <summary>Compares what both have run: of a partial result, its replications only.</summary>
    public static PlanComparison Of(PlanResult before, PlanResult after)
    {
        var pairs = before.Runs.Join(after.Runs, run => run.Number, run => run.Number, (one, other) => (Before: one, After: other)).ToList();
        var rows = new List<DepartmentDifference>();
        if (pairs.Count > 0)
        {
            rows.Add(Row("*", before.City.Name, [.. pairs.Select(pair => (Gathering.Sum(pair.Before.Departments), Gathering.Sum(pair.After.Departments)))]));
            foreach (var (code, name, place) in before.Departments.Join(after.Departments, row => row.Code, row => row.Code, (row, _) => (row.Code, row.Name, before.PlaceOf(row.Code))))
                rows.Add(Row(code, name, [.. pairs.Select(pair => (pair.Before.Departments[place], pair.After.Departments[place]))]));
        }

        return new PlanComparison(before, after, rows);
    }

    private static DepartmentDifference Row(string code, LocalizedText name, IReadOnlyList<(DepartmentTally Before, DepartmentTally After)> pairs) =>
        new(code, name, Difference.Of(pairs, Gathering.OnTime), Difference.Of(pairs, Gathering.CheckInMinutes));
}

/// <summary>What changed for one department.</summary>
/// <param name="OnTime">Of the share on time.</param>
/// <param name="CheckInMinutes">Of the mean time to the check-in.</param>
public sealed record DepartmentDifference(string Code, LocalizedText Name, Difference? OnTime, Difference? CheckInMinutes);

/// <summary>The difference of two means, by pairs.</summary>
/// <param name="Change">After minus before, with its 95 % interval (paired Student's t).</param>
public sealed record Difference(double Before, double After, Interval Change)
{
    /// <summary>True when chance alone would hardly make such a difference: the interval does not hold 0. Of twenty that are not real, one looks so.</summary>
    public bool Real => Change.Count > 1 && (Change.Low > 0 || Change.High < 0);

    internal static Difference? Of(IReadOnlyList<(DepartmentTally Before, DepartmentTally After)> pairs, Func<DepartmentTally, double?> value)
    {
        var values = pairs.Select(pair => (Before: value(pair.Before), After: value(pair.After))).Where(pair => pair is { Before: not null, After: not null }).ToList();
        return Interval.Of([.. values.Select(pair => pair.After!.Value - pair.Before!.Value)]) is { } change
            ? new Difference(values.Average(pair => pair.Before!.Value), values.Average(pair => pair.After!.Value), change)
            : null;
    }
}
