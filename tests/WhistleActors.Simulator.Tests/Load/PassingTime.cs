using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

/// <summary>
/// A clock that goes on a second at a time. On a busy machine what falls due may happen some seconds of it later, and never earlier: so tests wait for
/// what must come, and say before when it must not.
/// </summary>
internal static class PassingTime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    public static Task PassAsync(this FakeTimeProvider clock, int seconds) => clock.PassUntilAsync(() => seconds-- == 0);

    public static async Task PassUntilAsync(this FakeTimeProvider clock, Func<bool> so)
    {
        for (var seconds = 0; seconds < 1_000; seconds++)
        {
            await Task.Delay(Moment, TestContext.Current.CancellationToken);
            if (so())
                return;
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException("It never came to that.");
    }
}
