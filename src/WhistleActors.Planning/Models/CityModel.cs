using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Planning.Models;

/// <summary>A city and a plan with every code turned into an index, so that a run looks nothing up. Immutable, and shared by all replications.</summary>
internal sealed class CityModel
{
    /// <summary>After the last day a run goes on this long, so that whoever waits can still be served.</summary>
    internal static readonly TimeSpan Overrun = TimeSpan.FromDays(14);

    private static readonly DepartmentKind[] Kinds = Enum.GetValues<DepartmentKind>();
    private static readonly Vehicle[] Vehicles = Enum.GetValues<Vehicle>();
    private static readonly WhistleLevel[] Levels = Enum.GetValues<WhistleLevel>();

    private readonly TimeLimit[] limits;
    private readonly int[] ruledMinutes;
    private readonly int[] kindOf;
    private readonly double[] secondsPerMetre;
    private readonly Called[][][] summoned;
    private readonly int[] segmentOf;
    private readonly FlatMap flat;

    internal CityModel(CityPack pack, Plan plan)
    {
        (Pack, Plan) = (pack, plan);
        Clock = new WorkClock(pack.Calendar, plan.Start, plan.Days + (int)Overrun.TotalDays + 30);
        End = Clock.Midnight(plan.Days);
        Grids = [.. pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal)];
        Departments = [.. pack.Departments.Values.OrderBy(department => department.Code.Text, StringComparer.Ordinal)];
        Subdistricts = [.. pack.Territory.Subdistricts.Keys.OrderBy(code => code.Text, StringComparer.Ordinal)];
        Matters = [.. pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal)];
        var districts = pack.Territory.Districts.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).ToArray();
        var (districtIndex, subdistrictIndex) = (Index(districts), Index(Subdistricts));
        SubdistrictOf = [.. Grids.Select(grid => subdistrictIndex[grid.Subdistrict])];
        DistrictOf = [.. Grids.Select(grid => districtIndex[grid.District])];

        flat = new FlatMap(Grids.Select(grid => grid.Area.InnerPoint()));
        Spots = flat.Points;
        DepartmentIndex = Index([.. Departments.Select(department => department.Code)]);
        (limits, ruledMinutes, kindOf) = ReadLimits();
        secondsPerMetre = [.. districts.SelectMany(district => Vehicles.Select(vehicle => SecondsPerMetreOf(vehicle, district)))];
        SetOut = plan.SetOut ?? new TimeLaw(TimeShape.Constant, pack.Travel.SetOut);
        Skills = [.. pack.Duties.Values.SelectMany(duties => duties).Select(duty => duty.Skill).OfType<SkillCode>().Distinct().OrderBy(skill => skill.Text, StringComparer.Ordinal)];
        (summoned, segmentOf) = ReadDuties(districts);
        Crews = CrewDeal.Of(this, flat);
        Streams = [.. plan.Arrivals.Select((arrivals, number) => new StreamModel(this, arrivals, number))];
    }

    private CityModel(CityModel like, ImmutableArray<CrewRule> crews)
    {
        (Pack, Plan, Clock, End, Grids, Departments, Subdistricts, Matters) =
            (like.Pack, like.Plan with { Crews = crews }, like.Clock, like.End, like.Grids, like.Departments, like.Subdistricts, like.Matters);
        (SubdistrictOf, DistrictOf, flat, Spots, DepartmentIndex, Skills, SetOut) =
            (like.SubdistrictOf, like.DistrictOf, like.flat, like.Spots, like.DepartmentIndex, like.Skills, like.SetOut);
        (limits, ruledMinutes, kindOf, secondsPerMetre, summoned, segmentOf, Streams) =
            (like.limits, like.ruledMinutes, like.kindOf, like.secondsPerMetre, like.summoned, like.segmentOf, like.Streams);
        Crews = CrewDeal.Of(this, flat);
    }

    /// <summary>The same city under the same plan with other crews; nothing else is worked out again.</summary>
    internal CityModel WithCrews(ImmutableArray<CrewRule> crews) => new(this, crews);

    internal CityPack Pack { get; }

    internal Plan Plan { get; }

    internal WorkClock Clock { get; }

    /// <summary>When the last whistle may be blown.</summary>
    internal long End { get; }

    internal Grid[] Grids { get; }

    internal Department[] Departments { get; }

    internal Dictionary<DepartmentCode, int> DepartmentIndex { get; }

    /// <summary>What duties ask of a crew.</summary>
    internal SkillCode[] Skills { get; }

    internal SubdistrictCode[] Subdistricts { get; }

    internal MatterCode[] Matters { get; }

    internal int[] SubdistrictOf { get; }

    internal int[] DistrictOf { get; }

    /// <summary>A point of each grid, metres on a plane.</summary>
    internal (double X, double Y)[] Spots { get; }

    internal CrewDeal Crews { get; }

    internal StreamModel[] Streams { get; }

    /// <summary>From being sent until the crew leaves.</summary>
    internal TimeLaw SetOut { get; }

    /// <summary>How long a vehicle takes for a metre of the straight line to or from a grid, as <see cref="StraightLineTravel"/> has it.</summary>
    internal double SecondsPerMetre(Vehicle vehicle, int grid) => secondsPerMetre[(DistrictOf[grid] * Vehicles.Length) + (int)vehicle];

    /// <summary>The departments that owe a check-in for a matter in a district on a day.</summary>
    internal Called[] Summoned(int day, int matter, int grid) => summoned[segmentOf[day]][(matter * DistrictCount) + DistrictOf[grid]];

    /// <summary>The first day of each span in which the same departments are summoned, and how many whistles are expected in it.</summary>
    internal IEnumerable<(int FirstDay, double Whistles)> Segments(Arrivals arrivals) =>
        Enumerable.Range(0, Plan.Days).GroupBy(day => segmentOf[day]).Select(days => (days.First(), days.Sum(day => arrivals.ExpectedOn(Plan.Start, day))));

    /// <summary>When a check-in is due.</summary>
    internal long DueAt(long blown, int matter, int level, int department)
    {
        var ruled = ruledMinutes[(level * Departments.Length) + department];
        return ruled > 0
            ? blown + (ruled * TimeSpan.TicksPerMinute)
            : Clock.DueAt(blown, limits[(((matter * Levels.Length) + level) * Kinds.Length) + kindOf[department]]);
    }

    internal static Dictionary<T, int> Index<T>(T[] codes)
        where T : notnull => codes.Select((code, index) => (code, index)).ToDictionary(pair => pair.code, pair => pair.index);

    private double SecondsPerMetreOf(Vehicle vehicle, DistrictCode district)
    {
        var roads = Pack.Travel.RoadsOf(district);
        var speed = Plan.Travel.KmPerHour ?? Math.Min(roads.KilometresPerHour, Pack.Travel.SpeedOf(vehicle));
        return speed > 0 ? (Plan.Travel.Detour ?? roads.Detour) * 3.6 / speed : 0;
    }

    private int DistrictCount => Pack.Territory.Districts.Count;

    private (TimeLimit[] Limits, int[] Ruled, int[] KindOf) ReadLimits()
    {
        var table = new TimeLimit[Matters.Length * Levels.Length * Kinds.Length];
        var place = 0;
        foreach (var matter in Matters)
        {
            foreach (var level in Levels)
            {
                foreach (var kind in Kinds)
                    table[place++] = Pack.Deadlines.LimitFor(Domain.Deadlines.Clock.CheckIn, level, matter, kind);
            }
        }

        var ruled = new int[Levels.Length * Departments.Length];
        foreach (var rule in Plan.Limits)
        {
            for (var level = 0; level < Levels.Length; level++)
            {
                if (rule.Level is { } only && only != Levels[level])
                    continue;
                foreach (var department in rule.Departments.IsEmpty ? Enumerable.Range(0, Departments.Length) : rule.Departments.Select(code => DepartmentIndex[code]))
                    ruled[(level * Departments.Length) + department] = rule.Minutes;
            }
        }

        return (table, ruled, [.. Departments.Select(department => Array.IndexOf(Kinds, department.Kind))]);
    }

    // Duties begin and end on days; between two such days the proposals stay the same.
    private (Called[][][] Summoned, int[] SegmentOf) ReadDuties(DistrictCode[] districts)
    {
        var skills = Index(Skills);
        var days = Plan.Days + 1;
        var changes = Pack.Duties.Values.SelectMany(duties => duties)
            .SelectMany(duty => (int[])[duty.ValidFrom.DayNumber, duty.ValidTo is { } last && last < DateOnly.MaxValue ? last.DayNumber + 1 : int.MaxValue])
            .Select(day => (long)day - Plan.Start.DayNumber)
            .Where(day => day > 0 && day < days)
            .Append(0)
            .Distinct()
            .Order()
            .ToArray();
        var tables = changes.Select(change =>
        {
            var (table, on) = (new Called[Matters.Length * districts.Length][], Plan.Start.AddDays((int)change));
            for (var matter = 0; matter < Matters.Length; matter++)
            {
                for (var district = 0; district < districts.Length; district++)
                {
                    table[(matter * districts.Length) + district] =
                    [
                        .. DutyList.Propose(Pack, Matters[matter], districts[district], on)
                            .Where(summons => summons.Role != DutyRole.Notified)
                            .Select(summons => new Called(
                                DepartmentIndex[summons.Department],
                                DutyList.SkillOf(Pack, Matters[matter], districts[district], on, summons.Department) is { } skill ? skills[skill] : Called.AnyCrew)),
                    ];
                }
            }

            return table;
        }).ToArray();
        return (tables, [.. Enumerable.Range(0, days).Select(day => changes.Count(change => change <= day) - 1)]);
    }
}

/// <summary>A department that owes a check-in.</summary>
/// <param name="Skill">The index of what its duty asks of a crew; <see cref="AnyCrew"/> when any will do.</param>
internal readonly record struct Called(int Department, int Skill)
{
    internal const int AnyCrew = -1;
}

/// <summary>The city on a plane: metres east and north of its middle, true to well under one part in a hundred at the size of a city.</summary>
internal sealed class FlatMap
{
    // IUGG mean radius.
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly double shrink;

    internal FlatMap(IEnumerable<LonLat> points)
    {
        var all = points.ToArray();
        shrink = Math.Cos(all.Average(point => point.Lat) * Math.PI / 180);
        Points = [.. all.Select(Place)];
    }

    internal (double X, double Y)[] Points { get; }

    internal (double X, double Y) Place(LonLat point) => (point.Lon * MetresPerDegree * shrink, point.Lat * MetresPerDegree);
}
