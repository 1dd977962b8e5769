using WhistleActors.Domain;
using WhistleActors.Planning.Models;

namespace WhistleActors.Planning.Results;

/// <summary>Makes one result of many replications, always in the order of their numbers.</summary>
internal static class Gathering
{
    private static readonly double[] Shares = [0.5, 0.8, 0.9, 0.95, 0.99];

    internal static PlanResult Of(CityModel city, IReadOnlyList<ReplicationResult> runs, int only = -1)
    {
        var plan = city.Plan;
        var departments = Enumerable.Range(0, city.Departments.Length)
            .Where(department => (only < 0 || only == department) && runs.Any(run => run.Departments[department].Summonses > 0))
            .ToList();
        return new PlanResult(
            plan.Name,
            $"{city.Pack.Id}/{city.Pack.Version}",
            plan.Seed,
            runs.Count,
            plan.Replications,
            runs.Count < plan.Replications,
            Mean(runs, run => run.Whistles),
            Department("*", new LocalizedText("全市", "The city"), departments.Sum(city.Crews.CountOf), [.. runs.Select(run => Sum(departments.Select(department => run.Departments[department])))]),
            new CompletionResult(
                Interval.Of([.. runs.Where(run => run.Completion.Whistles > 0).Select(run => (double)run.Completion.OnTime / run.Completion.Whistles)]),
                Quantiles([.. runs.Select(run => (run.Completion.Times, run.Completion.Whistles - run.Completion.Times.Count))])),
            departments.Select(department => (Code: city.Departments[department].Code.Text, Waited: runs.Sum(run => (double)run.Departments[department].QueueArea)))
                .Where(pair => pair.Waited > 0).OrderByDescending(pair => pair.Waited).Select(pair => pair.Code).FirstOrDefault(),
            [
                .. departments.Select(department => Department(
                    city.Departments[department].Code.Text, city.Departments[department].Name, city.Crews.CountOf(department), [.. runs.Select(run => run.Departments[department])])),
            ],
            [
                .. Enumerable.Range(0, city.Subdistricts.Length).Where(place => runs.Any(run => run.SubdistrictSummonses[place] > 0)).Select(place => new SubdistrictResult(
                    city.Subdistricts[place].Text,
                    city.Pack.Territory.Subdistricts[city.Subdistricts[place]].Name,
                    Mean(runs, run => run.SubdistrictSummonses[place]),
                    Interval.Of([.. runs.Where(run => run.SubdistrictSummonses[place] > 0).Select(run => (double)run.SubdistrictOnTime[place] / run.SubdistrictSummonses[place])]))),
            ],
            [
                .. Enumerable.Range(0, runs.Count == 0 ? 0 : runs[0].Hours.Waiting.Length).Select(hour => new HourResult(
                    hour,
                    Mean(runs, run => run.Hours.Summonses[hour]),
                    runs.Sum(run => run.Hours.Summonses[hour]) is > 0 and var all ? (double)runs.Sum(run => run.Hours.OnTime[hour]) / all : null,
                    Mean(runs, run => run.Hours.Waiting[hour]),
                    Mean(runs, run => run.Hours.Busy[hour]))),
            ],
            [.. runs.SelectMany(run => run.Broken.Select(fault => $"{run.Number}: {fault}"))])
        { Runs = runs, Places = city.DepartmentIndex.ToDictionary(pair => pair.Key.Text, pair => pair.Value) };
    }

    /// <summary>The share on time of each replication that had summonses.</summary>
    internal static double? OnTime(DepartmentTally tally) => tally.Summonses > 0 ? (double)tally.OnTime / tally.Summonses : null;

    /// <summary>Minutes from the whistle to the check-in, of those who came.</summary>
    internal static double? CheckInMinutes(DepartmentTally tally) => tally.Sent > 0 ? Minutes(tally.CheckInTime) / tally.Sent : null;

    /// <summary>Several departments together.</summary>
    internal static DepartmentTally Sum(IEnumerable<DepartmentTally> tallies)
    {
        var sum = new DepartmentTally { CheckIns = new Histogram() };
        foreach (var tally in tallies)
        {
            sum.Summonses += tally.Summonses;
            sum.OnTime += tally.OnTime;
            sum.Late += tally.Late;
            sum.Never += tally.Never;
            sum.Queued += tally.Queued;
            sum.Taken += tally.Taken;
            sum.QueueTime += tally.QueueTime;
            sum.CheckInTime += tally.CheckInTime;
            sum.BusyArea += tally.BusyArea;
            sum.PresentArea += tally.PresentArea;
            sum.QueueArea += tally.QueueArea;
            sum.LongestQueue = Math.Max(sum.LongestQueue, tally.LongestQueue);
            if (tally.CheckIns is { } checkIns)
                sum.CheckIns.Add(checkIns);
        }

        return sum;
    }

    private static DepartmentResult Department(string code, LocalizedText name, int crews, IReadOnlyList<DepartmentTally> tallies)
    {
        var all = Sum(tallies);
        var seen = 0L;
        return new DepartmentResult(
            code,
            name,
            crews,
            Mean(tallies, tally => tally.Summonses),
            Of(tallies, OnTime),
            Mean(tallies, tally => tally.Never),
            Of(tallies, CheckInMinutes),
            Quantiles([.. tallies.Select(tally => (tally.CheckIns ?? new Histogram(), tally.Never))]),
            Of(tallies, tally => tally.Sent > 0 ? Minutes(tally.QueueTime) / tally.Sent : null),
            Of(tallies, tally => tally.Summonses > 0 ? (double)(tally.Queued + tally.Never) / tally.Summonses : null),
            Of(tallies, tally => tally.PresentArea > 0 ? (double)tally.BusyArea / (double)tally.PresentArea : null),
            all.LongestQueue,
            Of(tallies, tally => tally.Taken),
            [.. all.CheckIns!.Spread().Select(bucket => new SpreadPoint(bucket.Seconds / 60, (double)(seen += bucket.Count) / all.Summonses))]);
    }

    private static Interval? Of(IReadOnlyList<DepartmentTally> tallies, Func<DepartmentTally, double?> value) =>
        Interval.Of([.. tallies.Select(value).OfType<double>()]);

    private static QuantileResult[] Quantiles(IReadOnlyList<(Histogram Times, long Missing)> runs)
    {
        var all = new Histogram();
        foreach (var (times, _) in runs)
            all.Add(times);
        var missing = runs.Sum(run => run.Missing);
        return
        [
            .. Shares.Select(share => new QuantileResult(
                share,
                all.Quantile(share, missing) is var seconds && double.IsFinite(seconds) ? seconds / 60 : null,
                Interval.Of([.. runs.Where(run => run.Times.Count + run.Missing > 0).Select(run => run.Times.Quantile(share, run.Missing) / 60)]))),
        ];
    }

    private static double Mean<T>(IReadOnlyList<T> runs, Func<T, long> value) => runs.Count == 0 ? 0 : (double)runs.Sum(value) / runs.Count;

    private static double Minutes(Int128 ticks) => (double)ticks / TimeSpan.TicksPerMinute;
}
