using System.Collections.Concurrent;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// The one clock that all nodes of a database go by: the database's. From what the database said last it is counted on by the machine's monotonic counter, so
/// nothing that is done to this machine's own clock, nor how wrong it is, moves it. Timers are the machine's.
/// </summary>
/// <remarks>Until the database has said what time it is, it shows the machine's; a node joins no cluster before (<see cref="Known"/>).</remarks>
/// <param name="machine">The machine's clock, counter and timers.</param>
public sealed class CityClock(TimeProvider machine) : TimeProvider
{
    /// <summary>A difference from the database's clock that is not worked off but taken over at once: a deadline may be recorded a second late, and this is well below.</summary>
    internal static readonly TimeSpan Jump = TimeSpan.FromMilliseconds(250);

    // How fast a small difference is worked off: slow enough that nothing can tell, and time never runs backwards by it.
    private const double Slew = 0.01;

    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<object, Action> whenItJumps = new();
    private volatile Setting? setting;

    /// <summary>How far it is ahead of this machine's own clock; negative when behind.</summary>
    public TimeSpan Offset => GetUtcNow() - machine.GetUtcNow();

    /// <summary>Completes when the database has said what time it is.</summary>
    internal Task Known => known.Task;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => setting is { } from ? At(from, machine.GetTimestamp()) : machine.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes note of what the database said. The first, and what differs by more than <see cref="Jump"/>, holds at once; less is worked off.</summary>
    internal void Set(Reading reading)
    {
        // Asked in the middle of the round trip, as far as anybody can know: half of it is how wrong that may be.
        var half = machine.GetElapsedTime(reading.Sent, reading.Received) / 2;
        var told = reading.Told + half;
        if (setting is not { } from)
        {
            setting = new Setting(told, reading.Received, TimeSpan.Zero);
            known.TrySetResult();
            return;
        }

        var off = told - At(from, reading.Received);
        var sure = off.Duration() - half;
        if (sure > Jump)
        {
            setting = new Setting(told, reading.Received, TimeSpan.Zero);
            foreach (var tell in whenItJumps.Values)
                tell();
        }
        else
        {
            var now = machine.GetTimestamp();
            setting = new Setting(At(from, now), now, sure > TimeSpan.Zero ? Math.Sign(off.Ticks) * sure : TimeSpan.Zero);
        }
    }

    /// <summary>Tells of each jump, because whoever waits for an instant must then wait for longer or shorter; until it is disposed.</summary>
    internal IDisposable WhenItJumps(Action tell)
    {
        var key = new Listening(this);
        whenItJumps[key] = tell;
        return key;
    }

    private DateTimeOffset At(Setting from, long timestamp)
    {
        var passed = machine.GetElapsedTime(from.Since, timestamp);
        var most = passed.Duration() * Slew;
        return from.Time + passed + (from.Off > most ? most : from.Off < -most ? -most : from.Off);
    }

    /// <summary>What the database said.</summary>
    /// <param name="Told">Its time.</param>
    /// <param name="Sent">When it was asked, by this machine's counter.</param>
    /// <param name="Received">When the answer came, by this machine's counter.</param>
    internal readonly record struct Reading(DateTimeOffset Told, long Sent, long Received);

    /// <summary>It was <paramref name="Time"/> at <paramref name="Since"/>, and <paramref name="Off"/> is still to be worked off.</summary>
    private sealed record Setting(DateTimeOffset Time, long Since, TimeSpan Off);

    private sealed class Listening(CityClock clock) : IDisposable
    {
        public void Dispose() => clock.whenItJumps.TryRemove(this, out _);
    }
}
