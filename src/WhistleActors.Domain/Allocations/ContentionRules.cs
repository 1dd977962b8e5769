using System.Collections.Immutable;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>Where in the city whistles want the same crews. Pure.</summary>
public static class ContentionRules
{
    /// <summary>The most spare crews that are named to a department.</summary>
    public const int MostSpare = 5;

    /// <summary>The departments that are short of crews, the shortest first. Of those that have no crews in the city pack nobody can say.</summary>
    /// <param name="whistles">All open whistles of the city: a crew is spare only if nobody wants it.</param>
    public static ImmutableArray<Contention> Of(CrewPlans plans, CityPlaces places, IEnumerable<Whistle> whistles, ITravel travel, DateTimeOffset now)
    {
        var pack = plans.Pack;
        var summoned = new Dictionary<DepartmentCode, List<Whistle>>();
        foreach (var whistle in whistles)
        {
            foreach (var summons in whistle.Summonses.Where(summons => summons.Role != Matters.DutyRole.Notified))
                (summoned.TryGetValue(summons.Department, out var list) ? list : summoned[summons.Department] = []).Add(whistle);
        }

        var pictures = summoned.ToDictionary(of => of.Key, of => DepartmentPicture.Of(plans, places, of.Key, of.Value, travel, now));
        return
        [
            .. pictures.Values.Where(picture => !picture.Crews.IsEmpty && Waiting(picture) > Free(picture).Count()).Select(Contention)
                .OrderByDescending(contention => contention.Shortage).ThenBy(contention => contention.Department.Text, StringComparer.Ordinal),
        ];

        DepartmentPicture PictureOf(DepartmentCode department) =>
            pictures.TryGetValue(department, out var picture) ? picture : DepartmentPicture.Of(plans, places, department, [], travel, now);

        Contention Contention(DepartmentPicture picture)
        {
            var free = Free(picture).Count();
            var starved = picture.Waiting.Where(summons => !summons.Held)
                .Select(summons => (Summons: summons, Pressure: AllocationRules.PressureOf(summons, pack.Allocation, now)))
                .OrderByDescending(wanted => wanted.Pressure).ThenBy(wanted => wanted.Summons.Whistle.Text, StringComparer.Ordinal)
                .Skip(free).ToList();
            return new Contention(
                picture.Department,
                picture.Crews.Count(crew => crew.State != CrewState.OffDuty),
                free,
                Waiting(picture),
                [.. picture.Crews.Where(crew => crew.Whistle is not null).OrderBy(crew => crew.FreeAt).ThenBy(crew => crew.Crew.Code.Text, StringComparer.Ordinal)],
                [.. starved.Select(wanted => new StarvedWhistle(wanted.Summons.Whistle, wanted.Summons.Level, wanted.Summons.AskedAt, wanted.Summons.CheckInBy, wanted.Pressure))],
                Spare(picture.Department, starved[0].Summons));
        }

        // A department without whistles of its own has all its crews to spare, one with some what it does not need itself.
        ImmutableArray<SpareCrew> Spare(DepartmentCode department, WaitingSummons first)
        {
            if (!pack.Departments.TryGetValue(department, out var of))
                return [];
            return
            [
                .. pack.Sisters(of).Select(other => PictureOf(other.Code))
                    .SelectMany(other => Free(other).SkipLast(Waiting(other)))
                    .Select(crew => new SpareCrew(crew.Crew, now + travel.Estimate(crew.Crew.Vehicle, places.Of(crew.Crew), first.At, first.District)))
                    .OrderBy(spare => spare.ArrivesAt).ThenBy(spare => spare.Crew.Code.Text, StringComparer.Ordinal)
                    .Take(MostSpare),
            ];
        }
    }

    private static IEnumerable<CrewStanding> Free(DepartmentPicture picture) => picture.Crews.Where(crew => crew.State == CrewState.Free);

    private static int Waiting(DepartmentPicture picture) => picture.Waiting.Count(summons => !summons.Held);
}
