using Microsoft.Data.Sqlite;
using WhistleActors.Journal.Sqlite;

namespace WhistleActors.Journal.Snapshots;

/// <summary>
/// The table in an SQLite file in WAL mode. One connection reads, without a transaction of its own: it never waits for the
/// writers. Another writes; SQLite lets it wait for the journal's writer in steps of milliseconds.
/// </summary>
internal sealed class SqliteSnapshotTable(string connectionString) : ISnapshotTable
{
    private const string Create =
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

    private readonly Lock _reading = new();
    private readonly SemaphoreSlim _writing = new(1);
    private SqliteConnection? _reader;
    private SqliteConnection? _writer;
    private NativeStatement? _select;
    private NativeStatement? _upsert;
    private NativeStatement? _delete;

    public Task OpenAsync(bool initialize) => Task.Run(() =>
    {
        Close();
        _writer = Connect();
        if (initialize)
            Run(_writer, Create);
        _reader = Connect();
        _select = new NativeStatement(_reader, Select);
        _upsert = new NativeStatement(_writer, Upsert);
        _delete = new NativeStatement(_writer, Delete);
    });

    public ValueTask<SnapshotRow?> LoadAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation)
    {
        lock (_reading)
        {
            var select = Bound(_select!, persistenceId, range);
            var row = select.Step()
                ? new SnapshotRow(
                    select.Integer(0), select.Integer(1), select.Blob(2), select.Text(3), select.IsNull(4) ? null : (int)select.Integer(4))
                : null;
            select.Reset();
            return ValueTask.FromResult(row);
        }
    }

    public Task SaveAsync(string persistenceId, SnapshotRow row, CancellationToken cancellation) => WriteAsync(
        () => _upsert!
            .Bind(1, persistenceId).Bind(2, row.SequenceNr).Bind(3, row.Created).Bind(4, row.Snapshot.AsSpan())
            .Bind(5, row.Manifest).Bind(6, row.SerializerId ?? 0)
            .Run(),
        cancellation);

    public Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation) =>
        WriteAsync(() => Bound(_delete!, persistenceId, range).Run(), cancellation);

    public ValueTask DisposeAsync()
    {
        Close();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private static NativeStatement Bound(NativeStatement statement, string persistenceId, SnapshotRange range) => statement
        .Bind(1, persistenceId).Bind(2, range.FromNumber).Bind(3, range.ToNumber).Bind(4, range.FromTime).Bind(5, range.ToTime);

    // Not on the store's own thread: whoever saves may have to wait for the journal, and nobody who loads should wait for that.
    private async Task WriteAsync(Action work, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await Task.Run(work, cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        Run(connection, "PRAGMA busy_timeout = 10000");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private void Close()
    {
        _select?.Dispose();
        _upsert?.Dispose();
        _delete?.Dispose();
        _reader?.Dispose();
        _writer?.Dispose();
        (_select, _upsert, _delete, _reader, _writer) = (null, null, null, null, null);
    }
}
