using System.Globalization;
using System.Net;
using WhistleActors.Actors.Archiving;
using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Codes;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Plans;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Hosting;

/// <summary>What a deployment sets, from environment variables (<c>WHISTLE_DATA</c>) or the command line (<c>--data</c>).</summary>
/// <param name="CityPack">Folder of the city pack; <c>WHISTLE_CITY_PACK</c>, by default the <c>beijing</c> that travels with the server.</param>
/// <param name="Pages">Folder of the pages; <c>WHISTLE_PAGES</c>, by default those that travel with the server.</param>
/// <param name="Storage">SQLite in <c>WHISTLE_DATA</c>, or the PostgreSQL database of <c>WHISTLE_POSTGRES</c>.</param>
/// <param name="Node"><c>WHISTLE_NODE</c> (<c>host:port</c>) and <c>WHISTLE_SEEDS</c> (several, with commas); by default a cluster of its own.</param>
/// <param name="Hocon">Own Akka settings; <c>WHISTLE_HOCON</c> names the file.</param>
public sealed record ServerSettings(string CityPack, string Pages, StorageSettings Storage, NodeSettings Node, string? Hocon)
{
    private const int MostDaysToArchive = 36_500;

    /// <summary>What tokens are signed with.</summary>
    public required SigningKey SigningKey { get; init; }

    /// <summary>By which ways people are reached.</summary>
    public required AlertSettings Alerts { get; init; }

    /// <summary>Where attachments are kept, and how large one may be.</summary>
    public required AttachmentSettings Attachments { get; init; }

    /// <summary>What simulations may cost.</summary>
    public required PlanSettings Plans { get; init; }

    /// <summary>Requests that look something up and are served at once, and orders that each kind of actor has at once; <c>WHISTLE_MOST_AT_ONCE</c>.</summary>
    public int MostAtOnce { get; init; } = 1_000;

    /// <summary>Requests that may wait for their turn; beyond that the caller is told to come back. <c>WHISTLE_MOST_WAITING</c>.</summary>
    public int MostWaiting { get; init; } = 4_000;

    /// <summary>The name whose addresses are the nodes to join; <c>WHISTLE_SEEDS_DNS</c> (<c>name:port</c>), at least <c>WHISTLE_SEEDS_LEAST</c> of them (2).</summary>
    public SeedName? SeedName { get; init; }

    /// <summary>How long the node serves on after it has called itself not ready; <c>WHISTLE_LEAVE_AFTER</c>, in seconds, by default 3 with others and 0 without.</summary>
    public TimeSpan LeaveAfter { get; init; }

    /// <summary>In which form the log is written; <c>WHISTLE_LOG</c>, <c>text</c> or <c>json</c>.</summary>
    public LogForm Log { get; init; }

    /// <summary>From which age on events go into the archive; <c>WHISTLE_ARCHIVE_AFTER</c>, in days, by default never. PostgreSQL only.</summary>
    public ArchiveSettings Archive { get; init; } = new();

    /// <summary>How wide the gates in front of the actors are.</summary>
    internal GateSettings Gates => new(MostAtOnce, MostWaiting);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingsException">A setting is wrong; the message says which, and what would be right.</exception>
    public static ServerSettings Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables("WHISTLE_").AddCommandLine(args).Build();
        var places = DataPlaces.Read(given);
        return new ServerSettings(
            given["CITY_PACK"] ?? Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"),
            given["PAGES"] ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"),
            places.Postgres is { } postgres ? StorageSettings.Postgres(postgres) : StorageSettings.Sqlite(places.Database),
            ReadNode(given["NODE"], given["SEEDS"]),
            given["HOCON"] is { } file ? ReadHocon(file) : null)
        {
            SigningKey = SigningKey.InFolder(places.Folder),
            Alerts = AlertSettings.Read(given, places.PushKey),
            Attachments = new AttachmentSettings(places.Attachments)
            {
                MostBytes = ReadNumber("ATTACHMENT_MOST_MIB", given, least: 1, otherwise: 20) * 1024L * 1024,
            },
            Plans = new PlanSettings(given["PLANS"] ?? Path.Combine(AppContext.BaseDirectory, "plans"))
            {
                AtOnce = ReadNumber("PLANS_AT_ONCE", given, least: 1, otherwise: 1),
            },
            MostAtOnce = ReadNumber("MOST_AT_ONCE", given, least: 1, otherwise: 1_000),
            MostWaiting = ReadNumber("MOST_WAITING", given, least: 0, otherwise: 4_000),
            Log = ReadLog(given["LOG"]),
            Archive = ReadArchive(given, places),
            SeedName = ReadSeedName(given),
            LeaveAfter = TimeSpan.FromSeconds(ReadNumber("LEAVE_AFTER", given, least: 0, otherwise: given["NODE"] is null ? 0 : 3)),
        };
    }

    private static NodeSettings ReadNode(string? node, string? seeds)
    {
        if (node is null)
            return seeds is null ? new NodeSettings() : throw new SettingsException("WHISTLE_SEEDS needs WHISTLE_NODE, the host:port of this node.");
        var (host, port) = ReadHostAndPort("WHISTLE_NODE", node);
        return new NodeSettings(host, port, seeds?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static SeedName? ReadSeedName(IConfiguration given)
    {
        if (given["SEEDS_DNS"] is not { } name)
            return null;
        if (given["NODE"] is not { } node || given["SEEDS"] is not null)
            throw new SettingsException("WHISTLE_SEEDS_DNS needs WHISTLE_NODE, the address:port of this node, and stands in the place of WHISTLE_SEEDS. WHISTLE_SEEDS_DNS 须与 WHISTLE_NODE 同用，且不与 WHISTLE_SEEDS 并用。");
        var (host, port) = ReadHostAndPort("WHISTLE_SEEDS_DNS", name);
        if (!IPEndPoint.TryParse(node, out _))
            throw new SettingsException($"With WHISTLE_SEEDS_DNS the other nodes know this one by its address: WHISTLE_NODE is '{node}'; expected such as 10.0.0.1:5090. 使用 WHISTLE_SEEDS_DNS 时，WHISTLE_NODE 须为 IP 地址和端口。");
        return new SeedName(host, port, ReadNumber("SEEDS_LEAST", given, least: 1, otherwise: 2));
    }

    private static ArchiveSettings ReadArchive(IConfiguration given, DataPlaces places)
    {
        if (given["ARCHIVE_AFTER"] is not { } days)
            return new ArchiveSettings();
        return places.Postgres is null
            ? throw new SettingsException("WHISTLE_ARCHIVE_AFTER needs WHISTLE_POSTGRES: an SQLite file has no archive. WHISTLE_ARCHIVE_AFTER 须与 WHISTLE_POSTGRES 同用：SQLite 文件没有归档。")
            : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDaysToArchive ? new ArchiveSettings(TimeSpan.FromDays(number))
            : throw new SettingsException($"WHISTLE_ARCHIVE_AFTER is '{days}'; expected a whole number of days from 1 to {MostDaysToArchive}. WHISTLE_ARCHIVE_AFTER 须为 1 到 {MostDaysToArchive} 的整数（天）。");
    }

    private static (string Host, int Port) ReadHostAndPort(string setting, string text)
    {
        var colon = text.LastIndexOf(':');
        return colon >= 1 && ushort.TryParse(text.AsSpan(colon + 1), out var port) && port > 0
            ? (text[..colon], port)
            : throw new SettingsException($"{setting} is '{text}'; expected host:port, such as 10.0.0.1:5090.");
    }

    private static LogForm ReadLog(string? text) => text is null ? LogForm.Text
        : WireName<LogForm>.TryParse(text, out var form) ? form
        : throw new SettingsException($"WHISTLE_LOG is '{text}'; expected one of: {WireName<LogForm>.All}. WHISTLE_LOG 须为 {WireName<LogForm>.All} 之一。");

    private static int ReadNumber(string name, IConfiguration given, int least, int otherwise) => given[name] switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least => number,
        var text => throw new SettingsException($"WHISTLE_{name} is '{text}'; expected a whole number of at least {least}."),
    };

    private static string ReadHocon(string file) =>
        File.Exists(file) ? File.ReadAllText(file) : throw new SettingsException($"WHISTLE_HOCON names '{file}', which does not exist.");
}

/// <summary>A setting is wrong.</summary>
public sealed class SettingsException(string message) : Exception(message);
