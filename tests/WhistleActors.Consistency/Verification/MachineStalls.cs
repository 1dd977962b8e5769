namespace WhistleActors.Consistency.Verification;

/// <summary>How late the checker's own timer rang: what no server on this machine can be blamed for.</summary>
internal sealed class MachineStalls
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    private readonly List<(DateTimeOffset At, TimeSpan Length)> stalls = [];

    /// <summary>The longest of all.</summary>
    internal TimeSpan Longest => LongestBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Watches until it is told to stop.</summary>
    internal async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var from = TimeProvider.System.GetTimestamp();
            await Task.Delay(Every, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var late = TimeProvider.System.GetElapsedTime(from) - Every;
            if (late < Least)
                continue;
            lock (stalls)
                stalls.Add((TimeProvider.System.GetUtcNow(), late));
        }
    }

    internal TimeSpan LongestBetween(DateTimeOffset from, DateTimeOffset to)
    {
        lock (stalls)
            return stalls.Where(stall => stall.At >= from && stall.At - stall.Length <= to).Select(stall => stall.Length).DefaultIfEmpty().Max();
    }
}
