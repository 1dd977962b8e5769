using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Results;

namespace WhistleActors.Planning.Runs;

/// <summary>Runs plans. The same plan and seed give the same result to the last digit, on however many threads.</summary>
public static class Planner
{
    /// <summary>Runs a plan's replications.</summary>
    /// <param name="threads">How many run at once.</param>
    /// <param name="progress">Told after each replication how many are done; called on any thread.</param>
    /// <param name="stop">Ends it early, with a result that is marked as partial and rests on the replications that were done.</param>
    public static PlanResult Run(CityPack pack, Plan plan, int threads = 1, Action<int>? progress = null, CancellationToken stop = default)
    {
        var city = new CityModel(pack, plan);
        return Gathering.Of(city, Replicate(city, -1, threads, progress, stop));
    }

    /// <summary>Runs two plans under the same chance and compares them.</summary>
    public static PlanComparison Compare(CityPack pack, Plan before, Plan after, int threads = 1, Action<int>? progress = null, CancellationToken stop = default)
    {
        var paired = after with { Seed = before.Seed, Replications = before.Replications };
        var first = Run(pack, before, threads, progress, stop);
        return PlanComparison.Of(first, Run(pack, paired, threads, done => progress?.Invoke(before.Replications + done), stop));
    }

    /// <summary>The fewest crews with which a department keeps the plan's target.</summary>
    /// <param name="department">A department that the plan's whistles summon.</param>
    /// <returns>Null when it was stopped.</returns>
    public static CrewNeed? CrewsNeeded(CityPack pack, Plan plan, DepartmentCode department, int threads = 1, CancellationToken stop = default) =>
        CrewsNeeded(pack, plan, [department], threads, stop).FirstOrDefault();

    /// <summary>The same for several departments, one after the other as they are taken; it ends early when it is stopped.</summary>
    public static IEnumerable<CrewNeed> CrewsNeeded(CityPack pack, Plan plan, IReadOnlyList<DepartmentCode> departments, int threads = 1, CancellationToken stop = default)
    {
        if (departments.Count == 0)
            yield break;
        var now = new CityModel(pack, plan);
        foreach (var department in departments)
        {
            if (CrewsNeeded(now, department, threads, stop) is not { } need)
                yield break;
            yield return need;
        }
    }

    private static CrewNeed? CrewsNeeded(CityModel now, DepartmentCode department, int threads, CancellationToken stop)
    {
        var plan = now.Plan;
        var (index, has) = (now.DepartmentIndex[department], now.Crews.CountOf(now.DepartmentIndex[department]));
        var tried = new SortedDictionary<int, DepartmentResult?>();

        // The first that may be enough is found by doubling, then the gap is halved: so many are enough, one fewer is not, and both were simulated.
        // Where more crews could make a department later, still fewer could be enough; nothing seen does, and with skills and pre-emption nothing proves that none does.
        var (few, many) = (-1, 1);
        while (!IsEnough(many))
        {
            if (stop.IsCancellationRequested)
                return null;
            if (many >= CrewNeed.MostTried || tried[many] is null)
                return new CrewNeed(department.Text, has, null, Chosen(many));
            (few, many) = (many, Math.Min(CrewNeed.MostTried, many * 2));
        }

        while (many - few > 1)
        {
            var middle = (few + many) / 2;
            if (IsEnough(middle))
                many = middle;
            else
                few = middle;
            if (stop.IsCancellationRequested)
                return null;
        }

        return new CrewNeed(department.Text, has, many, Chosen(many));

        // Sure to be enough: the whole interval reaches the target.
        bool IsEnough(int crews)
        {
            if (!tried.TryGetValue(crews, out var result))
            {
                var city = now.WithCrews(plan.Crews.Add(WithCrews(plan, department, crews)));
                tried[crews] = result = Gathering.Of(city, Replicate(city, index, threads, null, stop), index).Departments is [var only] ? only : null;
            }

            return result?.OnTime is { } onTime && onTime.Low >= plan.Target;
        }

        DepartmentResult? Chosen(int crews) => tried.GetValueOrDefault(crews);
    }

    // Shifts keep their times, and share the crews evenly.
    private static CrewRule WithCrews(Plan plan, DepartmentCode department, int crews)
    {
        var rule = plan.RuleFor(department);
        return new CrewRule([department], crews, 0, [.. (rule?.Shifts ?? []).Select(shift => shift with { Crews = null })], rule?.Absence ?? 0, rule?.Work);
    }

    private static ImmutableArray<ReplicationResult> Replicate(CityModel city, int only, int threads, Action<int>? progress, CancellationToken stop)
    {
        var results = new ReplicationResult?[city.Plan.Replications];
        var done = 0;

        // Alone it stays on the caller's thread, which may be one of low priority.
        if (threads == 1)
        {
            for (var number = 0; number < results.Length && !stop.IsCancellationRequested; number++)
            {
                results[number] = new Replication(city, city.Plan.Seed, number, only).Run(stop);
                if (results[number] is not null)
                    progress?.Invoke(++done);
            }

            return [.. results.OfType<ReplicationResult>()];
        }

        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, (number, loop) =>
        {
            if (stop.IsCancellationRequested)
            {
                loop.Stop();
                return;
            }

            results[number] = new Replication(city, city.Plan.Seed, number, only).Run(stop);
            if (results[number] is not null)
                progress?.Invoke(Interlocked.Increment(ref done));
        });
        return [.. results.OfType<ReplicationResult>()];
    }
}
