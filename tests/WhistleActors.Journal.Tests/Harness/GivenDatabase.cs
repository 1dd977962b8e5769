namespace WhistleActors.Journal.Tests.Harness;

/// <summary>A database that somebody else created and will remove.</summary>
public sealed class GivenDatabase(string provider, string connectionString) : TestDatabase
{
    public override string Provider => provider;

    public override string StockProvider => provider == "sqlite" ? "SQLite.MS" : "PostgreSQL.15";

    public override string ConnectionString => connectionString;

    public override Task StartAsync() => Task.CompletedTask;

    public override Task ExecuteAsync(string sql) => throw new NotSupportedException();

    public override Task<IReadOnlyList<string>> QueryAsync(string sql) => throw new NotSupportedException();

    public override Task<IReadOnlyList<string>> SchemaAsync(string table) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
