using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Akka.Persistence.Snapshot;
using Akka.Serialization;

namespace WhistleActors.Journal.Snapshots;

/// <summary>
/// A snapshot store on the table of Akka.Persistence.Sql that asks the database directly. Configure it under
/// <see cref="PluginId"/> with <c>provider</c>, <c>connection-string</c> and <c>auto-initialize</c>, as the journal.
/// </summary>
/// <remarks>
/// Every actor that comes into memory asks for its snapshot first. The stock store does that inside a transaction which, on SQLite,
/// takes the write lock and then sleeps 150 ms whenever the journal's writer holds it: with it, a server that wakes many actors did a
/// quarter of the work that it does with this one.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "An actor's end is PostStop, which disposes it.")]
public sealed class DirectSnapshotStore : SnapshotStore
{
    /// <summary>The configuration path of the plugin: the value of <c>akka.persistence.snapshot-store.plugin</c>.</summary>
    public const string PluginId = "akka.persistence.snapshot-store.direct";

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)Context.System;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ISnapshotTable _table;
    private readonly ConcurrentDictionary<Task, bool> _changes = new();
    private Task _opened = Task.CompletedTask;

    /// <summary>Called by Akka.Persistence with the plugin's configuration block.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or out of range.</exception>
    /// <exception cref="JournalException">The connection string of SQLite names no file.</exception>
    public DirectSnapshotStore(Config snapshotConfig)
    {
        var connectionString = snapshotConfig.GetString("connection-string");
        if (string.IsNullOrEmpty(connectionString))
            throw new ConfigurationException($"{PluginId}.connection-string is missing.");
        var initialize = snapshotConfig.GetBoolean("auto-initialize", true);
        _table = snapshotConfig.GetString("provider")?.ToUpperInvariant() switch
        {
            "SQLITE" => new SqliteSnapshotTable(connectionString, initialize),
            "POSTGRESQL" => new PostgresSnapshotTable(connectionString, initialize),
            var other => throw new ConfigurationException($"{PluginId}.provider is '{other}'; it must be 'sqlite' or 'postgresql'."),
        };
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _opened = OpenAsync();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // What has been accepted is done first.
        Task.Run(async () =>
        {
            await Task.WhenAll(_changes.Keys);
            await _table.DisposeAsync();
        }).Wait(StopPatience);
        base.PostStop();
    }

    /// <inheritdoc />
    protected override async Task<SelectedSnapshot?> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken)
    {
        await ReadyAsync().WaitAsync(cancellationToken);
        var row = await _table.LoadAsync(persistenceId, SnapshotRange.Of(criteria), cancellationToken);
        return row is null
            ? null
            : new SelectedSnapshot(
                new SnapshotMetadata(persistenceId, row.SequenceNr, new DateTime(row.Created, DateTimeKind.Utc)), FromRow(row));
    }

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken) => ChangeAsync(async () =>
    {
        await ReadyAsync().WaitAsync(cancellationToken);
        var serializer = _system.Serialization.FindSerializerFor(snapshot);

        // Beside the store's own thread: a large one takes seconds, and every actor that wakes waits for that thread.
        var bytes = await Task.Run(() => Serialization.WithTransport(_system, (serializer, snapshot), static s => s.serializer.ToBinary(s.snapshot)), cancellationToken);
        var row = new SnapshotRow(
            metadata.SequenceNr, metadata.Timestamp.Ticks, bytes, EventSerializer.ManifestOf(serializer, snapshot), serializer.Identifier);
        await _table.SaveAsync(metadata.PersistenceId, row, cancellationToken);
    });

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata, CancellationToken cancellationToken) =>
        DeleteAsync(metadata.PersistenceId, SnapshotRange.Of(metadata), cancellationToken);

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken) =>
        DeleteAsync(persistenceId, SnapshotRange.Of(criteria), cancellationToken);

    private Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellationToken) => ChangeAsync(async () =>
    {
        await ReadyAsync().WaitAsync(cancellationToken);
        await _table.DeleteAsync(persistenceId, range, cancellationToken);
    });

    private async Task ChangeAsync(Func<Task> work)
    {
        var ended = new TaskCompletionSource();
        _changes[ended.Task] = true;
        try
        {
            await work();
        }
        finally
        {
            _changes.TryRemove(ended.Task, out _);
            ended.SetResult();
        }
    }

    // What failed at the start is tried again by whoever comes next. Only the store's own thread comes here.
    private Task ReadyAsync() => _opened.IsFaulted ? _opened = OpenAsync() : _opened;

    private async Task OpenAsync()
    {
        try
        {
            await _table.OpenAsync();
        }
        catch (Exception cause)
        {
            _log.Warning(cause, "The snapshot table cannot be reached; the next request tries again");
            throw;
        }
    }

    private object FromRow(SnapshotRow row)
    {
        if (row.SerializerId is { } identifier)
            return _system.Serialization.Deserialize(row.Snapshot, identifier, row.Manifest);
        var type = Type.GetType(row.Manifest, throwOnError: true)!;
        return Serialization.WithTransport(
            _system,
            (Serializer: _system.Serialization.FindSerializerForType(type), row.Snapshot, Type: type),
            static s => s.Serializer.FromBinary(s.Snapshot, s.Type));
    }
}
