using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>What a department's crews do, and which of its summonses wait for one: all that allocation asks for, taken from the open whistles.</summary>
/// <param name="Next">Where crews are told to go after what they do now, each crew's in their order.</param>
public sealed record DepartmentPicture(
    DepartmentCode Department, ImmutableArray<CrewStanding> Crews, ImmutableArray<WaitingSummons> Waiting, ImmutableArray<NextStop> Next)
{
    // An exercise is served when nothing real waits.
    private const int OfExercise = -1_000_000;

    /// <summary>The picture at an instant.</summary>
    /// <param name="whistles">The open whistles that summon the department; others do no harm.</param>
    /// <param name="plans">What was ordered of the city's crews.</param>
    public static DepartmentPicture Of(
        CrewPlans plans, CityPlaces places, DepartmentCode department, IEnumerable<Whistle> whistles, ITravel travel, DateTimeOffset now)
    {
        var pack = plans.Pack;
        var plan = plans.Of(department) ?? DepartmentCrews.None;
        var open = whistles.Where(whistle => whistle.Stage == WhistleStage.Open)
            .Select(whistle => (Whistle: whistle, Summons: whistle.SummonsOf(department)!)).Where(held => held.Summons is not null).ToList();
        var crews = plans.CrewsAt(department, now);
        var busy = Busy(crews, open, pack.Allocation, places, travel);
        var next = Assign(plan, crews, open, busy, pack.Allocation, places, travel, now);
        var near = busy.Values.Select(crew => pack.Territory.Grids.GetValueOrDefault(crew.Whistle!.Value.Grid)).OfType<Grid>().CountBy(grid => grid.Subdistrict).ToDictionary();
        return new DepartmentPicture(
            department,
            [.. crews.Select(crew => busy.GetValueOrDefault(crew.Code) ?? new CrewStanding(crew, plans.OnDuty(crew, now) ? CrewState.Free : CrewState.OffDuty, null, null, null, null, null))],
            [.. open.Where(held => Waits(held.Summons) && plan.AssignedTo(held.Whistle.Id) is null).Select(held => Wait(pack, held.Whistle, held.Summons, near, places, plan, now))],
            next);
    }

    /// <summary>What the department is advised to do.</summary>
    public Allocation Propose(CityPack pack, CityPlaces places, ITravel travel, DateTimeOffset now) => AllocationRules.Propose(
        [.. Crews.Where(crew => crew.State != CrewState.OffDuty).Select(crew => crew.ToAllocatable(places, now))], Waiting, pack.Allocation, travel, now);

    // The crews that are on the way or on the spot: one look at each whistle. Of several whistles that name a crew, the first counts.
    private static Dictionary<CrewCode, CrewStanding> Busy(
        ImmutableArray<Crew> crews, List<(Whistle Whistle, Summons Summons)> open, AllocationPolicy policy, CityPlaces places, ITravel travel)
    {
        var own = crews.ToDictionary(crew => crew.Code);
        var found = new Dictionary<CrewCode, CrewStanding>();
        foreach (var (whistle, summons) in open)
        {
            foreach (var (_, checkIn) in summons.BoundCheckIns())
                Add(checkIn.Crew, CrewState.OnScene, _ => checkIn.At);
            if (summons is { CrewCommitted: true, CheckIn: null, Departure: { } departure })
                Add(departure.Crew, CrewState.OnTheWay, crew => departure.ArrivesAt ?? departure.At + travel.Estimate(crew.Vehicle, places.Of(crew), places.Of(whistle), whistle.District));

            void Add(CrewCode? code, CrewState state, Func<Crew, DateTimeOffset> arrival)
            {
                if (code is not { } named || !own.TryGetValue(named, out var crew) || found.ContainsKey(named))
                    return;
                var arrives = arrival(crew);
                found.Add(named, new CrewStanding(crew, state, whistle.Id, whistle.Level, places.Of(whistle), arrives, arrives + policy.UsualWorkMinutes.Of(whistle.Level)));
            }
        }

        return found;
    }

    // Told to go, and not yet gone: it is there as soon as it could be, and at the next place when it has done its work at the one before.
    private static ImmutableArray<NextStop> Assign(
        DepartmentCrews plan,
        ImmutableArray<Crew> crews,
        List<(Whistle Whistle, Summons Summons)> open,
        Dictionary<CrewCode, CrewStanding> busy,
        AllocationPolicy policy,
        CityPlaces places,
        ITravel travel,
        DateTimeOffset now)
    {
        var next = ImmutableArray.CreateBuilder<NextStop>();
        foreach (var (code, assignment) in plan.Assigned)
        {
            if (crews.FirstOrDefault(crew => crew.Code == code) is not { } crew)
                continue;
            foreach (var whistle in assignment.Trip.Select(id => open.Find(held => held.Whistle.Id == id).Whistle).OfType<Whistle>())
            {
                var before = busy.GetValueOrDefault(code);
                var leaves = before?.FreeAt is { } free && free > now ? free : now;
                var arrives = leaves + travel.Estimate(crew.Vehicle, next.LastOrDefault(stop => stop.Crew == code)?.At ?? before?.At ?? places.Of(crew), places.Of(whistle), whistle.District);
                var done = arrives + policy.UsualWorkMinutes.Of(whistle.Level);
                if (before is null)
                {
                    busy.Add(code, new CrewStanding(crew, CrewState.Assigned, whistle.Id, whistle.Level, places.Of(whistle), arrives, done));
                    continue;
                }

                next.Add(new NextStop(code, whistle.Id, places.Of(whistle), arrives));
                busy[code] = before with { FreeAt = done };
            }
        }

        return next.ToImmutable();
    }

    private static bool Waits(Summons summons) => summons is
        { Owes: true, CrewCommitted: false, State: SummonsState.Summoned or SummonsState.Signed, Clocks: null or { Suspended: null } };

    private static WaitingSummons Wait(
        CityPack pack, Whistle whistle, Summons summons, Dictionary<SubdistrictCode, int> near, CityPlaces places, DepartmentCrews plan, DateTimeOffset now)
    {
        var (others, missing) = (0, 0);
        foreach (var other in whistle.Summonses)
        {
            if (other.Department == summons.Department || !other.Owes)
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
            DutyList.SkillOf(pack, whistle.Matter, whistle.District, pack.Calendar.DayOf(now), summons.Department),
            Priority: whistle.IsExercise ? OfExercise : plan.Priorities.GetValueOrDefault(whistle.Id),
            HeldUntil: plan.Holds(whistle.IsExercise ? WhistleLevel.Daily : whistle.Level, now) ? plan.Throttle!.Until : null);
    }
}

/// <summary>Where a crew is told to go after what it does now.</summary>
/// <param name="ArrivesAt">When it will be there if the work before takes as long as usual.</param>
public sealed record NextStop(CrewCode Crew, WhistleId Whistle, Geography.LonLat At, DateTimeOffset ArrivesAt);

/// <summary>What a crew does.</summary>
public enum CrewState
{
    /// <summary>空闲.</summary>
    Free,

    /// <summary>已派单: told to go, and not yet gone.</summary>
    Assigned,

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
        State is CrewState.OnTheWay or CrewState.Assigned && Level < WhistleLevel.Emergency ? Whistle : null);
}
