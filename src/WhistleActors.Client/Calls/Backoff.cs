namespace WhistleActors.Client.Calls;

/// <summary>How long to pause before trying again.</summary>
internal static class Backoff
{
    /// <summary>
    /// Half to the whole of a pause that doubles with each attempt: many clients that lost the same server do not come back at the same moment.
    /// What the server asks for is kept at least, and the share comes on top.
    /// </summary>
    /// <param name="attempt">The attempt that just failed, from 1.</param>
    public static TimeSpan PauseAfter(int attempt, TimeSpan first, TimeSpan longest, TimeSpan? askedFor, Random random)
    {
        var grown = first * Math.Pow(2, Math.Min(attempt - 1, 30));
        var pause = (grown < longest ? grown : longest) * (0.5 + (random.NextDouble() / 2));
        return askedFor is { } atLeast && atLeast > TimeSpan.Zero ? atLeast + (pause / 2) : pause;
    }
}
