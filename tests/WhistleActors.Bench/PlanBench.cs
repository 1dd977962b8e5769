using System.Diagnostics;
using WhistleActors.CityPacks;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Runs;

namespace WhistleActors.Bench;

/// <summary>
/// Whistles a second that a plan simulates in virtual time on one core: all matters and grids of Beijing, some two summonses a whistle, travel and
/// lognormal work. Once with crews to spare, once with as many as are used to 90 %. Building the city's model is counted in.
/// </summary>
internal static class PlanBench
{
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(45);

    internal static IEnumerable<Measure> Run(int runs, CancellationToken stop)
    {
        var pack = ((CityPackReading.Loaded)CityPackReader.Read(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"))).Pack;
        var spare = City(pack, perDay: 20_000) with { Crews = [new CrewRule([.. pack.Departments.Keys], 30, 0, [], 0, null)] };
        yield return Measure.Of("plan.whistles_per_s", "whistles/s", [.. Enumerable.Range(0, runs).Select(_ => Rate(pack, spare, stop).PerSecond)]);

        // As many crews as each department's own work needs at 90 %, from how busy they were with crews to spare.
        var busy = Planner.Run(pack, spare, stop: stop).Departments;
        var tight = spare with
        {
            Crews = [.. busy.Select(row => new CrewRule([pack.Departments.Keys.First(code => code.Text == row.Code)], (int)Math.Ceiling(row.Utilisation!.Mean * row.Crews / 0.9), 0, [], 0, null))],
        };
        var contended = Enumerable.Range(0, runs).Select(_ => Rate(pack, tight, stop)).ToList();
        yield return Measure.Of("plan.contended_whistles_per_s", "whistles/s", [.. contended.Select(run => run.PerSecond)]);
        yield return Measure.Of("plan.contended_utilisation", "share", [.. contended.Select(run => run.Utilisation)]);
    }

    private static (double PerSecond, double Utilisation) Rate(CityPack pack, Plan plan, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var result = Planner.Run(pack, plan, threads: 1, stop: stop);
        return (result.Whistles * result.Replications / Stopwatch.GetElapsedTime(began).TotalSeconds, result.City.Utilisation!.Mean);
    }

    private static Plan City(CityPack pack, double perDay) => new(
        new LocalizedText("测速", "A measure"),
        pack.Id,
        new DateOnly(2026, 6, 1),
        Days: 10,
        TimeSpan.FromDays(1),
        Replications: 5,
        Seed: 1,
        Target: 0.95,
        TimeLaw.None,
        new TimeLaw(TimeShape.Lognormal, Work, 0.8),
        TravelAssumption.Default,
        [
            new Arrivals.Steady(
                1,
                [.. pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).Select(code => (code, 1.0))],
                [.. pack.Territory.Grids.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).Select(code => (code, 1.0))],
                [0.8, 0.15, 0.05],
                [.. Enumerable.Repeat(perDay / 24, 7 * 24)]),
        ],
        [],
        [],
        []);
}
