namespace WhistleActors.Planning.Runs;

/// <summary>
/// In what order waiting summonses are served: the highest level first, then the one that is due first, then the oldest. The order of two never changes while they
/// wait, so a department's queue is a binary heap.
/// </summary>
internal static class Priority
{
    /// <summary>Adds a summons to a queue that has so many, and room for one more.</summary>
    internal static void Add(Waiting[] queue, int length, in Waiting summons)
    {
        var place = length;
        while (place > 0 && Before(summons, queue[(place - 1) / 2]))
        {
            queue[place] = queue[(place - 1) / 2];
            place = (place - 1) / 2;
        }

        queue[place] = summons;
    }

    /// <summary>Takes the one that goes first out of a queue that has so many.</summary>
    internal static Waiting Take(Waiting[] queue, int length)
    {
        var (first, last) = (queue[0], queue[length - 1]);
        var place = 0;
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= length - 1)
                break;
            if (child + 1 < length - 1 && Before(queue[child + 1], queue[child]))
                child++;
            if (!Before(queue[child], last))
                break;
            queue[place] = queue[child];
            place = child;
        }

        queue[place] = last;
        return first;
    }

    private static bool Before(in Waiting one, in Waiting other) =>
        one.Level != other.Level ? one.Level > other.Level : one.Due != other.Due ? one.Due < other.Due : one.Number < other.Number;
}
