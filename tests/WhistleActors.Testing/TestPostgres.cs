using Npgsql;

namespace WhistleActors.Testing;

/// <summary>
/// A fresh PostgreSQL database for a test: on the server that <see cref="Variable"/> names, or else on a cluster that the tests
/// of this process share and that ends with it.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a server on which databases may be created.</summary>
    public const string Variable = "WHISTLE_TEST_POSTGRES";

    private static readonly SemaphoreSlim Gate = new(1);
    private static PostgresServer? _shared;

    private readonly string _server;

    private TestPostgres(string server, string connectionString)
    {
        _server = server;
        ConnectionString = connectionString;
    }

    /// <summary>A connection to the fresh database.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates a database, and starts a cluster for it when none is there.</summary>
    public static async Task<TestPostgres> StartAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        var server = string.IsNullOrEmpty(given) ? await SharedAsync() : given;
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var database = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        return new TestPostgres(server, database);
    }

    /// <summary>Runs a statement on a connection of its own.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own statements.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<string> SharedAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_shared is null)
            {
                _shared = await PostgresServer.StartAsync();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => _shared.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }

            return _shared.ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }
}
