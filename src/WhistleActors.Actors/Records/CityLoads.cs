using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Loads;

namespace WhistleActors.Actors.Records;

/// <summary>The load of every department over the last day, minute by minute. Folded from the journal by one writer, read by many. Thread-safe.</summary>
public sealed class CityLoads
{
    private readonly Lock gate = new();
    private readonly Dictionary<DepartmentCode, Entry> byDepartment = [];

    /// <summary>How a department's load stood at the end of each minute after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public IReadOnlyList<LoadPoint> EveryMinute(DepartmentCode department, DateTimeOffset from, DateTimeOffset to)
    {
        lock (gate)
        {
            if (!byDepartment.TryGetValue(department, out var entry))
                return [.. new LoadSeries().EveryMinute(from, to)];
            entry.Settle();
            return [.. entry.Series.EveryMinute(from, to)];
        }
    }

    /// <summary>The same, summed up over some departments: those of a district.</summary>
    public IReadOnlyList<LoadPoint> EveryMinute(IEnumerable<DepartmentCode> departments, DateTimeOffset from, DateTimeOffset to)
    {
        IEnumerable<LoadPoint> sum = new LoadSeries().EveryMinute(from, to);
        foreach (var department in departments)
            sum = sum.Zip(EveryMinute(department, from, to), (one, other) => one with { Load = one.Load + other.Load });
        return [.. sum];
    }

    /// <summary>The departments, and subdistricts, that ever were summoned.</summary>
    public IReadOnlyList<DepartmentCode> Departments
    {
        get
        {
            lock (gate)
                return [.. byDepartment.Keys];
        }
    }

    internal void Take(DepartmentState state, DateTimeOffset at)
    {
        lock (gate)
        {
            if (!byDepartment.TryGetValue(state.Department, out var entry))
                byDepartment[state.Department] = entry = new Entry(new LoadSeries());
            entry.Take(state, at);
        }
    }

    internal ImmutableArray<RecordedLoads> ToState()
    {
        lock (gate)
        {
            return [.. byDepartment.Select(entry =>
            {
                entry.Value.Settle();
                return new RecordedLoads(entry.Key, [.. entry.Value.Series.Points.Select(Numbers)]);
            })];
        }
    }

    internal void Restore(ImmutableArray<RecordedLoads> state)
    {
        lock (gate)
        {
            byDepartment.Clear();
            foreach (var loads in state)
                byDepartment[loads.Department] = new Entry(new LoadSeries(loads.Points.Select(Point)));
        }
    }

    private static ImmutableArray<long> Numbers(LoadPoint point)
    {
        var load = point.Load;
        return
        [
            point.Minute.ToUnixTimeSeconds(), load.Open, load.Summoned, load.Signed, load.Departed, load.CheckedIn, load.Reported, load.Overdue, load.Committed, load.Returned,
            load.Queue,
        ];
    }

    private static LoadPoint Point(ImmutableArray<long> numbers) => new(
        DateTimeOffset.FromUnixTimeSeconds(numbers[0]),
        new DepartmentLoad(
            (int)numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], (int)numbers[5], (int)numbers[6], (int)numbers[7], (int)numbers[8], Later(numbers, 9), Later(numbers, 10)));

    // Checkpoints of before it was counted do not have it.
    private static int Later(ImmutableArray<long> numbers, int place) => numbers.Length > place ? (int)numbers[place] : 0;

    // A load is counted from all that a department holds: once a minute, and when somebody asks, instead of after each event of a storm.
    private sealed class Entry(LoadSeries series)
    {
        private DepartmentState? state;
        private DateTimeOffset at;

        internal LoadSeries Series => series;

        internal void Take(DepartmentState newer, DateTimeOffset now)
        {
            if (state is not null && now.UtcTicks / TimeSpan.TicksPerMinute != at.UtcTicks / TimeSpan.TicksPerMinute)
                Settle();
            (state, at) = (newer, now);
        }

        internal void Settle()
        {
            if (state is not null)
                series.Record(at, state.Load);
        }
    }
}

/// <summary>A department's loads as they are kept with a checkpoint: each point as the minute (Unix seconds) and the ten numbers of its load, of which older ones lack the last two.</summary>
internal sealed record RecordedLoads(DepartmentCode Department, ImmutableArray<ImmutableArray<long>> Points);
