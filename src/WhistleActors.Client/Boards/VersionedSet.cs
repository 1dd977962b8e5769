using System.Collections.Immutable;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Entities of one kind, each at the newest version that ever came. What is older is dropped, even when the entity itself has left the set:
/// a node that lags behind cannot bring back what another has shown to be over.
/// </summary>
internal sealed class VersionedSet<T>(Func<T, string> key, Func<T, long> version, Func<T, bool> shows)
    where T : class
{
    // Twice as long as a server keeps telling of an end, after which nothing sends the older versions any more.
    internal static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(20);

    private readonly ImmutableDictionary<string, T>.Builder held = ImmutableDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Version, TimeSpan SeenAt)> seen = [];
    private HashSet<string>? mentioned;

    /// <summary>What it holds now, as a value that does not change any more.</summary>
    public ImmutableDictionary<string, T> Held => held.ToImmutable();

    /// <summary>A snapshot begins: what it does not mention until <see cref="EndSnapshot"/> is gone.</summary>
    public void BeginSnapshot() => mentioned = [];

    /// <summary>The snapshot is whole.</summary>
    public void EndSnapshot()
    {
        if (mentioned is null)
            return;
        held.RemoveRange(held.Keys.Where(id => !mentioned.Contains(id)).ToList());
        mentioned = null;
    }

    /// <summary>Takes an entity in.</summary>
    /// <returns>True when it was news.</returns>
    public bool Merge(T entity, TimeSpan now)
    {
        var id = key(entity);
        mentioned?.Add(id);
        var before = seen.TryGetValue(id, out var entry) ? entry.Version : long.MinValue;
        var returns = version(entity) == before && shows(entity) && !held.ContainsKey(id);
        if (version(entity) <= before && !returns)
            return false;

        seen[id] = (version(entity), now);
        if (shows(entity))
            held[id] = entity;
        else
            held.Remove(id);
        return true;
    }

    /// <summary>Forgets the versions of what left the set long ago.</summary>
    public void Prune(TimeSpan now)
    {
        foreach (var (id, _) in seen.Where(entry => now - entry.Value.SeenAt > RememberFor && !held.ContainsKey(entry.Key)).ToList())
            seen.Remove(id);
    }
}
