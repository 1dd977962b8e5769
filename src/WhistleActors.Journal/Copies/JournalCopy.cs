using System.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using WhistleActors.Journal.PostgreSql;
using WhistleActors.Journal.Snapshots;
using WhistleActors.Journal.Sqlite;

namespace WhistleActors.Journal.Copies;

/// <summary>
/// Whole copies of a journal with its snapshots, each of one moment: out of a database that is being written to, into one SQLite file; and
/// from such a file into an empty PostgreSQL database. Numbers in the journal's order stay what they were.
/// </summary>
public static class JournalCopy
{
    /// <summary>Copies an SQLite database while its server writes to it. The copy is one file, without a write-ahead log.</summary>
    /// <remarks>
    /// One step of SQLite's backup interface: it reads one state of the database, which in WAL mode stops no writer. The log cannot start anew until
    /// it has ended, so it grows meanwhile by what is written.
    /// </remarks>
    /// <exception cref="JournalCopyException">It holds other tables than this version writes, or cannot be read.</exception>
    public static Task FromSqliteAsync(string file, string copy, CancellationToken cancellation = default) => SayingWhyAsync(file, async () =>
    {
        await using (var source = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellation))
        {
            await new JournalTables(source).CheckAsync(cancellation);
            await using var target = await OpenAsync(copy, SqliteOpenMode.ReadWriteCreate, cancellation);
            source.BackupDatabase(target);
            await ExecuteAsync(target, "PRAGMA journal_mode = DELETE", cancellation);
        }

        Flush(copy);
        return 0;
    });

    /// <summary>Copies a PostgreSQL database, as of one moment, into an SQLite file. What only a living cluster needs is left out.</summary>
    /// <exception cref="JournalCopyException">It holds other tables than this version writes, or cannot be reached.</exception>
    public static Task FromPostgresAsync(string connectionString, string copy, CancellationToken cancellation = default) => SayingWhyAsync("PostgreSQL", async () =>
    {
        await using var source = await ConnectAsync(connectionString, cancellation);
        await using var moment = await source.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var tables = new JournalTables(source, moment);
        await tables.CheckAsync(cancellation);
        await using (var target = await OpenAsync(copy, SqliteOpenMode.ReadWriteCreate, cancellation))
        {
            // Nobody has the file yet: it is flushed as a whole.
            await ExecuteAsync(target, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;", cancellation);
            await ExecuteAsync(target, SqliteSchema.Create + SqliteSnapshotTable.Create, cancellation);
            await ExecuteAsync(target, "BEGIN", cancellation);
            await InsertAsync(tables, target, cancellation);
            await ExecuteAsync(target, "COMMIT", cancellation);
        }

        Flush(copy);
        return 0;
    });

    /// <summary>Reads a copy through: that the file is whole, that no actor lacks an event, and that no snapshot is ahead of the journal.</summary>
    /// <param name="each">Is shown each event: its manifest and its message.</param>
    /// <exception cref="JournalCopyException">It is damaged; the text says how.</exception>
    public static Task<JournalContents> VerifyAsync(string copy, Action<string, byte[]>? each = null, CancellationToken cancellation = default) => SayingWhyAsync(copy, async () =>
    {
        await using var connection = await OpenAsync(copy, SqliteOpenMode.ReadOnly, cancellation);
        await using (var check = connection.CreateCommand())
        {
            check.CommandText = "PRAGMA integrity_check(3)";
            check.CommandTimeout = 0;
            var said = new List<string>();
            await using var reader = await check.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                said.Add(reader.GetString(0));
            if (said is not ["ok"])
                throw Damaged(copy, string.Join("; ", said), null);
        }

        var tables = new JournalTables(connection);
        await tables.CheckAsync(cancellation);
        return (await tables.SumUpAsync(each, cancellation)).Contents;
    });

    /// <summary>The same for a PostgreSQL database, as of one moment.</summary>
    /// <exception cref="JournalCopyException">Something is missing in it; the text says what.</exception>
    public static Task<JournalContents> VerifyPostgresAsync(string connectionString, Action<string, byte[]>? each = null, CancellationToken cancellation = default) =>
        SayingWhyAsync("PostgreSQL", async () =>
        {
            await using var connection = await ConnectAsync(connectionString, cancellation);
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var tables = new JournalTables(connection, moment);
            await tables.CheckAsync(cancellation);
            return (await tables.SumUpAsync(each, cancellation)).Contents;
        });

    /// <summary>
    /// Moves what an SQLite file holds into an empty PostgreSQL database: all of it in one transaction, which ends only when every actor's events have
    /// been read back and are equal. Whatever ends it before leaves nothing, and it can be done again.
    /// </summary>
    /// <param name="file">Nobody may write to it: its lock is held meanwhile.</param>
    /// <exception cref="JournalCopyException">The database is not empty or in use, or the file is damaged.</exception>
    /// <exception cref="JournalFileInUseException">A server runs on the file.</exception>
    public static Task<JournalContents> ToPostgresAsync(string file, string connectionString, CancellationToken cancellation = default) => SayingWhyAsync(file, async () =>
    {
        using var alone = JournalFileLock.Take(Path.GetFullPath(file));
        await using var source = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellation);
        var from = new JournalTables(source);
        await from.CheckAsync(cancellation);
        await using var target = await ConnectAsync(connectionString, cancellation);
        await RefuseIfInUseAsync(target, cancellation);
        await using var transaction = await target.BeginTransactionAsync(cancellation);
        await ExecuteAsync(target, PostgresSchema.Create + PostgresSnapshotTable.Create, cancellation);

        // Whoever starts on it meanwhile waits, and then finds all of it or nothing.
        await ExecuteAsync(target, "LOCK TABLE journal, snapshot IN ACCESS EXCLUSIVE MODE", cancellation);
        var to = new JournalTables(target, transaction);
        await RefuseUnlessEmptyAsync(to, cancellation);
        var (contents, sum) = await CopyInAsync(from, target, cancellation);
        if (contents.Events > 0)
            await ExecuteAsync(target, $"SELECT setval(pg_get_serial_sequence('journal', 'ordering'), {contents.Head})", cancellation);
        var (stored, storedSum) = await to.SumUpAsync(null, cancellation);
        Compare(contents, sum, stored, storedSum);
        await ExecuteAsync(target, "ANALYZE journal; ANALYZE snapshot;", cancellation);
        await transaction.CommitAsync(cancellation);
        return contents;
    });

    private static async Task<(JournalContents Contents, JournalContents.Sum Sum)> CopyInAsync(JournalTables from, NpgsqlConnection target, CancellationToken cancellation)
    {
        var sum = new JournalContents.Sum();
        await ImportAsync(target, "journal", JournalTables.EventColumns, from.EventsAsync(cancellation), async (to, row) =>
        {
            sum.Add(row);
            await to.WriteAsync(row.Ordering, NpgsqlDbType.Bigint, cancellation);
            await to.WriteAsync(row.Created, NpgsqlDbType.Bigint, cancellation);
            await to.WriteAsync(row.Deleted, NpgsqlDbType.Boolean, cancellation);
            await to.WriteAsync(row.PersistenceId, NpgsqlDbType.Text, cancellation);
            await to.WriteAsync(row.SequenceNr, NpgsqlDbType.Bigint, cancellation);
            await to.WriteAsync(row.Message, NpgsqlDbType.Bytea, cancellation);
            await to.WriteAsync(row.Tags, NpgsqlDbType.Text, cancellation);
            await to.WriteAsync(row.Manifest, NpgsqlDbType.Text, cancellation);
            await to.WriteAsync(row.Identifier, NpgsqlDbType.Integer, cancellation);
            await to.WriteAsync(row.WriterUuid, NpgsqlDbType.Text, cancellation);
        }, cancellation);
        await ImportAsync(target, "snapshot", JournalTables.SnapshotColumns, from.SnapshotsAsync(cancellation), async (to, row) =>
        {
            sum.Add(row);
            await to.WriteAsync(row.PersistenceId, NpgsqlDbType.Text, cancellation);
            await to.WriteAsync(row.SequenceNr, NpgsqlDbType.Bigint, cancellation);
            await to.WriteAsync(row.Created, NpgsqlDbType.Bigint, cancellation);
            await to.WriteAsync(row.Snapshot, NpgsqlDbType.Bytea, cancellation);
            await to.WriteAsync(row.Manifest, NpgsqlDbType.Text, cancellation);
            await to.WriteAsync(row.SerializerId, NpgsqlDbType.Integer, cancellation);
        }, cancellation);
        return (sum.Total(), sum);
    }

    private static async Task ImportAsync<TRow>(
        NpgsqlConnection target, string table, string[] columns, IAsyncEnumerable<TRow> rows, Func<NpgsqlBinaryImporter, TRow, Task> write, CancellationToken cancellation)
    {
        await using var import = await target.BeginBinaryImportAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellation);
        import.Timeout = Timeout.InfiniteTimeSpan;
        await foreach (var row in rows)
        {
            await import.StartRowAsync(cancellation);
            await write(import, row);
        }

        await import.CompleteAsync(cancellation);
    }

    private static async Task RefuseUnlessEmptyAsync(JournalTables tables, CancellationToken cancellation)
    {
        if (await tables.FirstFilledAsync(cancellation) is var (table, rows))
        {
            throw new JournalCopyException(
                "target-not-empty",
                $"The PostgreSQL database is not empty: its table {table} has {rows} rows. Give it a database of its own.",
                $"PostgreSQL 数据库非空：表 {table} 有 {rows} 行。请另建一个数据库。");
        }
    }

    private static async Task RefuseIfInUseAsync(NpgsqlConnection target, CancellationToken cancellation)
    {
        // Each journal that writes holds an advisory lock for as long as it lives (PostgresWriter).
        await using var writers = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            target);
        if ((long)(await writers.ExecuteScalarAsync(cancellation))! > 0)
        {
            throw new JournalCopyException(
                "target-in-use", "A server runs on the PostgreSQL database. Stop all nodes first.", "已有服务器在使用该 PostgreSQL 数据库。请先停止所有节点。");
        }
    }

    private static void Compare(JournalContents read, JournalContents.Sum readSum, JournalContents stored, JournalContents.Sum storedSum)
    {
        if (read == stored)
            return;
        var first = readSum.Actors.FirstOrDefault(actor =>
            !storedSum.Actors.TryGetValue(actor.Key, out var other) || actor.Value.Events != other.Events || !actor.Value.Sha256.AsSpan().SequenceEqual(other.Sha256));
        throw new JournalCopyException(
            "copy-differs",
            $"What was stored is not what was read: {read} became {stored}, first at {first.Key ?? "the snapshots"}. Nothing was kept.",
            $"写入内容与读取内容不一致：{read} 变为 {stored}，首处为 {first.Key ?? "快照"}。未保留任何数据。");
    }

    private static async Task InsertAsync(JournalTables tables, SqliteConnection target, CancellationToken cancellation)
    {
        using (var insert = new NativeStatement(target, $"INSERT INTO journal ({string.Join(", ", JournalTables.EventColumns)}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"))
        {
            await foreach (var row in tables.EventsAsync(cancellation))
            {
                insert.Bind(1, row.Ordering).Bind(2, row.Created).Bind(3, row.Deleted ? 1 : 0).Bind(4, row.PersistenceId).Bind(5, row.SequenceNr).Bind(6, row.Message)
                    .Bind(7, row.Tags).Bind(8, row.Manifest).Bind(9, row.Identifier).Bind(10, row.WriterUuid).Run();
            }
        }

        using (var insert = new NativeStatement(target, $"INSERT INTO snapshot ({string.Join(", ", JournalTables.SnapshotColumns)}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))
        {
            await foreach (var row in tables.SnapshotsAsync(cancellation))
            {
                insert.Bind(1, row.PersistenceId).Bind(2, row.SequenceNr).Bind(3, row.Created);
                _ = row.Snapshot is null ? insert.Bind(4, (string?)null) : insert.Bind(4, row.Snapshot.AsSpan());
                insert.Bind(5, row.Manifest).Bind(6, row.SerializerId).Run();
            }
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellation)
    {
        // A pooled connection could outlive the copy.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Constant texts of this class, and a number.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    private static JournalCopyException Damaged(string file, string why, Exception? cause) =>
        new("database-damaged", $"The database {file} is damaged: {why}.", $"数据库 {file} 已损坏：{why}。", cause);

    // In the driver's words, and in ours.
    private static async Task<T> SayingWhyAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw Damaged(what, e.Message, e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL)
        {
            throw new JournalCopyException("no-space", "There is no room left on the disk.", "磁盘空间不足。", e);
        }
        catch (SqliteException e)
        {
            throw new JournalCopyException("database-unreadable", $"The database {what} cannot be read: {e.Message}", $"无法读取数据库 {what}：{e.Message}", e);
        }
        catch (NpgsqlException e)
        {
            throw new JournalCopyException("database-unreachable", $"PostgreSQL says: {e.Message}", $"PostgreSQL 报告：{e.Message}", e);
        }
    }
}
