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
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Written(reader.GetValue(i)))));
        return rows;
    }

    public override async Task<IReadOnlyList<string>> SchemaAsync(string table) =>
    [
        .. await QueryAsync(
            $"""
            SELECT column_name, data_type, is_nullable, column_default, is_identity, identity_generation, collation_name
            FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position
            """),
        .. await QueryAsync($"SELECT indexdef FROM pg_indexes WHERE tablename = '{table}' ORDER BY indexname"),
        .. await QueryAsync(
            $"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '{table}'::regclass ORDER BY conname"),
    ];

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
