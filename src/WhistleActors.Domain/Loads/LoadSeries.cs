using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Loads;

/// <summary>
/// A department's load (负荷) over time, a point a minute: how it stood when the minute ended. Only minutes in which it changed are kept, so a
/// quiet department costs nothing. Used by one writer at a time.
/// </summary>
public sealed class LoadSeries
{
    /// <summary>How far back it reaches.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly List<LoadPoint> points;

    public LoadSeries()
        : this([])
    {
    }

    public LoadSeries(IEnumerable<LoadPoint> points) => this.points = [.. points];

    /// <summary>The minutes in which the load changed, oldest first; the first may be older than <see cref="Memory"/> and tells how it stood since.</summary>
    public IReadOnlyList<LoadPoint> Points => points;

    /// <summary>Takes the load in as it is after an event; events come in the order of the journal, whose clocks may differ a little.</summary>
    public void Record(DateTimeOffset at, DepartmentLoad load)
    {
        var minute = Minute(at);
        if (points.Count > 0 && points[^1].Minute >= minute)
            points[^1] = points[^1] with { Load = load };
        else
            points.Add(new LoadPoint(minute, load));
        Forget(minute - Memory);
    }

    /// <summary>How the load stood at the end of each minute after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public IEnumerable<LoadPoint> EveryMinute(DateTimeOffset from, DateTimeOffset to)
    {
        var next = points.FindLastIndex(point => point.Minute <= Minute(from));
        var load = next < 0 ? DepartmentLoad.None : points[next].Load;
        for (var minute = Minute(from).AddMinutes(1); minute <= to; minute = minute.AddMinutes(1))
        {
            while (next + 1 < points.Count && points[next + 1].Minute <= minute)
                load = points[++next].Load;
            yield return new LoadPoint(minute, load);
        }
    }

    // How it stood at the horizon stays known: the last point before it is kept.
    private void Forget(DateTimeOffset horizon)
    {
        var last = points.FindLastIndex(point => point.Minute <= horizon);
        if (last > 0)
            points.RemoveRange(0, last);
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}

/// <summary>How the load stood when a minute ended.</summary>
/// <param name="Minute">The minute's begin, UTC.</param>
public readonly record struct LoadPoint(DateTimeOffset Minute, DepartmentLoad Load);
