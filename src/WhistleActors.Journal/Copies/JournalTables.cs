using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using WhistleActors.Journal.PostgreSql;

namespace WhistleActors.Journal.Copies;

/// <summary>The tables of journal and snapshots as a copy reads them: row by row, in whichever database.</summary>
internal sealed class JournalTables(DbConnection connection, DbTransaction? transaction = null)
{
    internal static readonly string[] EventColumns =
        ["ordering", "created", "deleted", "persistence_id", "sequence_number", "message", "tags", "manifest", "identifier", "writer_uuid"];

    internal static readonly string[] SnapshotColumns = ["persistence_id", "sequence_number", "created", "snapshot", "manifest", "serializer_id"];

    // Of the stock journal's other modes: rows in them would have to be carried over, and nobody writes them here.
    private static readonly string[] MustBeEmpty = ["tags", "journal_metadata"];

    // What only a living cluster needs.
    private static readonly string[] LeftBehind = ["whistle_lease", "whistle_cluster", "journal_archived"];

    private static readonly string[] OursBegin = ["journal", "snapshot", "tags", "whistle_"];

    // Where old events are on PostgreSQL: in a copy they are in the journal again, which they were moved out of. A month that was detached and is still in the
    // database belongs to it.
    private IReadOnlyList<string> _archives = [];

    private bool IsSqlite => connection is SqliteConnection;

    /// <summary>Sees to it that the tables are those that this version knows, and that nothing would be left behind.</summary>
    /// <exception cref="JournalCopyException">They are not.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var tables = await NamesAsync(cancellation);
        foreach (var (table, columns) in ((string, string[])[])[("journal", EventColumns), ("snapshot", SnapshotColumns)])
            await CheckColumnsAsync(table, columns, tables.Contains(table), cancellation);
        var attached = IsSqlite ? [] : await TextsAsync(ArchiveSchema.Attached, cancellation);
        _archives = IsSqlite ? [] : [.. tables.Where(ArchiveSchema.IsNameOfOurs).Except(attached)];
        foreach (var archive in _archives)
            await CheckColumnsAsync(archive, EventColumns, there: true, cancellation);
        foreach (var table in tables.Where(IsOurs))
        {
            if (table is "journal" or "snapshot" || LeftBehind.Contains(table) || attached.Contains(table) || _archives.Contains(table))
                continue;
            if (!MustBeEmpty.Contains(table) || await CountAsync(table, cancellation) > 0)
                throw Wrong($"There is a table {table}, which this version does not know how to copy.", $"存在表 {table}，本版本不知如何复制。");
        }
    }

    /// <summary>A table of a city's events or snapshots that has rows, months that were detached among them, and how many; null when all are empty or not there.</summary>
    public async Task<(string Table, long Rows)?> FirstFilledAsync(CancellationToken cancellation)
    {
        var there = await NamesAsync(cancellation);
        foreach (var table in ((string[])["journal", "snapshot", "tags", "journal_archived"]).Intersect(there).Concat(there.Where(ArchiveSchema.IsNameOfOurs).Order()))
        {
            if (await CountAsync(table, cancellation) is > 0 and var rows)
                return (table, rows);
        }

        return null;
    }

    /// <summary>All events in the journal's order.</summary>
    public async IAsyncEnumerable<CopiedEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var every = string.Join(" UNION ALL ", ((string[])["journal", .. _archives]).Select(table => $"SELECT {string.Join(", ", EventColumns)} FROM {table}"));
        await using var command = Command($"{every} ORDER BY ordering");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new CopiedEvent(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2), reader.GetString(3), reader.GetInt64(4), reader.GetFieldValue<byte[]>(5),
                Text(reader, 6), Text(reader, 7), Number(reader, 8), Text(reader, 9));
        }
    }

    /// <summary>All snapshots, in no order.</summary>
    public async IAsyncEnumerable<CopiedSnapshot> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command($"SELECT {string.Join(", ", SnapshotColumns)} FROM snapshot");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new CopiedSnapshot(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetFieldValue<byte[]>(3),
                Text(reader, 4), Number(reader, 5));
        }
    }

    /// <summary>Adds up all rows.</summary>
    /// <param name="each">Is shown each event: its manifest and its message.</param>
    /// <exception cref="JournalCopyException">Something is missing in them.</exception>
    public async Task<(JournalContents Contents, JournalContents.Sum Sum)> SumUpAsync(Action<string, byte[]>? each, CancellationToken cancellation)
    {
        var sum = new JournalContents.Sum();
        await foreach (var row in EventsAsync(cancellation))
        {
            sum.Add(row);
            each?.Invoke(row.Manifest ?? "", row.Message);
        }

        await foreach (var row in SnapshotsAsync(cancellation))
            sum.Add(row);
        return (sum.Total(), sum);
    }

    private static bool IsOurs(string table) => OursBegin.Any(begin => table.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static int? Number(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static JournalCopyException Wrong(string english, string chinese) => new(
        "wrong-tables", $"{english} Use the version of WhistleActors that wrote them.", $"{chinese}请使用写入它们的 WhistleActors 版本。");

    private async Task CheckColumnsAsync(string table, string[] columns, bool there, CancellationToken cancellation)
    {
        if (!there)
            throw Wrong($"There is no table {table}.", $"没有表 {table}。");
        var found = await TextsAsync(
            IsSqlite
                ? $"SELECT name FROM pragma_table_info('{table}')"
                : $"SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}'",
            cancellation);
        if (!found.Order().SequenceEqual(columns.Order()))
        {
            throw Wrong(
                $"The table {table} has the columns {string.Join(", ", found)}; expected {string.Join(", ", columns)}.",
                $"表 {table} 的列为 {string.Join("、", found)}；应为 {string.Join("、", columns)}。");
        }
    }

    private Task<List<string>> NamesAsync(CancellationToken cancellation) => TextsAsync(
        IsSqlite ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", cancellation);

    private async Task<long> CountAsync(string table, CancellationToken cancellation)
    {
        await using var command = Command($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<List<string>> TextsAsync(string sql, CancellationToken cancellation)
    {
        var texts = new List<string>();
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            texts.Add(reader.GetString(0));
        return texts;
    }

    private DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Constant texts of this class, and names of tables that it knows.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
