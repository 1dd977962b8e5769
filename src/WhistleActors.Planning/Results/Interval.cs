using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace WhistleActors.Planning.Results;

/// <summary>A mean over replications with its 95 % confidence interval (Student's t).</summary>
/// <param name="Low">The lower end; equal to the mean when there was one replication only, which says nothing of chance.</param>
/// <param name="High">The upper end.</param>
/// <param name="Count">How many replications it rests on.</param>
public sealed record Interval(double Mean, double Low, double High, int Count)
{
    /// <summary>How sure an interval is to hold the true mean.</summary>
    public const double Confidence = 0.95;

    /// <summary>Half its width.</summary>
    public double Half => (High - Low) / 2;

    /// <summary>The interval of some values; null when there are none, or when one is not finite because somebody never came.</summary>
    public static Interval? Of(IReadOnlyCollection<double> values, double confidence = Confidence)
    {
        if (values.Count == 0 || values.Any(value => !double.IsFinite(value)))
            return null;
        var mean = values.Mean();
        var half = values.Count < 2
            ? 0
            : StudentT.InvCDF(0, 1, values.Count - 1, (1 + confidence) / 2) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new Interval(mean, mean - half, mean + half, values.Count);
    }
}
