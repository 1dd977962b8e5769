using System.Globalization;
using Npgsql;
using WhistleActors.Testing;

namespace WhistleActors.Journal.Tests.Harness;

public sealed class PostgresTestDatabase : TestDatabase
{
    private TestPostgres? _postgres;

    public override string Provider => "postgresql";

    public override string StockProvider => "PostgreSQL.15";

    public override string ConnectionString => _postgres!.ConnectionString;

    public override async Task StartAsync() => _postgres = await TestPostgres.StartAsync();

    public override Task ExecuteAsync(string sql) => TestPostgres.ExecuteAsync(ConnectionString, sql);

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

    public override async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
