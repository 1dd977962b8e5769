using System.Net.Sockets;
using Npgsql;

namespace WhistleActors.Journal.PostgreSql;

/// <summary>One session writes, a pool of others reads.</summary>
internal sealed class PostgresEventStore : IEventStore
{
    private readonly GroupCommitSettings _settings;
    private readonly NpgsqlDataSource _writing;
    private readonly NpgsqlDataSource _reading;
    private PostgresWriter? _writer;
    private long? _lostSession;
    private bool _tagTable;
    private bool _archive;
    private volatile bool _opened;

    public PostgresEventStore(GroupCommitSettings settings)
    {
        _settings = settings;
        var given = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        if (string.IsNullOrEmpty(given.ApplicationName))
            given.ApplicationName = "group-commit journal";
        // A pooled session would keep its advisory lock when the pool takes it back.
        _writing = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(given.ConnectionString) { Pooling = false, Multiplexing = false });
        // A plan made while the table was small must not scan it when it is large: these queries always want the index.
        var options = $"{given.Options} -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off";
        _reading = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(given.ConnectionString) { Options = options.Trim(), NoResetOnClose = true });
    }

    public Task OpenAsync(CancellationToken cancellation) => GuardAsync(
        async () =>
        {
            if (_settings.AutoInitialize)
                await InitializeAsync(cancellation);
            await ReopenAsync(cancellation);
            _opened = true;
        },
        outcomeUnknown: false);

    public async ValueTask WriteAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        // In parts: some of the batch may be committed already when a later part fails.
        var inParts = false;
        try
        {
            var writer = _writer ?? await ReopenAsync(cancellation);
            try
            {
                await writer.InsertAsync(batch, cancellation);
            }
            catch (PostgresException e) when (PostgresTrouble.IsRefusal(e))
            {
                inParts = true;
                await WriteWithoutRefusedAsync(writer, batch, e, cancellation);
            }
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw await TroubledAsync(e, outcomeUnknown: inParts || !PostgresTrouble.IsRolledBack(e));
        }
    }

    public async Task<bool[]> SettleAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        try
        {
            var writer = _writer ?? await ReopenAsync(cancellation);
            await writer.AwaitStandbyAsync(cancellation);
            var found = await writer.FindAsync([.. batch.SelectMany(write => write.Rows)], cancellation);
            var at = 0;
            var stored = new bool[batch.Count];
            for (var i = 0; i < stored.Length; i++)
            {
                stored[i] = found.AsSpan(at, batch[i].Rows.Length).ToArray().All(row => row.Same);
                at += batch[i].Rows.Length;
            }

            return stored;
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw await TroubledAsync(e, outcomeUnknown: true);
        }
    }

    public async Task DeleteAsync(string persistenceId, long toSequenceNr, CancellationToken cancellation)
    {
        try
        {
            var writer = _writer ?? await ReopenAsync(cancellation);
            await writer.DeleteAsync(persistenceId, toSequenceNr, _tagTable, _archive, cancellation);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw await TroubledAsync(e, outcomeUnknown: false);
        }
    }

    public Task ReadHighestAsync(IReadOnlyList<HighestRequest> requests, CancellationToken cancellation) =>
        ReadAsync(connection => PostgresReader.ReadHighestAsync(connection, requests, cancellation), cancellation);

    public Task ReadEventsAsync(IReadOnlyList<EventsRequest> requests, CancellationToken cancellation) =>
        ReadAsync(connection => PostgresReader.ReadEventsAsync(connection, requests, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        _opened = false;
        if (_writer is not null)
            await _writer.DisposeAsync();
        await _writing.DisposeAsync();
        await _reading.DisposeAsync();
    }

    private static bool IsTrouble(Exception e) => e is NpgsqlException or IOException or SocketException or TimeoutException;

    private static async Task GuardAsync(Func<Task> work, bool outcomeUnknown)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw PostgresTrouble.Trouble(e, outcomeUnknown);
        }
    }

    private async Task InitializeAsync(CancellationToken cancellation)
    {
        await using var connection = await _writing.OpenConnectionAsync(cancellation);
        await using var batch = connection.CreateBatch();
        // Two nodes that start together on an empty database: IF NOT EXISTS alone does not keep them from colliding.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(hashtextextended('group-commit journal schema', 0))"));
        foreach (var command in $"{PostgresSchema.Create};{ArchiveSchema.Create}".Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            batch.BatchCommands.Add(new NpgsqlBatchCommand(command));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<PostgresWriter> ReopenAsync(CancellationToken cancellation)
    {
        var writer = await PostgresWriter.OpenAsync(_writing, _settings.OrderedCommits, cancellation);
        try
        {
            if (_lostSession is { } lost)
                await writer.AwaitEndAsync(lost, cancellation);
            _tagTable = await writer.HasTableAsync("tags", cancellation);
            _archive = await writer.HasTableAsync("journal_archive", cancellation);
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }

        _lostSession = null;
        return _writer = writer;
    }

    /// <summary>The batch was rolled back for what some of its rows are: store what is not to blame.</summary>
    private static async Task WriteWithoutRefusedAsync(
        PostgresWriter writer, IReadOnlyList<PendingWrite> batch, PostgresException cause, CancellationToken cancellation)
    {
        if (cause.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var accepted = await RefuseDuplicatesAsync(writer, batch, cause, cancellation);
            if (accepted.Count < batch.Count)
            {
                if (accepted.Count > 0)
                    await InsertOrSplitAsync(writer, accepted, cancellation);
                return;
            }
        }

        await SplitAsync(writer, batch, cause, cancellation);
    }

    private static async Task<List<PendingWrite>> RefuseDuplicatesAsync(
        PostgresWriter writer, IReadOnlyList<PendingWrite> batch, PostgresException cause, CancellationToken cancellation)
    {
        var found = await writer.FindAsync([.. batch.SelectMany(write => write.Rows)], cancellation);
        var accepted = new List<PendingWrite>(batch.Count);
        var numbers = new HashSet<(string, long)>();
        var at = 0;
        foreach (var write in batch)
        {
            EventRow? duplicate = null;
            foreach (var row in write.Rows)
            {
                if (found[at++].Taken || numbers.Contains((row.PersistenceId, row.SequenceNr)))
                    duplicate ??= row;
            }

            if (duplicate is not null)
            {
                write.Refusal = new DuplicateSequenceNumberException(
                    $"{duplicate.PersistenceId} already has an event {duplicate.SequenceNr}: a second incarnation of the actor is writing.",
                    cause);
                continue;
            }

            foreach (var row in write.Rows)
                numbers.Add((row.PersistenceId, row.SequenceNr));
            accepted.Add(write);
        }

        return accepted;
    }

    private static async Task InsertOrSplitAsync(PostgresWriter writer, IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        try
        {
            await writer.InsertAsync(batch, cancellation);
        }
        catch (PostgresException e) when (PostgresTrouble.IsRefusal(e))
        {
            await WriteWithoutRefusedAsync(writer, batch, e, cancellation);
        }
    }

    private static async Task SplitAsync(
        PostgresWriter writer, IReadOnlyList<PendingWrite> batch, PostgresException cause, CancellationToken cancellation)
    {
        if (batch.Count == 1)
        {
            var row = batch[0].Rows[0];
            batch[0].Refusal = new EventRefusedException(
                $"The database refuses event {row.SequenceNr} of {row.PersistenceId}: {cause.Message}", cause);
            return;
        }

        var half = batch.Count / 2;
        await InsertOrSplitAsync(writer, [.. batch.Take(half)], cancellation);
        await InsertOrSplitAsync(writer, [.. batch.Skip(half)], cancellation);
    }

    private async Task<StoreTroubleException> TroubledAsync(Exception e, bool outcomeUnknown)
    {
        // A new session costs a millisecond; an old one may be out of step, or bound to a server that has become read-only.
        if (_writer is not null)
        {
            _lostSession = _writer.SessionKey;
            await _writer.DisposeAsync();
            _writer = null;
        }

        return PostgresTrouble.Trouble(e, outcomeUnknown);
    }

    private Task ReadAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellation)
    {
        if (!_opened)
            throw new StoreTroubleException("The database is not open yet.", null, outcomeUnknown: false);
        return GuardAsync(
            async () =>
            {
                await using var connection = await _reading.OpenConnectionAsync(cancellation);
                await work(connection);
            },
            outcomeUnknown: false);
    }
}
