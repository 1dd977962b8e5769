using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Sqlite;

/// <summary>
/// One SQLite file in WAL mode: one connection writes, others read beside it. All calls are synchronous underneath, because
/// SQLite is.
/// </summary>
internal sealed class SqliteEventStore : IEventStore
{
    // Longer waits are the commit loop's business: it can tell the health check about them.
    private const int BusyMilliseconds = 500;

    private readonly GroupCommitSettings _settings;
    private readonly SqliteConnectionStringBuilder _connectionString;
    private readonly string _path;
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private JournalFileLock? _lock;
    private SqliteWriter? _writer;
    private SqliteCheckpointer? _checkpointer;
    private volatile bool _opened;

    /// <exception cref="JournalException">The connection string names no file.</exception>
    public SqliteEventStore(GroupCommitSettings settings)
    {
        _settings = settings;
        // A pooled connection could outlive the lock.
        _connectionString = SqliteFile.Unpooled(settings.ConnectionString);
        _path = Path.GetFullPath(_connectionString.DataSource);
        // Two names of one file must meet at one lock.
        if (File.Exists(_path) && new FileInfo(_path).ResolveLinkTarget(returnFinalTarget: true) is { } target)
            _path = target.FullName;
    }

    public Task OpenAsync(CancellationToken cancellation)
    {
        try
        {
            _lock ??= JournalFileLock.Take(_path);
            Reopen();
            _checkpointer ??= new SqliteCheckpointer(Connect());
            _opened = true;
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return Task.FromException(SqliteTrouble.Trouble(e, outcomeUnknown: false));
        }
        catch (JournalFileInUseException e)
        {
            return Task.FromException(e);
        }
    }

    public ValueTask WriteAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        InTransaction(writer =>
        {
            if (!writer.TryWriteAll(batch))
                writer.WriteEach(batch);
        });
        Checkpoint(batch);
        return ValueTask.CompletedTask;
    }

    public Task<bool[]> SettleAsync(IReadOnlyList<PendingWrite> batch, CancellationToken cancellation)
    {
        try
        {
            var writer = _writer ?? Reopen();
            writer.Overwrite();
            var stored = new bool[batch.Count];
            for (var i = 0; i < stored.Length; i++)
                stored[i] = Array.TrueForAll(batch[i].Rows, writer.IsStored);
            return Task.FromResult(stored);
        }
        catch (SqliteException e)
        {
            TryRollback();
            return Task.FromException<bool[]>(Troubled(e, outcomeUnknown: true));
        }
    }

    public Task DeleteAsync(string persistenceId, long toSequenceNr, CancellationToken cancellation)
    {
        InTransaction(writer => writer.Delete(persistenceId, toSequenceNr));
        return Task.CompletedTask;
    }

    public Task ReadHighestAsync(IReadOnlyList<HighestRequest> requests, CancellationToken cancellation)
    {
        Read(reader => reader.ReadHighest(requests));
        return Task.CompletedTask;
    }

    public Task ReadEventsAsync(IReadOnlyList<EventsRequest> requests, CancellationToken cancellation)
    {
        Read(reader => reader.ReadEvents(requests));
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _opened = false;
        if (_checkpointer is not null)
            await _checkpointer.DisposeAsync();
        _checkpointer = null;
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer?.Dispose();
        _writer = null;
        _lock?.Dispose();
        _lock = null;
    }

    private void Checkpoint(IReadOnlyList<PendingWrite> batch)
    {
        if (_checkpointer is not { } checkpointer)
            return;
        var events = 0;
        for (var i = 0; i < batch.Count; i++)
            events += batch[i].Events;
        checkpointer.Committed(events);
        if (!checkpointer.WriterShouldFinish && !checkpointer.WriterMustWait)
            return;
        _writer?.Checkpoint(checkpointer.WriterMustWait);
        checkpointer.Finished();
    }

    private void InTransaction(Action<SqliteWriter> work)
    {
        var committing = false;
        try
        {
            var writer = _writer ?? Reopen();
            work(writer);
            committing = true;
            writer.Commit();
        }
        catch (SqliteException e)
        {
            TryRollback();
            throw Troubled(e, outcomeUnknown: committing);
        }
    }

    private void TryRollback()
    {
        try
        {
            _writer?.Rollback();
        }
        catch (SqliteException)
        {
            // A connection that cannot even roll back is of no use; closing it rolls back.
            CloseWriter();
        }
    }

    private StoreTroubleException Troubled(SqliteException e, bool outcomeUnknown)
    {
        if (SqliteTrouble.NeedsNewConnection(e))
            CloseWriter();
        return SqliteTrouble.Trouble(e, outcomeUnknown);
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private SqliteWriter Reopen()
    {
        CloseWriter();
        var connection = Connect();
        try
        {
            if (Scalar(connection, "PRAGMA journal_mode = WAL") is not "wal")
                throw new SqliteException("The database cannot be switched to write-ahead logging.", SQLitePCL.raw.SQLITE_BUSY);
            Scalar(connection, $"PRAGMA synchronous = {(_settings.Synchronous == SynchronousMode.Full ? "FULL" : "NORMAL")}");
            Scalar(connection, "PRAGMA cache_size = -65536");
            Scalar(connection, "PRAGMA wal_autocheckpoint = 0");
            if (_settings.AutoInitialize)
                Scalar(connection, SqliteSchema.Create);
            // What the log holds after trouble may never have reached the disk: copied into the database and synced, it has.
            Scalar(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            return _writer = new SqliteWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString.ConnectionString);
        try
        {
            connection.Open();
            Scalar(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Read(Action<SqliteReader> work)
    {
        if (!_opened)
            throw new StoreTroubleException("The database is not open yet.", null, outcomeUnknown: false);
        SqliteReader? reader = null;
        try
        {
            if (!_readers.TryTake(out reader))
                reader = new SqliteReader(Connect());
            work(reader);
            _readers.Add(reader);
        }
        catch (SqliteException e)
        {
            reader?.Dispose();
            throw SqliteTrouble.Trouble(e, outcomeUnknown: false);
        }
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
