using Microsoft.Data.Sqlite;

namespace WhistleActors.Bench;

/// <summary>Looks into the embedded database from outside.</summary>
internal static class JournalFile
{
    internal static long CountEvents(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "whistle-actors.db")};Mode=ReadOnly;Default Timeout=30;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(ordering), 0) FROM journal";
        return (long)command.ExecuteScalar()!;
    }
}
