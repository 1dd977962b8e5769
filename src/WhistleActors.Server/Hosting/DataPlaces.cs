using Npgsql;

namespace WhistleActors.Server.Hosting;

/// <summary>Where a server keeps what must not be lost.</summary>
/// <param name="Folder"><c>WHISTLE_DATA</c>, with the database file and the keys.</param>
/// <param name="Postgres"><c>WHISTLE_POSTGRES</c>, the database in the place of the file; null when not set.</param>
/// <param name="Attachments"><c>WHISTLE_ATTACHMENTS</c>.</param>
/// <param name="PushKey"><c>WHISTLE_PUSH_KEY</c>.</param>
public sealed record DataPlaces(string Folder, string? Postgres, string Attachments, string PushKey)
{
    /// <summary>The SQLite database.</summary>
    public string Database => Path.Combine(Folder, "whistle-actors.db");

    /// <summary>What tokens are signed with.</summary>
    public string SigningKey => Path.Combine(Folder, "development-signing.key");

    /// <summary>Reads them from the settings; makes nothing.</summary>
    internal static DataPlaces Read(IConfiguration given)
    {
        var data = given["DATA"] ?? "data";
        return new DataPlaces(data, ReadPostgres(given["POSTGRES"]), given["ATTACHMENTS"] ?? Path.Combine(data, "attachments"), given["PUSH_KEY"] ?? Path.Combine(data, "push.key"));
    }

    // Empty is as good as left out: so a line of a unit or of a compose file is taken back.
    private static string? ReadPostgres(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return null;
        try
        {
            if (!string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(given).Host))
                return given;
        }
        catch (ArgumentException)
        {
            // Said below without its text: there may be a password in it.
        }

        throw new SettingsException("WHISTLE_POSTGRES is not a connection string with a Host; expected such as 'Host=db;Username=whistle;Password=…;Database=whistle'. WHISTLE_POSTGRES 不是含 Host 的连接字符串。");
    }
}
