using WhistleActors.Contract.Plans;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Results;
using WhistleActors.Planning.Runs;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Plans;

/// <summary>Runs simulations beside the live server: few at once, each on one thread of low priority, and none that nobody waits for.</summary>
internal sealed class PlanDesk : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly CityPack pack;
    private readonly TimeProvider clock;
    private readonly int atOnce;
    private readonly ILogger<PlanDesk> log;
    private readonly List<PlanJob> jobs = [];
    private readonly Lock guard = new();
    private readonly ITimer sweep;

    public PlanDesk(CityPack pack, PlanSettings settings, TimeProvider clock, ILogger<PlanDesk> log)
    {
        (this.pack, this.clock, this.log, atOnce) = (pack, clock, log, settings.AtOnce);
        sweep = clock.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
    }

    /// <summary>Begins a simulation, or finds the one that was begun under the same key; null when as many run as may.</summary>
    /// <exception cref="ProblemException">The key was used for something else.</exception>
    internal PlanJob? Start(PlanQuestion asked, Officer by, CommandKey? key)
    {
        PlanJob job;
        lock (guard)
        {
            if (key is not null && jobs.Find(one => one.IsOf(by) && one.Key?.Key == key.Key) is { } begun)
                return begun.Key == key ? begun : throw new ProblemException(Problems.Problems.ProblemOf(Refuse.KeyReused()));
            if (jobs.Count(one => one.IsRunning) >= atOnce)
                return null;
            jobs.Add(job = new PlanJob(by, key, asked.Steps, clock));
            foreach (var old in jobs.Where(one => !one.IsRunning).SkipLast(PlanSettings.MostKept - 1).ToList())
                Forget(old);
        }

        LowPriority.Start($"plan {job.Id}", () => Run(job, asked));
        return job;
    }

    /// <summary>A simulation, for whoever asked for it and for administrators.</summary>
    internal PlanJob? Find(string id, Officer officer)
    {
        lock (guard)
            return jobs.Find(job => job.Id == id && (officer.Role == Role.Administrator || job.IsOf(officer)));
    }

    public void Dispose()
    {
        sweep.Dispose();
        lock (guard)
        {
            foreach (var job in jobs)
                job.Stop("asked");
        }
    }

    private void Run(PlanJob job, PlanQuestion asked)
    {
        PlanReportView? report = null;
        try
        {
            report = Answer(job, asked);
        }
        catch (Exception cause)
        {
            // The thread is ours: what nobody foresaw would otherwise end the server.
            log.LogError(cause, "The plan {Plan} failed", job.Id);
        }
        finally
        {
            job.End(report);
        }
    }

    private PlanReportView? Answer(PlanJob job, PlanQuestion asked)
    {
        var (plan, other, stop) = (asked.Plan, asked.Against, job.Stopped);
        var comparison = other is null ? null : Planner.Compare(pack, plan, other, progress: _ => job.Advance(1), stop: stop);
        var result = comparison?.Before ?? Planner.Run(pack, plan, progress: _ => job.Advance(1), stop: stop);
        var needs = new List<CrewNeed>();
        foreach (var need in Planner.CrewsNeeded(pack, asked.Last, asked.Need, stop: stop))
        {
            needs.Add(need);
            job.Advance(plan.Replications);
        }

        return result.Replications == 0 ? null : PlanViews.Of(result, comparison, plan.Target, needs, isWhole: !stop.IsCancellationRequested);
    }

    private void Sweep()
    {
        lock (guard)
        {
            foreach (var job in jobs.ToList())
            {
                if (!job.IsRunning && job.SinceAsked > PlanSettings.Kept)
                    Forget(job);
                else if (job.SinceAsked > PlanSettings.Abandoned)
                    job.Stop("abandoned");
                else if (clock.GetUtcNow() - job.StartedAt > PlanSettings.LongestRun)
                    job.Stop("time-limit");
            }
        }
    }

    private void Forget(PlanJob job)
    {
        jobs.Remove(job);
        job.Dispose();
    }
}
