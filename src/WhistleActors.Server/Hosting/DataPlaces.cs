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
        return new DataPlaces(data, given["POSTGRES"], given["ATTACHMENTS"] ?? Path.Combine(data, "attachments"), given["PUSH_KEY"] ?? Path.Combine(data, "push.key"));
    }
}
