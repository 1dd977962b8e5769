namespace WhistleActors.Domain.Loads;

/// <summary>
/// What a department's load will be if the last while goes on: the straight line through the open summonses of each minute (least squares), from
/// where it stands now. It sees a storm come and go; it knows nothing of calendars or weather, and says so by being called a trend.
/// </summary>
public static class LoadForecast
{
    /// <summary>The minutes that the trend is taken from.</summary>
    public static readonly TimeSpan Basis = TimeSpan.FromMinutes(30);

    /// <summary>The open summonses after a time, not below zero.</summary>
    /// <param name="open">How many were open at the end of each of the last minutes, oldest first; at least one.</param>
    public static double After(IReadOnlyList<int> open, TimeSpan time)
    {
        var middle = (open.Count - 1) / 2.0;
        var mean = open.Average();
        var (rise, run) = (0.0, 0.0);
        for (var i = 0; i < open.Count; i++)
        {
            rise += (i - middle) * (open[i] - mean);
            run += (i - middle) * (i - middle);
        }

        var perMinute = run > 0 ? rise / run : 0;
        return Math.Max(0, open[^1] + (perMinute * time.TotalMinutes));
    }
}
