using System.Diagnostics;

namespace WhistleActors.Cluster.Tests;

/// <summary>Waits for a condition, not for time.</summary>
internal static class Eventually
{
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string>? otherwise = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > within)
                throw new TimeoutException($"Not true within {within}. {otherwise?.Invoke()}");
            await Task.Delay(50);
        }

        return watch.Elapsed;
    }

    public static Task<TimeSpan> TrueAsync(Func<bool> condition, TimeSpan within, Func<string>? otherwise = null) =>
        TrueAsync(() => Task.FromResult(condition()), within, otherwise);
}
