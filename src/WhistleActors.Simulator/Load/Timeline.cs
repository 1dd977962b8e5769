using HdrHistogram;

namespace WhistleActors.Simulator.Load;

/// <summary>What happened when, in slices of our time. However long a run takes, there are at most <see cref="MostSlices"/>: the last takes what comes later. Thread-safe.</summary>
internal sealed class Timeline
{
    public const int MostSlices = 1_200;

    private static readonly long Longest = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;

    private readonly Lock gate = new();
    private readonly List<Slice> slices = [];
    private readonly TimeProvider clock;
    private readonly long began;

    public Timeline(TimeProvider clock, TimeSpan slice)
    {
        (this.clock, Width) = (clock, slice);
        began = clock.GetTimestamp();
    }

    /// <summary>How long a slice is.</summary>
    public TimeSpan Width { get; }

    /// <summary>A slice that is wide enough for a run to have a few hundred.</summary>
    public static TimeSpan WidthFor(TimeSpan expected) => TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(expected.TotalSeconds / 400)));

    public void Due(TimeSpan ago) => In(ago, slice => slice.Due++);

    public void NotSent() => In(TimeSpan.Zero, slice => slice.NotSent++);

    public void Accepted(TimeSpan took, bool isBlow) => In(TimeSpan.Zero, slice => slice.Accepted++, took, slice =>
    {
        (isBlow ? slice.Blow : slice.Other).RecordValue(Math.Clamp((long)took.TotalMilliseconds, 0, Longest));
    });

    public void Refused(string code) => In(TimeSpan.Zero, slice => slice.Refused[code] = slice.Refused.GetValueOrDefault(code) + 1);

    public void Open(int lives) => In(TimeSpan.Zero, slice => slice.Open = Math.Max(slice.Open, lives));

    /// <summary>All slices so far; latencies are those of commands that were meant to be sent in the slice.</summary>
    public IReadOnlyList<TimelineRow> Rows()
    {
        lock (gate)
        {
            return
            [
                .. slices.Select((slice, i) => new TimelineRow(
                    (Width * i).TotalSeconds, slice.Due, slice.NotSent, slice.Accepted, slice.Open,
                    At(slice.Blow, 50), At(slice.Blow, 99), At(slice.Other, 50), At(slice.Other, 99), new SortedDictionary<string, int>(slice.Refused))),
            ];
        }

        static double? At(IntHistogram histogram, double percent) => histogram.TotalCount == 0 ? null : histogram.GetValueAtPercentile(percent);
    }

    private void In(TimeSpan ago, Action<Slice> change, TimeSpan? alsoAgo = null, Action<Slice>? also = null)
    {
        lock (gate)
        {
            change(At(ago));
            also?.Invoke(At(alsoAgo!.Value));
        }
    }

    private Slice At(TimeSpan ago)
    {
        var index = (int)Math.Clamp((clock.GetElapsedTime(began) - ago) / Width, 0, MostSlices - 1);
        while (slices.Count <= index)
            slices.Add(new Slice());
        return slices[index];
    }

    private sealed class Slice
    {
        public int Due { get; set; }

        public int NotSent { get; set; }

        public int Accepted { get; set; }

        public int Open { get; set; }

        public Dictionary<string, int> Refused { get; } = [];

        // One digit is enough for a line in a chart, and a slice stays small.
        public IntHistogram Blow { get; } = new(Longest, 1);

        public IntHistogram Other { get; } = new(Longest, 1);
    }
}

/// <summary>One slice of a run.</summary>
/// <param name="Second">Its beginning, from the beginning of the run.</param>
/// <param name="Due">Whistles that were meant to be blown.</param>
/// <param name="NotSent">Of those, the ones that were not sent.</param>
/// <param name="Accepted">Commands of all kinds.</param>
/// <param name="Open">The most lives that went on at once.</param>
/// <param name="BlowP50">Milliseconds from when it was meant to be sent; null where there were none.</param>
internal sealed record TimelineRow(
    double Second, int Due, int NotSent, int Accepted, int Open, double? BlowP50, double? BlowP99, double? OtherP50, double? OtherP99, IReadOnlyDictionary<string, int> Refused);
