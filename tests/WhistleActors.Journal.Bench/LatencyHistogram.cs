using System.Numerics;

namespace WhistleActors.Journal.Bench;

/// <summary>Counts durations in buckets of 3 % width, from many threads.</summary>
internal sealed class LatencyHistogram
{
    private const int StepsPerDoubling = 32;
    private readonly int[] _buckets = new int[48 * StepsPerDoubling];

    public void Record(TimeSpan duration) => Interlocked.Increment(ref _buckets[BucketOf(Math.Max(1, duration.Ticks))]);

    public double Milliseconds(double quantile)
    {
        long total = 0;
        foreach (var count in _buckets)
            total += count;
        var left = (long)Math.Ceiling(total * quantile);
        for (var i = 0; i < _buckets.Length; i++)
        {
            left -= _buckets[i];
            if (left <= 0)
                return TimeSpan.FromTicks(UpperEnd(i)).TotalMilliseconds;
        }

        return double.NaN;
    }

    private static int BucketOf(long ticks)
    {
        var doubling = BitOperations.Log2((ulong)ticks);
        var within = (int)((ticks - (1L << doubling)) * StepsPerDoubling >> doubling);
        return Math.Min(doubling * StepsPerDoubling + within, 48 * StepsPerDoubling - 1);
    }

    private static long UpperEnd(int bucket)
    {
        var start = 1L << (bucket / StepsPerDoubling);
        return start + start * (bucket % StepsPerDoubling + 1) / StepsPerDoubling;
    }
}
