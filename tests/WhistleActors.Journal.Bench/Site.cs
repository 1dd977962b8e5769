using Npgsql;
using WhistleActors.Testing;

namespace WhistleActors.Journal.Bench;

/// <summary>Where the databases of the bench live: a folder for SQLite files, and a PostgreSQL cluster that syncs its log.</summary>
internal sealed class Site(string folder, PostgresServer? ownServer, string server) : IAsyncDisposable
{
    public static async Task<Site> OpenAsync(string parent)
    {
        var folder = Path.Combine(parent, "journal-bench-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        var given = Environment.GetEnvironmentVariable(TestPostgres.Variable);
        var own = string.IsNullOrEmpty(given) ? await PostgresServer.StartAsync(durable: true) : null;
        return new Site(folder, own, own?.ConnectionString ?? given!);
    }

    /// <summary>A connection string to a fresh, empty database.</summary>
    public async Task<string> FreshAsync(Database database)
    {
        var name = "bench_" + Guid.NewGuid().ToString("N");
        if (database != Database.Postgres)
            return $"Data Source={Path.Combine(folder, name + ".db")};Default Timeout=30";
        await TestPostgres.ExecuteAsync(server, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 40 }.ConnectionString;
    }

    public async Task DropAsync(Database database, string connectionString)
    {
        if (database == Database.Postgres)
        {
            NpgsqlConnection.ClearAllPools();
            await TestPostgres.ExecuteAsync(server, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
            return;
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(folder))
            File.Delete(file);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        if (ownServer is not null)
            await ownServer.DisposeAsync();
    }
}
