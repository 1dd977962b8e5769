using System.Collections.Immutable;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>Which crew goes where, when several places whistle at once (调度). Pure: the same question has the same answer.</summary>
public static class AllocationRules
{
    /// <summary>
    /// Proposes a crew for as many waiting summonses as there are free crews, so that the pressure that is relieved is the largest. When emergencies are left,
    /// crews are taken for them that have not yet arrived at a lower whistle. What is left is put in order, with the time at which a crew can be expected.
    /// </summary>
    public static Allocation Propose(
        IReadOnlyList<AllocatableCrew> crews, IReadOnlyList<WaitingSummons> waiting, AllocationPolicy policy, ITravel travel, DateTimeOffset now)
    {
        var open = waiting.Where(summons => !summons.Held).Select(summons => new Wanted(summons, PressureOf(summons, policy, now)))
            .OrderByDescending(wanted => wanted.Pressure).ThenBy(wanted => wanted.Summons.Whistle.Text, StringComparer.Ordinal).ToList();

        // Of two crews worth the same goes the one with fewer skills, so that the other is there for what needs them; then the first by code, however they were listed.
        var ordered = crews.OrderBy(crew => crew.Skills.Length).ThenBy(crew => crew.Crew.Text, StringComparer.Ordinal).ToList();
        var assigned = Assign([.. ordered.Where(crew => crew.IsFree)], open, policy, travel);

        var emergencies = open.Where(wanted => wanted.Summons.Level == WhistleLevel.Emergency && !assigned.ContainsKey(wanted.Summons.Whistle)).ToList();
        if (emergencies.Count > 0)
        {
            foreach (var taken in Assign([.. ordered.Where(crew => crew.Preemptable is not null)], emergencies, policy, travel))
                assigned.Add(taken.Key, taken.Value);
        }

        var queued = open.Where(wanted => !assigned.ContainsKey(wanted.Summons.Whistle)).ToList();
        var trips = Trips(open.Where(wanted => assigned.ContainsKey(wanted.Summons.Whistle)).ToList(), queued, assigned, policy);
        return new Allocation(
            now,
            [.. open.Where(wanted => assigned.ContainsKey(wanted.Summons.Whistle)).Select(wanted =>
            {
                var (crew, minutes, pressure) = assigned[wanted.Summons.Whistle];
                var at = now.AddMinutes(minutes);
                return new ProposedAssignment(
                    wanted.Summons.Whistle, crew.Crew, at, !(at > wanted.Summons.CheckInBy), pressure, crew.Preemptable, [.. trips[wanted.Summons.Whistle]]);
            })],
            Queue(ordered, waiting, assigned, queued, policy, travel, now));
    }

    /// <summary>How much a summons presses, before any crew is looked at.</summary>
    public static double PressureOf(WaitingSummons summons, AllocationPolicy policy, DateTimeOffset now) => summons.Priority + Pressure.Of(
        policy,
        summons.Level,
        (now - summons.AskedAt).TotalMinutes,
        summons.CheckInBy is { } by ? (by - now).TotalMinutes : double.PositiveInfinity,
        summons.Others,
        summons.Missing,
        summons.CrewsNear);

    private static Dictionary<WhistleId, (AllocatableCrew Crew, double Minutes, double Pressure)> Assign(
        List<AllocatableCrew> crews, List<Wanted> wanted, AllocationPolicy policy, ITravel travel)
    {
        var found = new Dictionary<WhistleId, (AllocatableCrew, double, double)>();
        if (crews.Count == 0 || wanted.Count == 0)
            return found;
        var byCrew = crews.Count <= wanted.Count;
        var minutes = new double[crews.Count, wanted.Count];
        var values = byCrew ? new double[crews.Count, wanted.Count] : new double[wanted.Count, crews.Count];
        for (var c = 0; c < crews.Count; c++)
        {
            for (var w = 0; w < wanted.Count; w++)
            {
                minutes[c, w] = MinutesOf(crews[c], wanted[w].Summons, travel);
                var (row, column) = byCrew ? (c, w) : (w, c);
                values[row, column] = ValueOf(crews[c], wanted[w], minutes[c, w], policy);
            }
        }

        var taken = AssignmentSolver.Solve(values);
        for (var row = 0; row < taken.Length; row++)
        {
            if (taken[row] < 0)
                continue;
            var (c, w) = byCrew ? (row, taken[row]) : (taken[row], row);
            found.Add(wanted[w].Summons.Whistle, (crews[c], minutes[c, w], values[row, taken[row]]));
        }

        return found;
    }

    // Each crew that comes free takes what presses most then: near enough to what will be, and honest about the rest.
    private static ImmutableArray<QueuedSummons> Queue(
        IReadOnlyList<AllocatableCrew> crews,
        IReadOnlyList<WaitingSummons> waiting,
        Dictionary<WhistleId, (AllocatableCrew Crew, double Minutes, double Pressure)> assigned,
        List<Wanted> queued,
        AllocationPolicy policy,
        ITravel travel,
        DateTimeOffset now)
    {
        var busy = assigned.ToDictionary(entry => entry.Value.Crew.Crew, entry => entry.Key);
        var summonses = waiting.ToDictionary(summons => summons.Whistle);
        var coming = crews.Select(crew =>
        {
            if (!busy.TryGetValue(crew.Crew, out var whistle))
                return new Coming(crew, (crew.FreeAt ?? now) < now ? now : crew.FreeAt ?? now);
            var there = summonses[whistle];
            return new Coming(crew with { At = there.At }, now.AddMinutes(assigned[whistle].Minutes) + policy.UsualWorkMinutes.Of(there.Level));
        }).ToList();
        var queue = ImmutableArray.CreateBuilder<QueuedSummons>();
        var held = waiting.Where(summons => summons.Held).OrderBy(summons => summons.AskedAt).ThenBy(summons => summons.Whistle.Text, StringComparer.Ordinal)
            .Select(summons => new Wanted(summons, PressureOf(summons, policy, now)));
        foreach (var wanted in queued.Concat(held))
        {
            var (best, arrives) = ((Coming?)null, DateTimeOffset.MaxValue);
            foreach (var next in coming)
            {
                var goes = wanted.Summons.HeldUntil is { } until && until > next.FreeAt ? until : next.FreeAt;
                if (!next.Crew.Can(wanted.Summons.Skill) || goes >= arrives)
                    continue;
                var at = goes.AddMinutes(MinutesOf(next.Crew, wanted.Summons, travel));
                if (at < arrives)
                    (best, arrives) = (next, at);
            }

            if (best is not null)
            {
                best.Crew = best.Crew with { At = wanted.Summons.At };
                best.FreeAt = arrives + policy.UsualWorkMinutes.Of(wanted.Summons.Level);
            }

            queue.Add(new QueuedSummons(
                wanted.Summons.Whistle, queue.Count + 1, best is null ? null : arrives, best is not null && !(arrives > wanted.Summons.CheckInBy), wanted.Pressure, wanted.Summons.Held));
        }

        return queue.ToImmutable();
    }

    // What lies near what a crew goes to anyway, in place and in time. Each is offered once, to the crew that is nearest.
    private static Dictionary<WhistleId, List<WhistleId>> Trips(
        List<Wanted> going, List<Wanted> queued, Dictionary<WhistleId, (AllocatableCrew Crew, double Minutes, double Pressure)> assigned, AllocationPolicy policy)
    {
        var trips = going.ToDictionary(wanted => wanted.Summons.Whistle, _ => new List<WhistleId>());
        foreach (var (summons, _) in queued)
        {
            WhistleId? nearest = null;
            var least = (double)policy.TripMetres;
            foreach (var (there, _) in going)
            {
                var metres = there.At.MetresTo(summons.At);
                if (metres > least || (there.AskedAt - summons.AskedAt).Duration() > TimeSpan.FromMinutes(policy.TripMinutes) || !assigned[there.Whistle].Crew.Can(summons.Skill))
                    continue;
                (nearest, least) = (there.Whistle, metres);
            }

            if (nearest is { } trip)
                trips[trip].Add(summons.Whistle);
        }

        return trips;
    }

    private static double MinutesOf(AllocatableCrew crew, WaitingSummons summons, ITravel travel) =>
        travel.Estimate(crew.Vehicle, crew.At, summons.At, summons.District).TotalMinutes;

    private static double ValueOf(AllocatableCrew crew, Wanted wanted, double minutes, AllocationPolicy policy) => crew.Can(wanted.Summons.Skill)
        ? Pressure.For(policy, wanted.Pressure, minutes, crew.PostedTo is { } post && post != wanted.Summons.Subdistrict)
        : AssignmentSolver.Never;

    private readonly record struct Wanted(WaitingSummons Summons, double Pressure);

    private sealed class Coming(AllocatableCrew crew, DateTimeOffset freeAt)
    {
        internal AllocatableCrew Crew { get; set; } = crew;

        internal DateTimeOffset FreeAt { get; set; } = freeAt;
    }
}
