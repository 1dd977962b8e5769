using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Tests.Harness;

public sealed partial class SqliteTestDatabase : TestDatabase
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "journal.db");

    public override string Provider => "sqlite";

    public override string StockProvider => "SQLite.MS";

    public override string ConnectionString => $"Data Source={Path};Pooling=False";

    public override Task StartAsync() => Task.CompletedTask;

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Written(reader.GetValue(i)))));
        return rows;
    }

    public override async Task<IReadOnlyList<string>> SchemaAsync(string table) =>
        [.. (await QueryAsync($"SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' ORDER BY name")).Select(sql => Space().Replace(sql, " "))];

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
