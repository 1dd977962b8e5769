using System.Collections.Immutable;
using WhistleActors.CityPacks;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Results;
using WhistleActors.Planning.Runs;
using WhistleActors.Testing;
using Xunit;

namespace WhistleActors.Planning.Tests;

/// <summary>The example city, and plans for it: the matter "other" summons the command centre alone, so that its plans are a single queue.</summary>
internal static class SampleCity
{
    public static CityPack Pack { get; } = Read("example");

    public static DepartmentCode Command { get; } = DepartmentCode.Parse("command");

    public static CityPack Read(string id) => ((CityPackReading.Loaded)CityPackReader.Read(Repository.Pack(id))).Pack;

    /// <summary>One queue with so many servers and no travel, fed by a Poisson stream.</summary>
    public static Plan Queue(double perHour, int crews, TimeLaw work, int days, int replications, int seed = 7) => Blank(days, replications, seed) with
    {
        Work = work,
        Travel = new TravelAssumption(1, 0, 0),
        Arrivals = [Steady("other", perHour)],
        Crews = [new CrewRule([Command], crews, 0, [], 0, null)],
    };

    /// <summary>Burst mains everywhere, with travel: the waterworks and the district's roads bureau come.</summary>
    public static Plan Mains(double perHour, int days = 10, int replications = 8) => Blank(days, replications, 3) with
    {
        SetOut = new TimeLaw(TimeShape.Exponential, TimeSpan.FromMinutes(5)),
        Arrivals = [Steady("burst-main", perHour, [0.7, 0.2, 0.1])],
    };

    public static Arrivals.Steady Steady(string matter, double perHour, params ImmutableArray<double> levels) => new(
        1,
        [(MatterCode.Parse(matter), 1)],
        [.. Pack.Territory.Grids.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).Select(code => (code, 1.0))],
        levels.IsDefaultOrEmpty ? [1, 0, 0] : levels,
        [.. Enumerable.Repeat(perHour, 7 * 24)]);

    public static PlanResult Run(Plan plan, int threads = 1) => Planner.Run(Pack, plan, threads, null, TestContext.Current.CancellationToken);

    public static PlanComparison Compare(Plan before, Plan after) => Planner.Compare(Pack, before, after, 2, null, TestContext.Current.CancellationToken);

    public static CrewNeed CrewsNeeded(Plan plan, DepartmentCode department) =>
        Planner.CrewsNeeded(Pack, plan, department, 2, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("Nobody stopped it.");

    private static Plan Blank(int days, int replications, int seed) => new(
        new LocalizedText("试验", "A test"),
        "example",
        new DateOnly(2026, 3, 2),
        days,
        TimeSpan.FromDays(1),
        replications,
        seed,
        0.95,
        TimeLaw.None,
        new TimeLaw(TimeShape.Lognormal, TimeSpan.FromMinutes(40), 0.8),
        TravelAssumption.Default,
        [],
        [],
        [],
        []);
}
