namespace WhistleActors.Simulator.Plans;

/// <summary>How fast the simulated city lives.</summary>
/// <param name="Speed">How many of the city's minutes pass in one of ours.</param>
/// <param name="Patience">How long the simulator waits, in our time, for a deadline of the server to pass: deadlines are not compressed.</param>
internal sealed record Pace(double Speed, TimeSpan Patience)
{
    /// <summary>Our time for a time of the city's.</summary>
    public TimeSpan Compress(TimeSpan cityTime) => cityTime / Speed;

    /// <summary>How long to wait so as to be just after a deadline; null when that is more than there is patience for.</summary>
    public TimeSpan? UntilAfter(DateTimeOffset? deadline, DateTimeOffset now, TimeSpan after)
    {
        if (deadline is not { } due)
            return null;
        var wait = due + after - now;
        return wait <= Patience ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : null;
    }
}
