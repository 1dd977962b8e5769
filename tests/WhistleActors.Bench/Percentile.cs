namespace WhistleActors.Bench;

/// <summary>Percentiles of a handful of measurements, exact.</summary>
internal static class Percentile
{
    internal static double Of(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * percent / 100))];
    }
}
