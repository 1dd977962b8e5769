using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>What a department's crews do, and which of its summonses wait for one: all that allocation asks for, taken from the open whistles.</summary>
public sealed record DepartmentPicture(DepartmentCode Department, ImmutableArray<CrewStanding> Crews, ImmutableArray<WaitingSummons> Waiting)
{
    // An exercise is served when nothing real waits.
    private const int OfExercise = -1_000_000;

    /// <summary>The picture at an instant.</summary>
    /// <param name="whistles">The open whistles that summon the department; others do no harm.</param>
    public static DepartmentPicture Of(CityPack pack, CityPlaces places, DepartmentCode department, IEnumerable<Whistle> whistles, ITravel travel, DateTimeOffset now)
    {
        var open = whistles.Where(whistle => whistle.Stage == WhistleStage.Open && whistle.SummonsOf(department) is not null).ToList();
        var time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, pack.Calendar.Zone).DateTime);
        var crews = pack.CrewsOf(department).Select(crew => StandingOf(crew, open, pack, places, travel, time)).ToImmutableArray();
        var near = crews.Select(crew => crew.Whistle).OfType<WhistleId>().Select(whistle => pack.Territory.Grids.GetValueOrDefault(whistle.Grid)).OfType<Grid>()
            .CountBy(grid => grid.Subdistrict).ToDictionary();
        return new DepartmentPicture(department, crews, [.. open.Where(whistle => Waits(whistle, department)).Select(whistle => Wait(whistle, department, near, places))]);
    }

    /// <summary>What the department is advised to do.</summary>
    public Allocation Propose(CityPack pack, CityPlaces places, ITravel travel, DateTimeOffset now) => AllocationRules.Propose(
        [.. Crews.Where(crew => crew.State != CrewState.OffDuty).Select(crew => crew.ToAllocatable(places, now))], Waiting, pack.Allocation, travel, now);

    private static CrewStanding StandingOf(Crew crew, List<Whistle> open, CityPack pack, CityPlaces places, ITravel travel, TimeOnly time)
    {
        foreach (var whistle in open)
        {
            var summons = whistle.SummonsOf(crew.Department)!;
            var place = places.Of(whistle);
            foreach (var (_, checkIn) in summons.BoundCheckIns())
            {
                if (checkIn.Crew == crew.Code)
                    return new CrewStanding(crew, CrewState.OnScene, whistle.Id, whistle.Level, place, checkIn.At, checkIn.At + pack.Allocation.UsualWorkMinutes.Of(whistle.Level));
            }

            if (summons is { CrewCommitted: true, CheckIn: null, Departure: { } departure } && departure.Crew == crew.Code)
            {
                var arrives = departure.ArrivesAt ?? departure.At + travel.Estimate(crew.Vehicle, places.Of(crew), place, whistle.District);
                return new CrewStanding(crew, CrewState.OnTheWay, whistle.Id, whistle.Level, place, arrives, arrives + pack.Allocation.UsualWorkMinutes.Of(whistle.Level));
            }
        }

        return new CrewStanding(crew, crew.Works(time) ? CrewState.Free : CrewState.OffDuty, null, null, null, null, null);
    }

    private static bool Waits(Whistle whistle, DepartmentCode department) => whistle.SummonsOf(department) is
        { Owes: true, CrewCommitted: false, State: SummonsState.Summoned or SummonsState.Signed, Clocks: null or { Suspended: null } };

    private static WaitingSummons Wait(Whistle whistle, DepartmentCode department, Dictionary<SubdistrictCode, int> near, CityPlaces places)
    {
        var summons = whistle.SummonsOf(department)!;
        var (others, missing) = (0, 0);
        foreach (var other in whistle.Summonses)
        {
            if (other.Department == department || !other.Owes)
                continue;
            if (other.CrewCommitted)
                others++;
            else
                missing++;
        }

        return new WaitingSummons(
            whistle.Id,
            whistle.IsExercise ? WhistleLevel.Daily : whistle.Level,
            whistle.Subdistrict,
            whistle.District,
            places.Of(whistle),
            whistle.AskedAt(summons),
            summons.CheckInBy,
            others,
            missing,
            near.GetValueOrDefault(whistle.Subdistrict),
            Priority: whistle.IsExercise ? OfExercise : 0);
    }
}

/// <summary>What a crew does.</summary>
public enum CrewState
{
    /// <summary>空闲.</summary>
    Free,

    /// <summary>途中.</summary>
    OnTheWay,

    /// <summary>在场.</summary>
    OnScene,

    /// <summary>不在班.</summary>
    OffDuty,
}

/// <summary>What a crew does, and since when and until when.</summary>
/// <param name="At">Where it is or goes to; null while it is free.</param>
/// <param name="ArrivesAt">When it is or was on the spot.</param>
/// <param name="FreeAt">When it will be free if the work takes as long as usual.</param>
public sealed record CrewStanding(
    Crew Crew, CrewState State, WhistleId? Whistle, WhistleLevel? Level, Geography.LonLat? At, DateTimeOffset? ArrivesAt, DateTimeOffset? FreeAt)
{
    internal AllocatableCrew ToAllocatable(CityPlaces places, DateTimeOffset now) => new(
        Crew.Code,
        State == CrewState.OnScene ? At!.Value : places.Of(Crew),
        Crew.Vehicle,
        Crew.PostedTo,
        Crew.Skills,
        FreeAt is { } free ? (free > now ? free : now) : null,
        State == CrewState.OnTheWay && Level < WhistleLevel.Emergency ? Whistle : null);
}
