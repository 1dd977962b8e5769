using WhistleActors.Actors.Clustering;

namespace WhistleActors.Actors.Grids;

/// <summary>One alarm on the given clock that can be set, moved and taken back. It rings too early when the city's clock jumps, for it is the machine's timer; on a fake clock when the clock is moved.</summary>
internal sealed class Alarm : IDisposable
{
    // A timer cannot wait longer than some 49 days; an alarm further away rings early and is set again by whoever looks at the clock.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly IDisposable? jumps;
    private DateTimeOffset? at;

    internal Alarm(TimeProvider clock, Action ring)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        jumps = (clock as CityClock)?.WhenItJumps(ring);
    }

    /// <summary>Rings just after <paramref name="due"/>, or at once when that has passed; never when null.</summary>
    internal void Set(DateTimeOffset? due)
    {
        if (due == at)
            return;
        at = due;
        if (due is not { } instant)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // A deadline has passed only after its instant: one millisecond later is the timer's finest step.
        var wait = instant - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>To be called when it rang: the next <see cref="Set"/> sets it anew, even for the same instant.</summary>
    internal void Rang() => at = null;

    public void Dispose()
    {
        jumps?.Dispose();
        timer.Dispose();
    }
}
