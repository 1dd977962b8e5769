using WhistleActors.Contract.City;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Geography;
using WhistleActors.Simulator.Cities;

namespace WhistleActors.Simulator.Plans;

/// <summary>Draws what will happen. The same seed draws the same, whatever the order of asking.</summary>
internal sealed class Planner(int seed, CityMap city, Temper temper, SlowCrews? slow = null)
{
    private readonly IReadOnlyList<MatterView> urgent = [.. city.Matters.Where(IsUrgent)];
    private readonly IReadOnlyList<MatterView> ordinary = [.. city.Matters.Where(matter => !IsUrgent(matter))];

    /// <summary>The whistle of that number: anywhere in the city.</summary>
    /// <param name="urgency">Share of emergencies.</param>
    public WhistlePlan Whistle(long number, double urgency)
    {
        var random = StableRandom.For(seed, number, "whistle");
        return Whistle(number, city.Cells[random.Next(city.Cells.Count)], urgency, random);
    }

    /// <summary>The whistle of that number in a grid.</summary>
    public WhistlePlan Whistle(long number, Cell cell, double urgency) => Whistle(number, cell, urgency, StableRandom.For(seed, number, "whistle-in-grid"));

    /// <summary>The whistle of that number in a grid, about a matter, at a level (<c>daily</c>, <c>campaign</c>, <c>emergency</c>).</summary>
    public WhistlePlan Whistle(long number, Cell cell, MatterView matter, string level)
    {
        var occasion = level switch
        {
            "emergency" => "emergency",
            "campaign" => "key-work",
            _ => "public-demand",
        };
        return Whistle(number, cell, matter, occasion, level, StableRandom.For(seed, number, "whistle-of-matter"));
    }

    /// <summary>What a department does about a summons.</summary>
    public SummonsPlan Summons(long number, string department)
    {
        var random = StableRandom.For(seed, number, department);
        var attendance = random.NextDouble();
        var proof = random.NextDouble();
        var times = slow is not null && StableRandom.For(seed, number, $"{department} slow").NextDouble() < slow.Share ? slow.Times : 1;
        return new SummonsPlan(
            attendance < temper.Never ? Attendance.Never : attendance < temper.Never + temper.Late ? Attendance.Late : Attendance.Prompt,
            SignsFirst: random.NextDouble() < 0.9,
            Announces: random.NextDouble() < 0.85,
            StraysFirst: random.NextDouble() < temper.Stray,
            proof < 0.04 ? Proof.Witnessed : proof < 0.12 ? Proof.NearEdge : proof < 0.45 && city.IsChinese ? Proof.InsideGcj02 : Proof.Inside,
            Vetoes: random.NextDouble() < temper.Veto ? (random.NextDouble() < 0.2 ? 2 : 1) : 0,
            Ledgers: random.NextDouble() < temper.Ledger,
            Headcount: 1 + (int)(Arrivals.Exponential(TimeSpan.FromMinutes(3), random).TotalMinutes),
            Sign: Minutes(3),
            Prepare: Minutes(4),
            Travel: Minutes(14) * times,
            Work: Minutes(35) * times,
            Judge: Minutes(8));

        TimeSpan Minutes(double median) => Arrivals.LogNormal(TimeSpan.FromMinutes(median), 0.5, random);
    }

    private static bool IsUrgent(MatterView matter) =>
        matter.Category.Zh.Contains("突发", StringComparison.Ordinal) || matter.Category.En.Contains("emergenc", StringComparison.OrdinalIgnoreCase);

    private WhistlePlan Whistle(long number, Cell cell, double urgency, Random random)
    {
        var isUrgent = (random.NextDouble() < urgency && urgent.Count > 0) || ordinary.Count == 0;
        var matters = isUrgent ? urgent : ordinary;
        var matter = matters[random.Next(matters.Count)];
        var (occasion, level) = isUrgent
            ? ("emergency", "emergency")
            : random.NextDouble() switch
            {
                < 0.50 => ("public-demand", "daily"),
                < 0.70 => ("joint-enforcement", "daily"),
                < 0.85 => ("key-work", "campaign"),
                _ => ("joint-enforcement", "campaign"),
            };
        return Whistle(number, cell, matter, occasion, level, random);
    }

    private WhistlePlan Whistle(long number, Cell cell, MatterView matter, string occasion, string level, Random random)
    {
        var chain = occasion switch
        {
            "public-demand" => "service",
            "key-work" => random.NextDouble() < 0.5 ? "management" : "development",
            _ => random.NextDouble() < 0.3 ? null : "enforcement",
        };
        var request = new BlowRequest(
            matter.Code,
            occasion,
            level,
            chain,
            Descriptions.Of(matter, city.IsChinese, random),
            random.NextDouble() < 0.8 ? Spot(cell, random) : null);
        return new WhistlePlan(number, cell.Code, request, random.NextDouble() < 0.05, random.NextDouble() < temper.Withdraw);
    }

    private PlaceRequest Spot(Cell cell, Random random)
    {
        var place = RandomPlaces.Inside(cell.Area, random);
        if (!city.IsChinese || random.NextDouble() < 0.6)
            return new PlaceRequest(place.Lon, place.Lat, "wgs84");
        var shifted = Gcj02.FromWgs84(place);
        return new PlaceRequest(shifted.Lon, shifted.Lat, "gcj02");
    }
}
