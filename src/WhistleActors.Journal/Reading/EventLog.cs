using Akka.Actor;
using Akka.Configuration;

namespace WhistleActors.Journal.Reading;

/// <summary>
/// Reads the journal's table beside the journal: in its order, or the events of one actor. The journal commits in the order of
/// <c>ordering</c> (its setting <c>ordered-commits</c>), so whoever asks for what comes after the last event seen misses none, and
/// nothing has to be kept or scanned at the start. That does not hold for events that several nodes of another journal write.
/// Thread-safe.
/// </summary>
public sealed class EventLog : IAsyncDisposable
{
    private readonly EventSerializer _serializer;
    private readonly IEventTable _table;
    private readonly RecentEvents _recent;

    private EventLog(EventSerializer serializer, IEventTable table, RecentEvents recent) => (_serializer, _table, _recent) = (serializer, table, recent);

    /// <summary>Opens the log of the journal that the system is configured with under <see cref="GroupCommitPersistence.PluginId"/>.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or out of range.</exception>
    public static EventLog Open(ActorSystem system)
    {
        var settings = GroupCommitSettings.From(system.Settings.Config.GetConfig(GroupCommitPersistence.PluginId));
        return new EventLog(
            new EventSerializer((ExtendedActorSystem)system, settings),
            settings.Provider == JournalProvider.Sqlite
                ? new SqliteEventTable(settings.ConnectionString)
                : new PostgresEventTable(settings.ConnectionString),
            RecentEvents.Of(system));
    }

    /// <summary>The events after a place in the journal's order; none while the journal has no table yet.</summary>
    /// <param name="most">At most so many.</param>
    public async Task<IReadOnlyList<StoredEvent>> AfterAsync(long ordering, int most, CancellationToken cancellation)
    {
        _recent.Follow();
        return (await _table.AfterAsync(ordering, most, cancellation)).ConvertAll(entry => Stored(entry, _recent.Take(entry.Row)));
    }

    /// <summary>The events of one actor from a number on, in their order.</summary>
    /// <param name="most">At most so many.</param>
    public async Task<IReadOnlyList<StoredEvent>> OfAsync(string persistenceId, long fromSequenceNr, int most, CancellationToken cancellation) =>
        (await _table.OfAsync(persistenceId, fromSequenceNr, most, cancellation)).ConvertAll(entry => Stored(entry, null));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _table.DisposeAsync();

    private StoredEvent Stored((long Ordering, EventRow Row) entry, object? known) => new(
        entry.Ordering, entry.Row.PersistenceId, entry.Row.SequenceNr, known ?? _serializer.FromRow(entry.Row).Payload);
}
