using System.Globalization;
using Npgsql;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>A database on a server that the test itself stops and starts.</summary>
public sealed class OwnServerDatabase(string connectionString) : TestDatabase
{
    public override string Provider => "postgresql";

    public override string StockProvider => "PostgreSQL.15";

    public override string ConnectionString => connectionString;

    public override Task StartAsync() => Task.CompletedTask;

    public override Task ExecuteAsync(string sql) => QueryAsync(sql);

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
