namespace WhistleActors.Client.Boards;

/// <summary>
/// How old what the server sent is, without trusting that its clock agrees with ours: the shortest way that a frame took lately stands for no
/// way at all. So a frame that was held up counts as old as it is, and clocks that drift apart over weeks do not matter.
/// </summary>
internal sealed class FreshnessGauge
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private string? server;
    private TimeSpan windowBegan;
    private TimeSpan leastNow;
    private TimeSpan leastBefore;
    private TimeSpan newest;

    /// <summary>A frame that makes the picture complete was made and received.</summary>
    /// <param name="epoch">Whose clock <paramref name="madeAt"/> was read from.</param>
    /// <param name="receivedAt">Time since a fixed moment.</param>
    public void Note(string epoch, DateTimeOffset madeAt, TimeSpan receivedAt)
    {
        var made = TimeSpan.FromTicks(madeAt.UtcTicks);
        var took = receivedAt - made;
        if (server != epoch)
        {
            (server, windowBegan, leastNow, leastBefore, newest) = (epoch, receivedAt, took, took, made);
            return;
        }

        if (receivedAt - windowBegan > Window)
            (windowBegan, leastBefore, leastNow) = (receivedAt, leastNow, took);
        leastNow = took < leastNow ? took : leastNow;
        newest = made > newest ? made : newest;
    }

    /// <summary>The age at a moment; null before anything was noted.</summary>
    public TimeSpan? AgeAt(TimeSpan now)
    {
        if (server is null)
            return null;
        var age = now - newest - (leastNow < leastBefore ? leastNow : leastBefore);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
