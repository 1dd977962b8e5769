using Microsoft.Data.Sqlite;

namespace WhistleActors.Actors.Storage;

/// <summary>Where events are kept.</summary>
public sealed record StorageSettings
{
    private StorageSettings(string provider, string connectionString, int parallelism) =>
        (Provider, ConnectionString, Parallelism) = (provider, connectionString, parallelism);

    internal string Provider { get; }

    internal string ConnectionString { get; }

    internal int Parallelism { get; }

    internal bool IsPostgres => Provider.StartsWith("Postgre", StringComparison.Ordinal);

    /// <summary>Where the SQLite file lies; null for a database elsewhere.</summary>
    public string? Folder => IsPostgres ? null : Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource));

    /// <summary>One SQLite file: the embedded default, for one node.</summary>
    public static StorageSettings Sqlite(string file) => new(
        "SQLite.MS",
        new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString(),
        parallelism: 1);

    /// <summary>A PostgreSQL database, for one or several nodes.</summary>
    public static StorageSettings Postgres(string connectionString) => new("PostgreSQL.15", connectionString, parallelism: 3);

    /// <summary>Puts the database into the mode that it is used in.</summary>
    internal void Prepare()
    {
        if (IsPostgres)
            return;
        var file = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();

        // Readers do not stop the writer; the mode is kept in the file.
        command.CommandText = "PRAGMA journal_mode=WAL;";
        command.ExecuteNonQuery();
    }
}
