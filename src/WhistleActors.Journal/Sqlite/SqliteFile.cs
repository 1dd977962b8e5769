using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Sqlite;

/// <summary>What journal and snapshot store ask of a connection string.</summary>
internal static class SqliteFile
{
    /// <summary>Connections of their own to a file: a database in memory would be another one for each of them.</summary>
    /// <exception cref="JournalException">The connection string names no file.</exception>
    public static SqliteConnectionStringBuilder Unpooled(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        return builder.DataSource is "" or ":memory:"
            || builder.Mode == SqliteOpenMode.Memory
            || builder.DataSource.StartsWith("file:", StringComparison.Ordinal)
                ? throw new JournalException("Journal and snapshots need an SQLite file: 'Data Source=<path>'.")
                : builder;
    }
}
