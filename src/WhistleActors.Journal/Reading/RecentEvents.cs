using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;

namespace WhistleActors.Journal.Reading;

/// <summary>
/// The events that this process wrote last, so that who follows its journal need not make them anew from their bytes: a row is read from the
/// table as ever, and only its contents are taken from here, once. Events are immutable, as messages between actors are. Thread-safe.
/// </summary>
internal sealed class RecentEvents
{
    // A follower that is further behind pays for the reading; what nobody follows costs no more than this.
    private const int Most = 16_384;

    private static readonly ConditionalWeakTable<ActorSystem, RecentEvents> OfSystems = [];

    private readonly ConcurrentDictionary<Key, object> events = new();
    private readonly ConcurrentQueue<Key> byAge = new();
    private int followed;

    internal static RecentEvents Of(ActorSystem system) => OfSystems.GetValue(system, _ => new RecentEvents());

    /// <summary>Says that somebody follows; before that nothing is kept.</summary>
    internal void Follow() => Volatile.Write(ref followed, 1);

    internal void Add(EventRow row, object payload)
    {
        if (Volatile.Read(ref followed) == 0 || row.WriterUuid is null)
            return;
        var key = new Key(row.PersistenceId, row.SequenceNr, row.WriterUuid);
        events[key] = payload;
        byAge.Enqueue(key);
        while (byAge.Count > Most && byAge.TryDequeue(out var oldest))
            events.TryRemove(oldest, out _);
    }

    /// <summary>What a row holds; null when it was not written here lately. An incarnation of an actor gives each number once.</summary>
    internal object? Take(EventRow row) =>
        row.WriterUuid is not null && events.TryRemove(new Key(row.PersistenceId, row.SequenceNr, row.WriterUuid), out var payload) ? payload : null;

    private readonly record struct Key(string PersistenceId, long SequenceNr, string WriterUuid);
}
