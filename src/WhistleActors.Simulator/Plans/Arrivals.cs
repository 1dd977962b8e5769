namespace WhistleActors.Simulator.Plans;

/// <summary>When things happen.</summary>
internal static class Arrivals
{
    /// <summary>A Poisson process: the times from the start at which something happens that happens so often a minute on average.</summary>
    public static IEnumerable<TimeSpan> Poisson(double perMinute, TimeSpan duration, Random random)
    {
        for (var at = Gap(); at < duration; at += Gap())
            yield return at;

        TimeSpan Gap() => Exponential(TimeSpan.FromMinutes(1 / perMinute), random);
    }

    /// <summary>Waiting times without memory.</summary>
    public static TimeSpan Exponential(TimeSpan mean, Random random) => mean * -Math.Log(1 - random.NextDouble());

    /// <summary>Times of human work: mostly near the middle, now and then much longer (log-normal).</summary>
    public static TimeSpan LogNormal(TimeSpan median, double spread, Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        return median * Math.Exp(spread * normal);
    }
}
