namespace WhistleActors.Planning.Runs;

/// <summary>Which of two waiting summonses goes first when a crew becomes free.</summary>
internal static class Priority
{
    /// <summary>The place of the one that goes first.</summary>
    internal static int First(ReadOnlySpan<Waiting> queue)
    {
        var best = 0;
        for (var i = 1; i < queue.Length; i++)
        {
            if (Before(queue[i], queue[best]))
                best = i;
        }

        return best;
    }

    private static bool Before(in Waiting one, in Waiting other) =>
        one.Level != other.Level ? one.Level > other.Level : one.Due != other.Due ? one.Due < other.Due : one.Number < other.Number;
}
