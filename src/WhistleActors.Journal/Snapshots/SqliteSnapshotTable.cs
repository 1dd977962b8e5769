using Microsoft.Data.Sqlite;
using WhistleActors.Journal.Sqlite;

namespace WhistleActors.Journal.Snapshots;

/// <summary>
/// The table in an SQLite file in WAL mode. One connection reads, without a transaction of its own: it never waits for the
/// writers. Another writes; SQLite lets it wait for the journal's writer in steps of milliseconds.
/// </summary>
internal sealed class SqliteSnapshotTable(string connectionString, bool initialize) : ISnapshotTable
{
    internal const string Create =
        """
        CREATE TABLE IF NOT EXISTS [snapshot]
        (
            [persistence_id]  NVarChar(255) NOT NULL,
            [sequence_number] INTEGER       NOT NULL,
            [created]         INTEGER       NOT NULL,
            [snapshot]        VarBinary         NULL,
            [manifest]        NVarChar(500)     NULL,
            [serializer_id]   INTEGER           NULL,

            CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number])
        );
        CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
        CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
        """;

    private const string Select =
        """
        SELECT sequence_number, created, snapshot, manifest, serializer_id FROM snapshot
        WHERE persistence_id = ?1 AND sequence_number BETWEEN ?2 AND ?3 AND created BETWEEN ?4 AND ?5
        ORDER BY sequence_number DESC LIMIT 1
        """;

    private const string Upsert =
        """
        INSERT OR REPLACE INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """;

    private const string Delete =
        "DELETE FROM snapshot WHERE persistence_id = ?1 AND sequence_number BETWEEN ?2 AND ?3 AND created BETWEEN ?4 AND ?5";

    // Less than call-timeout of the circuit breaker, so that whoever waited in vain is told why in SQLite's words.
    private const int BusyMilliseconds = 8000;

    private readonly string _connectionString = SqliteFile.Unpooled(connectionString).ConnectionString;
    private readonly Lock _reading = new();
    private readonly SemaphoreSlim _writing = new(1);
    private Reader? _reader;
    private Writer? _writer;
    private bool _readingEnded;
    private bool _writingEnded;

    public async Task OpenAsync()
    {
        await WriteAsync(static _ => { }, CancellationToken.None);
        await Task.Run(() => Read(static _ => (SnapshotRow?)null));
    }

    public ValueTask<SnapshotRow?> LoadAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(reader => reader.Load(persistenceId, range)));
    }

    public Task SaveAsync(string persistenceId, SnapshotRow row, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Save(persistenceId, row), cancellation);

    public Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation) =>
        WriteAsync(writer => writer.Delete(persistenceId, range), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            _writingEnded = true;
            CloseWriter();
        }
        finally
        {
            _writing.Release();
        }

        lock (_reading)
        {
            _readingEnded = true;
            CloseReader();
        }
    }

    private static NativeStatement Bound(NativeStatement statement, string persistenceId, SnapshotRange range) => statement
        .Bind(1, persistenceId).Bind(2, range.FromNumber).Bind(3, range.ToNumber).Bind(4, range.FromTime).Bind(5, range.ToTime);

    private SnapshotRow? Read(Func<Reader, SnapshotRow?> work)
    {
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_readingEnded, this);
            try
            {
                return work(_reader ??= new Reader(Connect()));
            }
            catch (SqliteException e) when (SqliteTrouble.NeedsNewConnection(e))
            {
                CloseReader();
                throw;
            }
        }
    }

    // Not on the store's own thread: whoever saves may have to wait for the journal, and nobody who loads should wait for that.
    private async Task WriteAsync(Action<Writer> work, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await Task.Run(() => Write(work), cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Write(Action<Writer> work)
    {
        ObjectDisposedException.ThrowIf(_writingEnded, this);
        try
        {
            work(_writer ??= new Writer(Connect()));
        }
        catch (SqliteException e) when (SqliteTrouble.NeedsNewConnection(e))
        {
            CloseWriter();
            throw;
        }
    }

    private void CloseReader()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}");
            // Takes no lock where the table is there.
            if (initialize)
                Run(connection, Create);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The wait is SQLite's; the driver would add half a minute of its own.
        command.CommandTimeout = 1;
#pragma warning disable CA2100 // Constant texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static NativeStatement Prepare(SqliteConnection connection, string sql)
    {
        try
        {
            return new NativeStatement(connection, sql);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        private readonly NativeStatement _select = Prepare(connection, Select);

        public SnapshotRow? Load(string persistenceId, SnapshotRange range)
        {
            try
            {
                return Bound(_select, persistenceId, range).Step()
                    ? new SnapshotRow(
                        _select.Integer(0), _select.Integer(1), _select.Blob(2), _select.Text(3), _select.IsNull(4) ? null : (int)_select.Integer(4))
                    : null;
            }
            finally
            {
                // A statement left in the middle would keep the write-ahead log from ever starting anew.
                _select.Reset();
            }
        }

        public void Dispose()
        {
            _select.Dispose();
            connection.Dispose();
        }
    }

    private sealed class Writer(SqliteConnection connection) : IDisposable
    {
        private readonly NativeStatement _upsert = Prepare(connection, Upsert);
        private readonly NativeStatement _delete = Prepare(connection, SqliteSnapshotTable.Delete);

        public void Save(string persistenceId, SnapshotRow row) => _upsert
            .Bind(1, persistenceId).Bind(2, row.SequenceNr).Bind(3, row.Created).Bind(4, row.Snapshot.AsSpan())
            .Bind(5, row.Manifest).Bind(6, row.SerializerId!.Value)
            .Run();

        public void Delete(string persistenceId, SnapshotRange range) => Bound(_delete, persistenceId, range).Run();

        public void Dispose()
        {
            _upsert.Dispose();
            _delete.Dispose();
            connection.Dispose();
        }
    }
}
