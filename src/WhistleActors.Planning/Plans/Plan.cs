using System.Collections.Immutable;
using WhistleActors.Domain;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;

namespace WhistleActors.Planning.Plans;

/// <summary>What is to be simulated: a city's time, its whistles and its crews. Codes are known to exist; <see cref="PlanReader"/> sees to that.</summary>
/// <param name="City">The id of the city pack.</param>
/// <param name="Start">The first day.</param>
/// <param name="Days">For so many days whistles are blown.</param>
/// <param name="WarmUp">Whistles of this first time are simulated and not counted.</param>
/// <param name="SetOut">From being sent until the crew leaves; null for what the city pack says.</param>
/// <param name="Target">The share of check-ins that are to be on time, for the search over crew numbers.</param>
public sealed record Plan(
    LocalizedText Name,
    string City,
    DateOnly Start,
    int Days,
    TimeSpan WarmUp,
    int Replications,
    int Seed,
    double Target,
    TimeLaw? SetOut,
    TimeLaw Work,
    TravelAssumption Travel,
    ImmutableArray<Arrivals> Arrivals,
    ImmutableArray<CrewRule> Crews,
    ImmutableArray<CrewMove> Moves,
    ImmutableArray<LimitRule> Limits)
{
    /// <summary>How many whistles one replication is expected to blow.</summary>
    public double ExpectedWhistles => Arrivals.Sum(arrivals => arrivals.Expected(Start, Days));

    /// <summary>What holds for a department; null when the plan says nothing about it.</summary>
    public CrewRule? RuleFor(DepartmentCode department) => Crews.LastOrDefault(rule => rule.Departments.Contains(department));
}

/// <summary>How large a plan may be.</summary>
/// <param name="Days">The longest.</param>
/// <param name="WhistlesOnce">Expected in one replication; all of them could wait at once.</param>
/// <param name="Whistles">Expected in all replications.</param>
/// <param name="Crews">Of all departments together.</param>
public sealed record PlanBounds(int Days, int Replications, double WhistlesOnce, double Whistles, int Crews)
{
    /// <summary>For a plan that somebody runs on a machine of their own.</summary>
    public static PlanBounds Files { get; } = new(PlanReader.MostDays, 10_000, 5_000_000, 100_000_000, 1_000_000);
}

/// <summary>How crews travel: as the city pack says (<see cref="Domain.Travel.TravelPolicy"/>), where the plan does not know better.</summary>
/// <param name="Detour">The way over the straight line; null for the roads of each district.</param>
/// <param name="KmPerHour">0 means that travelling takes no time; null for the slower of the roads' speed and the vehicle's.</param>
/// <param name="Variation">How much one journey differs from the next: standard deviation over mean of a lognormal factor.</param>
public sealed record TravelAssumption(double? Detour, double? KmPerHour, double Variation)
{
    /// <summary>The city pack's. How much journeys vary was measured for no city of ours.</summary>
    public static TravelAssumption Default { get; } = new(null, null, 0.3);
}

/// <summary>Where whistles come from.</summary>
/// <param name="Line">Where the plan says so, for messages.</param>
/// <param name="Matters">With their weights; one at least.</param>
/// <param name="Grids">With their weights; one at least.</param>
/// <param name="Levels">Shares of daily, campaign and emergency whistles, which sum to 1.</param>
public abstract record Arrivals(int Line, ImmutableArray<(MatterCode Matter, double Weight)> Matters, ImmutableArray<(GridCode Grid, double Weight)> Grids, ImmutableArray<double> Levels)
{
    /// <summary>The place of a day in its week, Monday 0.</summary>
    public static int WeekdayOf(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    /// <summary>How many whistles are expected in so many days.</summary>
    public double Expected(DateOnly start, int days) => Enumerable.Range(0, days).Sum(day => ExpectedOn(start, day));

    /// <summary>How many whistles are expected on a day, counted from 0.</summary>
    internal abstract double ExpectedOn(DateOnly start, int day);

    /// <summary>A Poisson stream whose rate changes by the hour.</summary>
    /// <param name="PerHour">Whistles in each of the 168 hours of a week, Monday's first, in the city's time.</param>
    public sealed record Steady(
        int Line,
        ImmutableArray<(MatterCode Matter, double Weight)> Matters,
        ImmutableArray<(GridCode Grid, double Weight)> Grids,
        ImmutableArray<double> Levels,
        ImmutableArray<double> PerHour) : Arrivals(Line, Matters, Grids, Levels)
    {
        internal override double ExpectedOn(DateOnly start, int day) =>
            Enumerable.Range(WeekdayOf(start.AddDays(day)) * 24, 24).Sum(hour => PerHour[hour]);
    }

    /// <summary>So many whistles at random instants of a short time; each in a grid of its own as long as there are grids.</summary>
    /// <param name="At">From the plan's first midnight.</param>
    public sealed record Storm(
        int Line,
        ImmutableArray<(MatterCode Matter, double Weight)> Matters,
        ImmutableArray<(GridCode Grid, double Weight)> Grids,
        ImmutableArray<double> Levels,
        TimeSpan At,
        TimeSpan Within,
        int Whistles) : Arrivals(Line, Matters, Grids, Levels)
    {
        internal override double ExpectedOn(DateOnly start, int day) => day == At.Days ? Whistles : 0;
    }
}

/// <summary>What a department has instead of what the city pack says; the last rule that names a department holds for it.</summary>
/// <param name="Departments">Whom the rule is about.</param>
/// <param name="Count">So many crews; null for as many as the pack lists.</param>
/// <param name="Add">So many more.</param>
/// <param name="Shifts">When they work; empty for day and night.</param>
/// <param name="Absence">The share of crews that do not come on a day.</param>
/// <param name="Work">How long they work on the spot; null for the plan's.</param>
public sealed record CrewRule(ImmutableArray<DepartmentCode> Departments, int? Count, int Add, ImmutableArray<Shift> Shifts, double Absence, TimeLaw? Work)
{
    /// <summary>The most crews that a department may have.</summary>
    public const int MostCrews = 10_000;
}

/// <summary>A time of each day at which crews are on duty.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight, later than <paramref name="From"/>; above 1440 for one that ends the next day.</param>
/// <param name="Crews">So many crews; null when the department's are dealt out evenly.</param>
public sealed record Shift(int From, int To, int? Crews);

/// <summary>A crew that is elsewhere than the pack says: posted to a subdistrict, or lent to another department.</summary>
/// <param name="PostedTo">Where it is at home now; null when it is lent.</param>
/// <param name="LentTo">Whom it serves now; null when it is posted.</param>
public sealed record CrewMove(CrewCode Crew, SubdistrictCode? PostedTo, DepartmentCode? LentTo);

/// <summary>Another time limit for checking in than the pack's; the last rule that fits holds.</summary>
/// <param name="Level">Null for every level.</param>
/// <param name="Departments">Empty for every department.</param>
/// <param name="Minutes">Wall-clock minutes.</param>
public sealed record LimitRule(WhistleLevel? Level, ImmutableArray<DepartmentCode> Departments, int Minutes);
