using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Akka.Persistence.Journal;
using WhistleActors.Journal.PostgreSql;
using WhistleActors.Journal.Sqlite;

namespace WhistleActors.Journal;

/// <summary>
/// A journal on the tables of Akka.Persistence.Sql that stores what has gathered, from however many actors, in one transaction.
/// Configure it under <see cref="GroupCommitPersistence.PluginId"/>; README.md names every setting and guarantee.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor's end is PostStop, which disposes them.")]
public sealed class GroupCommitJournal : AsyncWriteJournal
{
    private static readonly TimeSpan HealthPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly GroupCommitSettings _settings;
    private readonly EventSerializer _serializer;
    private readonly TimeProvider _time;
    private readonly IActorRefProvider _provider;
    private readonly StoreHealth _health = new();
    private readonly CommitLoop _writer;
    private readonly JournalMeter _meter;
    private readonly GroupedReader<HighestRequest, long> _highest;
    private readonly GroupedReader<EventsRequest, List<EventRow>> _events;
    private ReplyTo? _replyTo;

    /// <summary>Called by Akka.Persistence with the plugin's configuration block.</summary>
    /// <exception cref="ConfigurationException">A setting is missing or out of range.</exception>
    public GroupCommitJournal(Config journalConfig)
    {
        var system = (ExtendedActorSystem)Context.System;
        _provider = system.Provider;
        _settings = GroupCommitSettings.From(journalConfig);
        _time = system.Settings.Setup.Get<GroupCommitSetup>() is { HasValue: true, Value: var setup }
            ? setup.TimeProvider
            : TimeProvider.System;
        _serializer = new EventSerializer(system, _settings);
        IEventStore store = _settings.Provider == JournalProvider.Sqlite
            ? new SqliteEventStore(_settings)
            : new PostgresEventStore(_settings);
        _writer = new CommitLoop(store, _settings, _time, _health, Context.GetLogger());
        _meter = new JournalMeter(_writer, _health);
        _highest = new GroupedReader<HighestRequest, long>(store.ReadHighestAsync, _settings, _time);
        _events = new GroupedReader<EventsRequest, List<EventRow>>(store.ReadEventsAsync, _settings, _time);
    }

    /// <summary>Whether events can be stored and read: asks the writer, then the database.</summary>
    public override async Task<PersistenceHealthCheckResult> CheckHealthAsync(CancellationToken cancellationToken = default)
    {
        if (_health.Trouble is { } trouble)
            return Unhealthy(trouble);
        if (!_writer.Opened.IsCompleted)
            return new PersistenceHealthCheckResult(PersistenceHealthStatus.Unhealthy, "The database is not open yet.");
        var breaker = await base.CheckHealthAsync(cancellationToken);
        if (breaker.Status != PersistenceHealthStatus.Healthy)
            return breaker;
        try
        {
            await _highest.ReadAsync(new HighestRequest("")).WaitAsync(HealthPatience, _time, cancellationToken);
        }
        catch (Exception e) when (e is StoreTroubleException or TimeoutException)
        {
            return Unhealthy(e);
        }

        return _writer.Fill > 0.8
            ? new PersistenceHealthCheckResult(PersistenceHealthStatus.Degraded, $"The queue is {_writer.Fill:P0} full.")
            : breaker;

        static PersistenceHealthCheckResult Unhealthy(Exception trouble) =>
            new(PersistenceHealthStatus.Unhealthy, trouble.Message, trouble);
    }

    /// <inheritdoc />
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        _writer.ThrowIfRefused();
        await _writer.WhenSettled(persistenceId).WaitAsync(cancellationToken);
        return await _highest.ReadAsync(new HighestRequest(persistenceId)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var next = fromSequenceNr;
        var left = max;
        while (left > 0 && next <= toSequenceNr)
        {
            var limit = (int)Math.Min(left, _settings.ReplayPageEvents);
            var rows = await _events.ReadAsync(new EventsRequest(persistenceId, next, toSequenceNr, limit));
            foreach (var row in rows)
                recoveryCallback(_serializer.FromRow(row));
            if (rows.Count < limit)
                return;
            next = rows[^1].SequenceNr + 1;
            left -= rows.Count;
        }
    }

    /// <inheritdoc />
    protected override bool ReceivePluginInternal(object message)
    {
        if (StockHandshake.AnswerTo(message) is not { } answer)
            return false;
        _writer.Opened.PipeTo(Sender, Self, () => answer);
        return true;
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _writer.Start();
        _highest.Start();
        _events.Start();
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _meter.Dispose();

        // Whoever starts next, here or in another process, must find the file free and every accepted event stored.
        Task.Run(async () =>
        {
            await _highest.DisposeAsync();
            await _events.DisposeAsync();
            await _writer.DisposeAsync();
        }).Wait(StopPatience);
        base.PostStop();
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (message is not WriteMessages write)
            return base.AroundReceive(receive, message);
        // The base class calls WriteMessagesAsync before it returns, or not at all.
        _replyTo = new ReplyTo(write.PersistentActor, _provider, write.Messages.Count(static m => m is AtomicWrite));
        return base.AroundReceive(receive, new WriteMessages(write.Messages, _replyTo, write.ActorInstanceId));
    }

    /// <inheritdoc />
    protected override async Task<IImmutableList<Exception?>?> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var replyTo = _replyTo!;
        var (rows, bytes, rejections) = _serializer.ToRows(messages, _time.GetUtcNow().UtcTicks);
        if (rows.Count == 0)
            return rejections;
        try
        {
            var write = new PendingWrite([.. rows], bytes, rejections, cancellationToken);
            _writer.Enqueue(write, rows[0].PersistenceId);
            return await write.Answer;
        }
        catch (Exception e) when (e is DuplicateSequenceNumberException or EventRefusedException or JournalOverloadedException)
        {
            return [.. replyTo.Refuse(e)];
        }
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken)
    {
        var delete = new PendingDelete(persistenceId, toSequenceNr, cancellationToken);
        _writer.Enqueue(delete, persistenceId);
        return delete.Answer;
    }
}
