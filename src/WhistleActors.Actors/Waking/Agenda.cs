namespace WhistleActors.Actors.Waking;

/// <summary>What is due when, the soonest first. What changes costs the logarithm of how much is on it; nobody walks through all. Used by one caller at a time.</summary>
internal sealed class Agenda<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, (DateTimeOffset Due, long Order)> entries = [];
    private readonly SortedDictionary<(DateTimeOffset Due, long Order), TKey> bySoonest = [];
    private long order;

    /// <summary>When the next one is due; null when none is.</summary>
    internal DateTimeOffset? Soonest => bySoonest.Count == 0 ? null : First();

    /// <summary>Notes when one is due, in the place of what was noted before; null takes it off.</summary>
    internal void Set(TKey key, DateTimeOffset? due)
    {
        if (entries.TryGetValue(key, out var known))
        {
            if (known.Due == due)
                return;
            bySoonest.Remove(known);
            entries.Remove(key);
        }

        if (due is not { } at)
            return;
        var entry = (at, ++order);
        entries.Add(key, entry);
        bySoonest.Add(entry, key);
    }

    /// <summary>Those that are due before an instant, the soonest first.</summary>
    internal IEnumerable<TKey> Before(DateTimeOffset instant)
    {
        foreach (var (entry, key) in bySoonest)
        {
            if (entry.Due >= instant)
                yield break;
            yield return key;
        }
    }

    private DateTimeOffset First()
    {
        using var entries = bySoonest.GetEnumerator();
        entries.MoveNext();
        return entries.Current.Key.Due;
    }
}
