using System.Numerics;

namespace WhistleActors.Planning.Results;

/// <summary>Counts lengths of time in buckets that are 3 % wide, from a second to over 30 years, in memory that is bounded by the longest; two of them add up exactly.</summary>
internal sealed class Histogram
{
    private const int Parts = 32;
    private const int Buckets = Parts * 28;
    private int[] counts = [];

    internal long Count { get; private set; }

    internal void Add(long ticks)
    {
        var bucket = Math.Min(BucketOf(ticks / TimeSpan.TicksPerSecond), Buckets - 1);
        Reach(bucket + 1);
        counts[bucket]++;
        Count++;
    }

    internal void Add(Histogram other)
    {
        Reach(other.counts.Length);
        for (var i = 0; i < other.counts.Length; i++)
            counts[i] += other.counts[i];
        Count += other.Count;
    }

    /// <summary>The length, in seconds, that this share does not exceed, to the upper end of its bucket; NaN when nothing was counted.</summary>
    /// <param name="missing">So many more that are longer than all: who never came.</param>
    internal double Quantile(double share, long missing = 0)
    {
        if (Count + missing == 0)
            return double.NaN;
        var rank = Math.Max(1, (long)Math.Ceiling(share * (Count + missing)));
        if (rank > Count)
            return double.PositiveInfinity;
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
            bucket++;
        return UpperEnd(bucket);
    }

    /// <summary>How the lengths are spread: upper ends in seconds and counts, without the empty buckets beyond the last.</summary>
    internal IEnumerable<(double Seconds, int Count)> Spread() =>
        counts.Take(Array.FindLastIndex(counts, count => count > 0) + 1).Select((count, bucket) => (UpperEnd(bucket), count));

    private void Reach(int length)
    {
        if (length > counts.Length)
            Array.Resize(ref counts, Math.Min(Buckets, (length + Parts - 1) / Parts * Parts));
    }

    private static int BucketOf(long seconds)
    {
        if (seconds < Parts)
            return (int)Math.Max(0, seconds);
        var power = BitOperations.Log2((ulong)seconds) - 5;
        return ((power + 1) * Parts) + (int)(seconds >> power) - Parts;
    }

    private static double UpperEnd(int bucket) =>
        bucket < Parts ? bucket + 1 : (double)((bucket % Parts) + Parts + 1) * (1L << ((bucket / Parts) - 1));
}
