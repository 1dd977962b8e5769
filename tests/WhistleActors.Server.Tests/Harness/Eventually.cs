using System.Diagnostics;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>Waits for a condition, not for time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? within = null, Func<Task<string>>? otherwise = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (within ?? Patience))
                throw new TimeoutException($"Not true within {within ?? Patience}. {(otherwise is null ? "" : await otherwise())}");
            await Task.Delay(20);
        }
    }

    public static Task TrueAsync(Func<bool> condition, TimeSpan? within = null) => TrueAsync(() => Task.FromResult(condition()), within);
}
