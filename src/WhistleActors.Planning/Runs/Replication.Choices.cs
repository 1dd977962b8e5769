using System.Runtime.CompilerServices;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Planning.Runs;

internal sealed partial class Replication
{
    /// <summary>The free crew that is sent; -1 when none can do it.</summary>
    private int Best(int department, in Waiting summons)
    {
        var free = this.free.AsSpan(city.Crews.First[department], freeCount[department]);
        if (free.Length == 1)
            return city.Crews.Can(free[0], summons.Skill) ? free[0] : -1;
        var (best, most) = (-1, double.NegativeInfinity);
        foreach (var crew in free)
            Better(department, crew, summons, ref best, ref most);
        return best;
    }

    /// <summary>The crew that an emergency takes from something less, where it has not arrived yet; -1 when there is none.</summary>
    private int BestOnTheWay(int department, in Waiting emergency)
    {
        var (best, most) = (-1, double.NegativeInfinity);
        for (var crew = city.Crews.First[department]; crew < city.Crews.First[department + 1]; crew++)
        {
            if (CanBeTaken(crew))
                Better(department, crew, emergency, ref best, ref most);
        }

        return best;
    }

    private bool CanBeTaken(int crew) => crews[crew].Busy && now < crews[crew].CheckIn && tasks[crew].Level < (int)WhistleLevel.Emergency;

    // Of several that are as good, the one with fewer skills, then the one that stands first in the pack.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Better(int department, int crew, in Waiting summons, ref int best, ref double most)
    {
        if (!city.Crews.Can(crew, summons.Skill))
            return;
        var worth = Worth(department, crew, summons);
        if (worth > most || (worth == most && (city.Crews.All[crew].Skills, crew).CompareTo((city.Crews.All[best].Skills, best)) < 0))
            (best, most) = (crew, worth);
    }

    // Of several that press as much, the oldest. A scan, because what presses most changes with time, the crew's place and what others do.
    private int MostPressing(int department, int crew)
    {
        var queue = queues[department].AsSpan(0, books[department].Queue);
        if (queue.Length == 1)
            return city.Crews.Can(crew, queue[0].Skill) ? 0 : -1;
        var (best, most) = (-1, double.NegativeInfinity);
        for (var i = 0; i < queue.Length; i++)
        {
            if (!city.Crews.Can(crew, queue[i].Skill))
                continue;
            var worth = Worth(department, crew, queue[i]);
            if (worth > most || (worth == most && queue[i].Number < queue[best].Number))
                (best, most) = (i, worth);
        }

        return best;
    }

    private double Worth(int department, int crew, in Waiting summons)
    {
        var subdistrict = city.SubdistrictOf[summons.Grid];
        var post = city.Crews.All[crew].Post;
        return Choice.Worth(
            city.Pack.Allocation,
            summons,
            open[summons.Whistle],
            crewsOut[department]?[subdistrict] ?? 0,
            Way(crew, summons.Grid),
            post >= 0 && post != subdistrict,
            now);
    }

    // Expected ticks from where a crew is.
    private double Way(int crew, int grid)
    {
        var pace = city.SecondsPerMetre(city.Crews.All[crew].Vehicle, grid) * TimeSpan.TicksPerSecond;
        if (pace == 0)
            return 0;
        var (spot, (x, y)) = (city.Spots[grid], At(crew));
        return Math.Sqrt(((spot.X - x) * (spot.X - x)) + ((spot.Y - y) * (spot.Y - y))) * pace;
    }

    // Who is on the way is as far as the time that has passed. Who has been free for as long as the way home takes is at home.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (double X, double Y) At(int crew)
    {
        ref readonly var model = ref city.Crews.All[crew];
        ref readonly var place = ref crews[crew];
        if (place.Grid < 0)
            return (model.X, model.Y);
        var spot = city.Spots[place.Grid];
        if (place.Busy)
        {
            var left = place.Since + tasks[crew].SetOut;
            var (from, share) = (place.From, now <= left ? 0 : now >= place.CheckIn ? 1 : (double)(now - left) / (place.CheckIn - left));
            return (from.X + (share * (spot.X - from.X)), from.Y + (share * (spot.Y - from.Y)));
        }

        var home = Math.Sqrt(((spot.X - model.X) * (spot.X - model.X)) + ((spot.Y - model.Y) * (spot.Y - model.Y)));
        return now - place.Since < home * city.SecondsPerMetre(model.Vehicle, place.Grid) * TimeSpan.TicksPerSecond ? spot : (model.X, model.Y);
    }

    /// <param name="queued">How many wait; the summons itself is one of them, or comes after them.</param>
    private void Tell(int department, int crew, in Waiting summons, int queued)
    {
        if (chosen is null)
            return;
        var (number, all) = (summons.Number, queues[department][..queued]);
        Waiting[] waiting = all.Any(one => one.Number == number) ? all : [.. all, summons];
        var crewsOfIt = Enumerable.Range(city.Crews.First[department], city.Crews.CountOf(department));
        var free = this.free.AsSpan(city.Crews.First[department], freeCount[department]).ToArray();
        chosen(new SeenChoice(
            now,
            [.. crewsOfIt.Where(one => free.Contains(one) || CanBeTaken(one)).Select(one => new SeenCrew(one, !free.Contains(one), [.. waiting.Select(to => Way(one, to.Grid))]))],
            [.. waiting.Select(one => new SeenWaiting(one, open[one.Whistle].Sent, open[one.Whistle].Unsent - 1, crewsOut[department]?[city.SubdistrictOf[one.Grid]] ?? 0))],
            crew,
            number));
    }
}

/// <summary>A choice that a run made, and all that could have been chosen then.</summary>
/// <param name="Now">Ticks from the plan's first midnight.</param>
/// <param name="Crews">Of the department, those that are free or on the way to something less than an emergency.</param>
/// <param name="Waiting">Of the department's summonses, those that nobody is on the way to.</param>
/// <param name="Crew">Who goes.</param>
/// <param name="Number">To which of the summonses.</param>
internal sealed record SeenChoice(long Now, IReadOnlyList<SeenCrew> Crews, IReadOnlyList<SeenWaiting> Waiting, int Crew, long Number);

/// <param name="OnTheWay">True when it would be taken from something else.</param>
/// <param name="Travel">Ticks, as expected, to each of the summonses.</param>
internal sealed record SeenCrew(int Crew, bool OnTheWay, IReadOnlyList<double> Travel);

/// <param name="Near">Crews that the department has out in the same subdistrict.</param>
internal sealed record SeenWaiting(Waiting Summons, int Others, int Missing, int Near);
