using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>One server on a fake clock for the tests of a class.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(fakeClock: true, await SettingsAsync());

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string[]> SettingsAsync();
}

/// <summary>On SQLite, the default.</summary>
public sealed class SqliteServer : ServerFixture
{
    protected override Task<string[]> SettingsAsync() => Task.FromResult<string[]>([]);
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresqlServer : ServerFixture
{
    private TestPostgres database = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }

    protected override async Task<string[]> SettingsAsync()
    {
        database = await TestPostgres.StartAsync();
        return ["--postgres", database.ConnectionString];
    }
}
