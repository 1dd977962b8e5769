using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Journal.Copies;

namespace WhistleActors.Server.Backups;

/// <summary>What a backup holds: <c>backup.json</c> in it, written last.</summary>
/// <param name="Format">The version of this form.</param>
/// <param name="TakenAt">When it was begun; what was answered before that is in it.</param>
/// <param name="MadeBy">The version of the server.</param>
/// <param name="Database">What the data was kept in: <c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="Journal">What the database in it holds; null when it is a backup of the files alone.</param>
/// <param name="Attachments">The attachments in it, each under its hash.</param>
/// <param name="Files">All other files in it.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, string MadeBy, string Database, JournalContents? Journal, BackupAttachments Attachments, IReadOnlyList<BackupFile> Files)
{
    internal const string FileName = "backup.json";
    internal const string DatabaseName = "whistle-actors.db";
    internal const string AttachmentFolder = "attachments";
    internal const string KeyFolder = "keys";
    internal const int Newest = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="BackupException">There is none, it is damaged, or a newer version wrote it.</exception>
    internal static async Task<BackupManifest> ReadAsync(string backup, CancellationToken cancelled)
    {
        var file = Path.Combine(backup, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(file, cancelled), Json);
            if (manifest is not { Attachments: not null, Files: not null })
                throw Damaged(null);
            return manifest.Format == Newest
                ? manifest
                : throw new BackupException(
                    "other-format",
                    $"The backup {backup} is of format {manifest.Format}; this version reads {Newest}. Use the version of WhistleActors that took it ({manifest.MadeBy}).",
                    $"备份 {backup} 的格式为 {manifest.Format}，本版本只读 {Newest}。请使用制作它的版本（{manifest.MadeBy}）。");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupException(
                "no-backup", $"{backup} is not a backup, or one that was never finished: there is no {FileName} in it.", $"{backup} 不是备份，或备份未完成：其中没有 {FileName}。", missing);
        }
        catch (JsonException damaged)
        {
            throw Damaged(damaged);
        }

        BackupException Damaged(Exception? cause) => new("manifest-damaged", $"{file} is damaged.", $"{file} 已损坏。", cause);
    }

    internal async Task WriteAsync(string backup, CancellationToken cancelled)
    {
        await using var file = BackupFiles.Create(Path.Combine(backup, FileName));
        await JsonSerializer.SerializeAsync(file, this, Json, cancelled);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>The attachments of a backup.</summary>
/// <param name="Count">How many files.</param>
/// <param name="Bytes">Their size in all.</param>
/// <param name="Lost">Hashes that notes refer to, or that are names of files, without a content that fits: they were lost before.</param>
internal sealed record BackupAttachments(int Count, long Bytes, IReadOnlyList<string> Lost);

/// <summary>A file of a backup.</summary>
/// <param name="Path">In the backup, with <c>/</c>.</param>
/// <param name="Sha256">Of its content, in lower-case hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);
