using System.Diagnostics;
using System.Globalization;
using WhistleActors.Journal;
using WhistleActors.Journal.Copies;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Backups;

/// <summary>The verbs by which the server's program keeps its data safe, instead of serving.</summary>
internal static class BackupCommands
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int Misused = 2;
    private const int SomethingWasLost = 3;

    private const string Usage =
        """
        WhistleActors.Server                                           serves, until it is told to stop
        WhistleActors.Server backup FOLDER [--files-only] [--keep N]   takes a backup; the server goes on working
        WhistleActors.Server verify FOLDER                             reads a backup through
        WhistleActors.Server restore FOLDER                            brings it back, where no database is yet
        WhistleActors.Server check                                     reads through what the server has
        WhistleActors.Server move                                      from the file in WHISTLE_DATA into the empty WHISTLE_POSTGRES
        The same settings as for serving say where the data is: WHISTLE_DATA, WHISTLE_POSTGRES, WHISTLE_ATTACHMENTS, WHISTLE_PUSH_KEY.
        All settings are in cluster-config/README.md; each is an environment variable (WHISTLE_DATA) or an option (--data).
        不带动词即提供服务；备份 backup，核验 verify，恢复 restore，检查现有数据 check，迁移到 PostgreSQL move；数据位置由与服务相同的设置决定。
        全部设置见 cluster-config/README.zh-CN.md；均可用环境变量（WHISTLE_DATA）或选项（--data）给出。
        """;

    private static readonly string[] Settings = ["data", "postgres", "attachments", "push_key"];

    /// <summary>Whether the program was started for something else than serving: a verb, help, or a word that is no setting. Such a word is never passed over: who mistypes "restore" must not get a server on an empty database.</summary>
    internal static bool Asks(string[] args) => args.Any(IsHelp) || (args is [var first, ..] && first is not ['-' or '/', ..] && !first.Contains('=', StringComparison.Ordinal));

    /// <summary>Does what was asked.</summary>
    /// <returns>0 when it is done, 1 when it was refused, 2 when it was not understood, 3 when it is done and some attachments were lost before.</returns>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancelled = default)
    {
        try
        {
            if (args.Any(IsHelp))
            {
                await output.WriteLineAsync(Usage);
                return Done;
            }

            if (Parse(args) is not { } asked)
            {
                await errors.WriteLineAsync(Usage);
                return Misused;
            }

            var watch = Stopwatch.StartNew();
            return asked.Verb switch
            {
                "backup" => await BackUpAsync(asked, output, errors, watch, cancelled),
                "verify" => await TellAsync(await Backup.VerifyAsync(asked.Folder!, cancelled), "Verified", "核验无误", asked.Folder!, output, errors, watch),
                "restore" => await TellAsync(await Restoration.Here.RestoreAsync(asked.Folder!, asked.Places, cancelled), "Restored", "已恢复", asked.Folder!, output, errors, watch),
                "check" => await CheckAsync(asked.Places, output, errors, cancelled),
                _ => await MoveAsync(asked.Places, output, watch, cancelled),
            };
        }
        catch (Exception refused) when (Said(refused) is { } said)
        {
            await errors.WriteLineAsync(said);
            return Refused;
        }
    }

    private static async Task<int> BackUpAsync(Asked asked, TextWriter output, TextWriter errors, Stopwatch watch, CancellationToken cancelled)
    {
        var manifest = await Backup.Here.TakeAsync(asked.Places, asked.Folder!, asked.FilesOnly, cancelled);
        var code = await TellAsync(manifest, "Backed up to", "已备份至", asked.Folder!, output, errors, watch);
        foreach (var removed in asked.Keep is { } most ? await Backup.KeepAsync(asked.Folder!, most, cancelled) : [])
            await output.WriteLineAsync($"Removed {removed}. 已删除 {removed}。");
        return code;
    }

    private static async Task<int> CheckAsync(DataPlaces places, TextWriter output, TextWriter errors, CancellationToken cancelled)
    {
        var (contents, lost) = await Backup.CheckAsync(places, cancelled);
        await output.WriteLineAsync($"Whole: {In(contents)}. 完整：{Chinese(contents)}。");
        return await LostAsync(lost, errors);
    }

    private static async Task<int> MoveAsync(DataPlaces places, TextWriter output, Stopwatch watch, CancellationToken cancelled)
    {
        if (places.Postgres is not { } postgres)
            throw new BackupException("no-postgres", "WHISTLE_POSTGRES is not set: where to?", "未设置 WHISTLE_POSTGRES：迁移到哪里？");
        if (!File.Exists(places.Database))
            throw new BackupException("no-data", $"There is no database {Path.GetFullPath(places.Database)}.", $"数据库 {Path.GetFullPath(places.Database)} 不存在。");
        var contents = await JournalCopy.ToPostgresAsync(places.Database, postgres, cancelled);
        await output.WriteLineAsync($"Moved in {Seconds(watch)} s and compared: {In(contents)}. Start the server with WHISTLE_POSTGRES, and put {Path.GetFullPath(places.Database)} away.");
        await output.WriteLineAsync($"已迁移并核对，用时 {Seconds(watch)} 秒：{Chinese(contents)}。请设置 WHISTLE_POSTGRES 启动服务器，并移走 {Path.GetFullPath(places.Database)}。");
        return Done;
    }

    private static async Task<int> TellAsync(BackupManifest manifest, string english, string chinese, string folder, TextWriter output, TextWriter errors, Stopwatch watch)
    {
        var mebibytes = (manifest.Attachments.Bytes + manifest.Files.Sum(file => file.Bytes)) / 1048576.0;
        var (size, rate) = (Number(mebibytes), Number(mebibytes / watch.Elapsed.TotalSeconds));
        await output.WriteLineAsync($"{english} {folder}, taken {manifest.TakenAt:yyyy-MM-ddTHH:mm:ssZ}: {In(manifest.Journal)}, {manifest.Attachments.Count} attachments, {size} MiB in {Seconds(watch)} s ({rate} MiB/s).");
        await output.WriteLineAsync($"{chinese} {folder}，备份时间 {manifest.TakenAt:yyyy-MM-ddTHH:mm:ssZ}：{Chinese(manifest.Journal)}，附件 {manifest.Attachments.Count} 个，{size} MiB，用时 {Seconds(watch)} 秒（{rate} MiB/s）。");
        return await LostAsync(manifest.Attachments.Lost, errors);
    }

    private static async Task<int> LostAsync(IReadOnlyList<string> lost, TextWriter errors)
    {
        foreach (var hash in lost)
            await errors.WriteLineAsync($"attachment-lost: {hash} was lost or damaged at the source. 源数据中的附件 {hash} 已丢失或损坏。");
        return lost.Count == 0 ? Done : SomethingWasLost;
    }

    private static string In(JournalContents? contents) =>
        contents is null ? "without the database" : $"{contents.Events} events of {contents.PersistenceIds} actors up to {contents.Head}, {contents.Snapshots} snapshots";

    private static string Chinese(JournalContents? contents) =>
        contents is null ? "不含数据库" : $"{contents.PersistenceIds} 个执行体的 {contents.Events} 个事件（至 {contents.Head}），快照 {contents.Snapshots} 个";

    private static string Seconds(Stopwatch watch) => Number(watch.Elapsed.TotalSeconds);

    private static string Number(double number) => number.ToString("F1", CultureInfo.InvariantCulture);

    private static string? Said(Exception e) => e switch
    {
        BackupException refused => $"{refused.Code}: {refused.Message}",
        JournalCopyException refused => $"{refused.Code}: {refused.Message}",
        SettingsException refused => $"wrong-setting: {refused.Message}",
        JournalFileInUseException => $"source-in-use: {e.Message} 另一进程正在写入该数据库，请先停止服务器。",
        IOException or UnauthorizedAccessException => $"disk: {e.Message} 磁盘读写失败。",
        _ => null,
    };

    private static bool IsHelp(string arg) => arg is "--help" or "-h" or "-?" or "help";

    private static Asked? Parse(string[] args)
    {
        if (args[0] is not ("backup" or "verify" or "restore" or "check" or "move"))
            return null;
        var rest = new Queue<string>(args.Skip(1));
        var folder = args[0] is "check" or "move" ? null : rest.TryPeek(out var first) && !first.StartsWith('-') ? rest.Dequeue() : "";
        if (folder is "")
            return null;
        var asked = new Asked(args[0], folder, false, null, null!);
        var settings = new List<string>();
        while (rest.TryDequeue(out var option))
        {
            if (option == "--files-only" && asked.Verb == "backup")
                asked = asked with { FilesOnly = true };
            else if (option == "--keep" && asked.Verb == "backup" && rest.TryDequeue(out var keep) && int.TryParse(keep, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0)
                asked = asked with { Keep = most };
            else if (option.StartsWith("--", StringComparison.Ordinal) && Settings.Contains(option[2..]) && rest.TryDequeue(out var value))
                settings.AddRange([option, value]);
            else
                return null;
        }

        return asked with { Places = DataPlaces.Read(new ConfigurationBuilder().AddEnvironmentVariables("WHISTLE_").AddCommandLine([.. settings]).Build()) };
    }

    private sealed record Asked(string Verb, string? Folder, bool FilesOnly, int? Keep, DataPlaces Places);
}
