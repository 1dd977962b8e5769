using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhistleActors.Journal.Sqlite;

/// <summary>The one connection that writes, with its prepared statements.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const string InsertSql =
        """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private readonly SqliteConnection _connection;
    private readonly List<NativeStatement> _statements = [];
    private readonly NativeStatement _begin;
    private readonly NativeStatement _commit;
    private readonly NativeStatement _rollback;
    private readonly NativeStatement _savepoint;
    private readonly NativeStatement _release;
    private readonly NativeStatement _rollbackToSavepoint;
    private readonly NativeStatement _insert;
    private readonly NativeStatement _find;
    private readonly NativeStatement _lastUpTo;
    private readonly NativeStatement _mark;
    private readonly NativeStatement _remove;
    private readonly NativeStatement? _removeTags;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _savepoint = Prepare("SAVEPOINT one_write");
        _release = Prepare("RELEASE one_write");
        _rollbackToSavepoint = Prepare("ROLLBACK TO one_write");
        _insert = Prepare(InsertSql);
        _find = Prepare("SELECT 1 FROM journal WHERE persistence_id = ?1 AND sequence_number = ?2 AND writer_uuid IS ?3 AND created = ?4");
        _lastUpTo = Prepare("SELECT max(sequence_number) FROM journal WHERE persistence_id = ?1 AND sequence_number <= ?2");
        _mark = Prepare("UPDATE journal SET deleted = 1 WHERE persistence_id = ?1 AND sequence_number = ?2");
        _remove = Prepare("DELETE FROM journal WHERE persistence_id = ?1 AND sequence_number < ?2");
        // The tag table exists when the stock journal once wrote here with its default tag-write-mode.
        if (HasTable("tags"))
            _removeTags = Prepare("DELETE FROM tags WHERE persistence_id = ?1 AND sequence_nr < ?2");
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle!) == 0;

    /// <returns>False when a write of the batch was refused; then nothing is stored.</returns>
    public bool TryWriteAll(IReadOnlyList<PendingWrite> batch)
    {
        _begin.Run();
        try
        {
            for (var i = 0; i < batch.Count; i++)
                Insert(batch[i].Rows);
        }
        catch (SqliteException e) when (SqliteTrouble.IsRefusal(e))
        {
            Rollback();
            return false;
        }

        return true;
    }

    /// <summary>The slow way, with a savepoint around each write: a refused one leaves, the others stay.</summary>
    public void WriteEach(IReadOnlyList<PendingWrite> batch)
    {
        _begin.Run();
        foreach (var write in batch)
        {
            _savepoint.Run();
            try
            {
                Insert(write.Rows);
            }
            catch (SqliteException e) when (SqliteTrouble.IsRefusal(e) && InTransaction)
            {
                _rollbackToSavepoint.Run();
                write.Refusal = SqliteTrouble.Refusal(e, RefusedRow(write.Rows));
            }

            _release.Run();
        }
    }

    public void Commit() => _commit.Run();

    public void Rollback()
    {
        _insert.Reset();
        // Some errors (disk full, I/O) have already rolled the transaction back.
        if (InTransaction)
            _rollback.Run();
    }

    public void Delete(string persistenceId, long toSequenceNr)
    {
        _begin.Run();
        _lastUpTo.Bind(1, persistenceId).Bind(2, toSequenceNr).Step();
        var last = _lastUpTo.Integer(0);
        _lastUpTo.Reset();
        if (last != 0)
        {
            _mark.Bind(1, persistenceId).Bind(2, last).Run();
            _remove.Bind(1, persistenceId).Bind(2, last).Run();
            _removeTags?.Bind(1, persistenceId).Bind(2, last).Run();
        }
    }

    public bool IsStored(EventRow row)
    {
        try
        {
            return _find.Bind(1, row.PersistenceId).Bind(2, row.SequenceNr).Bind(3, row.WriterUuid).Bind(4, row.Created).Step();
        }
        finally
        {
            _find.Reset();
        }
    }

    /// <summary>
    /// Commits a change that changes nothing. A commit whose sync failed has left its frames in the write-ahead log, where a
    /// crash would find them and take them for good; the next commit overwrites them.
    /// </summary>
    public void Overwrite()
    {
        using var read = new NativeStatement(_connection, "PRAGMA user_version");
        read.Step();
        var version = read.Integer(0);
        read.Reset();
        _begin.Run();
        using (var write = new NativeStatement(_connection, $"PRAGMA user_version = {version}"))
            write.Run();
        _commit.Run();
    }

    /// <summary>
    /// Copies the log into the database, so that the next commit can start it anew. Failing is no harm: the log stays.
    /// </summary>
    /// <param name="wait">Whether to wait for readers that still use the log.</param>
    public void Checkpoint(bool wait) => raw.sqlite3_wal_checkpoint_v2(
        _connection.Handle!, "main", wait ? raw.SQLITE_CHECKPOINT_RESTART : raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        _connection.Dispose();
    }

    private void Insert(EventRow[] rows)
    {
        foreach (var row in rows)
        {
            _insert
                .Bind(1, row.Created)
                .Bind(2, row.PersistenceId)
                .Bind(3, row.SequenceNr)
                .Bind(4, row.Message)
                .Bind(5, row.Tags)
                .Bind(6, row.Manifest)
                .Bind(7, row.Identifier!.Value)
                .Bind(8, row.WriterUuid)
                .Run();
        }
    }

    private EventRow RefusedRow(EventRow[] rows)
    {
        using var taken = new NativeStatement(_connection, "SELECT 1 FROM journal WHERE persistence_id = ?1 AND sequence_number = ?2");
        foreach (var row in rows)
        {
            var found = taken.Bind(1, row.PersistenceId).Bind(2, row.SequenceNr).Step();
            taken.Reset();
            if (found)
                return row;
        }

        return rows[0];
    }

    private bool HasTable(string name)
    {
        using var statement = new NativeStatement(_connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1");
        return statement.Bind(1, name).Step();
    }

    private NativeStatement Prepare(string sql)
    {
        var statement = new NativeStatement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }
}
