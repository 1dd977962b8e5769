using HdrHistogram;

namespace WhistleActors.Simulator.Measures;

/// <summary>A distribution of times, exact to three digits, from a microsecond to ten minutes. Thread-safe.</summary>
internal sealed class Latencies
{
    private static readonly long Longest = (long)TimeSpan.FromMinutes(10).TotalMicroseconds;

    private readonly Lock gate = new();
    private readonly LongHistogram histogram = new(Longest, 3);

    public long Count
    {
        get
        {
            lock (gate)
                return histogram.TotalCount;
        }
    }

    public void Record(TimeSpan time)
    {
        lock (gate)
            histogram.RecordValue(Math.Clamp((long)time.TotalMicroseconds, 0, Longest));
    }

    /// <summary>The time that this share of all, in percent, did not exceed; null when there were none.</summary>
    public TimeSpan? Percentile(double percent)
    {
        lock (gate)
            return histogram.TotalCount == 0 ? null : TimeSpan.FromMicroseconds(histogram.GetValueAtPercentile(percent));
    }
}
