using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>Many whistles at once, in as many different grids as there are.</summary>
internal sealed class Storm(int count, int seed, CityMap city, Planner planner) : IScenario
{
    private const double Urgency = 0.7;

    public int? Expected => count;

    public bool IsEndless => false;

    public async IAsyncEnumerable<WhistlePlan> WhistlesAsync(Func<int> open, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        var cells = city.Cells.ToArray();
        StableRandom.For(seed, count, "storm").Shuffle(cells);
        for (var number = 1; number <= count && !stop.IsCancellationRequested; number++)
            yield return planner.Whistle(number, cells[(number - 1) % cells.Length], Urgency);
    }
}
