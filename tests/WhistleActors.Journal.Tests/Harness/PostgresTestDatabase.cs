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

    public override Task<IReadOnlyList<string>> QueryAsync(string sql) => new OwnServerDatabase(ConnectionString).QueryAsync(sql);

    public override Task<IReadOnlyList<string>> SchemaAsync(string table) => new OwnServerDatabase(ConnectionString).SchemaAsync(table);

    public override async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
