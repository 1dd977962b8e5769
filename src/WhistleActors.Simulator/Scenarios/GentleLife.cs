using System.Runtime.CompilerServices;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>A city on an ordinary day, without end: the number of open whistles swings slowly between two marks.</summary>
internal sealed class GentleLife(int fewest, int most, int seed, Planner planner, TimeProvider clock) : IScenario
{
    private const double Urgency = 0.45;

    // Even while the number falls a whistle sounds now and then: about five a minute.
    private const double Anyway = 0.05;
    private static readonly TimeSpan Swing = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(600);

    public int? Expected => null;

    public bool IsEndless => true;

    public async IAsyncEnumerable<WhistlePlan> WhistlesAsync(Func<int> open, [EnumeratorCancellation] CancellationToken stop)
    {
        var random = StableRandom.For(seed, 0, "life");
        var began = clock.GetTimestamp();

        // Numbers go on from the clock: a second run with the same seed on the same server is another day, not the same whistles again.
        var number = clock.GetUtcNow().ToUnixTimeSeconds() * 1000;
        while (!stop.IsCancellationRequested)
        {
            if (open() < TargetAt(clock.GetElapsedTime(began)) || (open() < most && random.NextDouble() < Anyway))
                yield return planner.Whistle(++number, Urgency);
            await Task.Delay(Arrivals.Exponential(Gap, random), clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private double TargetAt(TimeSpan elapsed) => fewest + ((most - fewest) * (1 - Math.Cos(Math.Tau * (elapsed / Swing))) / 2);
}
