using WhistleActors.Contract.Plans;
using WhistleActors.Planning.Results;

namespace WhistleActors.Server.Plans;

/// <summary>Results of simulations as they are shown.</summary>
internal static class PlanViews
{
    // A curve on a screen has no use for more points.
    private const double CityStep = 0.005;
    private const double DepartmentStep = 0.02;

    internal static PlanReportView Of(PlanResult plan, PlanComparison? comparison, double target, IReadOnlyList<CrewNeed> needs, bool isWhole) => new(
        Of(plan),
        comparison is { After.Replications: > 0 } ? Of(comparison.After) : null,
        comparison is { After.Replications: > 0 } ? [.. comparison.Departments.Select(row => new PlanDifferenceView(row.Code, row.Name.ToText(), Of(row.OnTime), Of(row.CheckInMinutes)))] : null,
        target,
        [.. needs.Select(need => new CrewNeedView(need.Department, need.Has, need.Needs, Of(need.Then?.OnTime)))],
        Partial: !isWhole || plan.Partial || comparison?.After.Partial == true);

    internal static ScenarioView Of(Scenario scenario) => scenario is { Plan: { } plan, Outline.Value: { } outline }
        ? new ScenarioView(scenario.Id, plan.Name.ToText(), $"{plan.Start:yyyy-MM-dd}", plan.Days, Math.Round(outline.Whistles, 1), plan.Replications, plan.Target)
        : new ScenarioView(scenario.Id, Errors: [.. scenario.Faults.Select(PlanRequestReader.Error)]);

    private static PlanResultView Of(PlanResult result) => new(
        result.Name.ToText(),
        result.CityPack,
        result.Seed,
        result.Replications,
        result.Asked,
        result.Whistles,
        Of(result.City, CityStep),
        Of(result.Completion.OnTime),
        result.Bottleneck,
        [.. result.Departments.Select(department => Of(department, DepartmentStep))],
        [.. result.Subdistricts.Select(place => new PlanPlaceView(place.Code, place.Name.ToText(), place.Summonses, Of(place.OnTime)))],
        [.. result.Hours.Select(hour => new PlanHourView(hour.Hour, hour.Summonses, hour.Waiting, hour.Busy, hour.OnTime))],
        result.Broken);

    private static PlanDepartmentView Of(DepartmentResult row, double step) => new(
        row.Code,
        row.Name.ToText(),
        row.Crews,
        row.Summonses,
        Of(row.OnTime),
        row.Never,
        Of(row.CheckInMinutes),
        [.. row.Quantiles.Select(quantile => new PlanQuantileView(quantile.Share, quantile.Minutes))],
        Of(row.QueueMinutes),
        Of(row.Queued),
        Of(row.Utilisation),
        row.LongestQueue,
        Of(row.Taken),
        Thinned(row.Spread, step));

    private static List<PlanSpreadView> Thinned(IReadOnlyList<SpreadPoint> spread, double step)
    {
        var kept = new List<PlanSpreadView>();
        var last = 0.0;
        foreach (var (point, next) in spread.Zip(spread.Skip(1).Select(point => point.Share).Append(2)))
        {
            // The last before each step, so that straight lines between the points stay near the curve.
            if (next < last + step && point.Share < 1)
                continue;
            kept.Add(new PlanSpreadView(point.Minutes, point.Share));
            last = point.Share;
            if (last >= 1)
                break;
        }

        return kept;
    }

    private static IntervalView? Of(Interval? interval) => interval is null ? null : new IntervalView(interval.Mean, interval.Low, interval.High);

    private static DifferenceView? Of(Difference? difference) => difference is null ? null : new DifferenceView(difference.Before, difference.After, Of(difference.Change)!, difference.Real);
}
