using System.Runtime.CompilerServices;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>So many whistles a minute on average, independent of each other, for a while.</summary>
internal sealed class Rate : IScenario
{
    private const double Urgency = 0.25;

    private readonly Planner planner;
    private readonly TimeProvider clock;
    private readonly List<TimeSpan> times;

    public Rate(double perMinute, TimeSpan duration, int seed, Planner planner, TimeProvider clock)
    {
        (this.planner, this.clock) = (planner, clock);
        times = [.. Arrivals.Poisson(perMinute, duration, StableRandom.For(seed, 0, "rate"))];
    }

    public int? Expected => times.Count;

    public bool IsEndless => false;

    public async IAsyncEnumerable<WhistlePlan> WhistlesAsync(Func<int> open, [EnumeratorCancellation] CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        for (var number = 0; number < times.Count; number++)
        {
            var wait = times[number] - clock.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                yield break;
            yield return planner.Whistle(number + 1, Urgency);
        }
    }
}
