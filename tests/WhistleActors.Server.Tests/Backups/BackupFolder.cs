using Microsoft.Data.Sqlite;
using WhistleActors.Server.Backups;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Tests.Backups;

/// <summary>A folder for backups and what is brought back from them.</summary>
internal sealed class BackupFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("whistle-backup-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>An empty place for a server's data.</summary>
    public DataPlaces Place(string name, string? postgres = null) =>
        new(this[name], postgres, System.IO.Path.Combine(this[name], "attachments"), System.IO.Path.Combine(this[name], "push.key"));

    /// <summary>Runs the program for one of its verbs.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string verb, string? folder, DataPlaces places, params string[] options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] args =
        [
            verb, .. folder is null ? Array.Empty<string>() : [folder], "--data", places.Folder, "--attachments", places.Attachments, "--push_key", places.PushKey,
            .. places.Postgres is null ? Array.Empty<string>() : ["--postgres", places.Postgres], .. options,
        ];
        return (await BackupCommands.RunAsync(args, output, errors), output.ToString(), errors.ToString());
    }

    /// <summary>Asks a database file.</summary>
    public static async Task<List<string>> AskAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }

    /// <summary>The ids of all whistles that a database file knows.</summary>
    public static Task<List<string>> WhistlesAsync(string file) => AskAsync(
        file, "SELECT substr(persistence_id, 6) || '-' || sequence_number FROM journal WHERE manifest IN ('whistle-blown.1', 'whistle-proposed.1') ORDER BY ordering");

    /// <summary>The names of the attachments under a folder of them.</summary>
    public static List<string> Attachments(string folder) => [.. Backup.AttachmentsIn(folder).Select(file => System.IO.Path.GetFileName(file)).Order()];
}
