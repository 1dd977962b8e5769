using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using WhistleActors.Journal.Copies;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Backups;

/// <summary>Takes backups of a server that goes on working, and says whether one can be trusted.</summary>
/// <param name="freeBytes">What is free where a path lies.</param>
internal sealed class Backup(TimeProvider clock, Func<string, long> freeBytes)
{
    // Beside what is copied: the disk of a backup need not be filled to its last byte.
    private const long LeaveFree = 64L * 1024 * 1024;

    private const string Unfinished = ".unfinished";

    /// <summary>On the clock and the disks of this machine.</summary>
    internal static Backup Here { get; } = new(TimeProvider.System, path => new DriveInfo(path).AvailableFreeSpace);

    /// <summary>Takes a backup and reads it through.</summary>
    /// <param name="target">The folder that it becomes; must not be there. It appears when all is in it.</param>
    /// <param name="filesOnly">Without the database.</param>
    /// <exception cref="BackupException">It was not taken; nothing is left of it.</exception>
    /// <exception cref="JournalCopyException">The database was not copied; nothing is left of it.</exception>
    internal async Task<BackupManifest> TakeAsync(DataPlaces from, string target, bool filesOnly, CancellationToken cancelled)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        var work = target + Unfinished;
        foreach (var path in (string[])[target, work])
        {
            if (Path.Exists(path))
                throw new BackupException("target-exists", $"{path} is there already. Name a folder that is not.", $"{path} 已存在。请指定一个不存在的目录。");
        }

        if (from.Postgres is null && !filesOnly && !File.Exists(from.Database))
            throw NoData(from);
        var begun = clock.GetUtcNow();
        var previous = await OthersAsync(target, cancelled) is [var newest, ..] ? newest : null;
        BackupFiles.Folder(Path.GetDirectoryName(target)!);
        RefuseWithoutRoom(from, target, filesOnly, previous is null);
        try
        {
            BackupFiles.Folder(work);
            var (referredTo, journal) = (new HashSet<string>(StringComparer.Ordinal), (JournalContents?)null);
            var files = new List<BackupFile>();
            if (!filesOnly)
            {
                var database = Path.Combine(work, BackupManifest.DatabaseName);
                BackupFiles.Create(database).Dispose();
                await (from.Postgres is { } postgres
                    ? JournalCopy.FromPostgresAsync(postgres, database, cancelled)
                    : JournalCopy.FromSqliteAsync(from.Database, database, cancelled));
                journal = await JournalCopy.VerifyAsync(database, (manifest, message) => Note(referredTo, manifest, message), cancelled);
                files.Add(await FileAsync(work, BackupManifest.DatabaseName, cancelled));
            }

            // After the journal: so every file that it names is there.
            var attachments = await new CopiedAttachments(from.Attachments, Path.Combine(work, BackupManifest.AttachmentFolder), previous is null ? null : Path.Combine(previous, BackupManifest.AttachmentFolder))
                .CopyAsync(referredTo, cancelled);
            foreach (var (key, name) in Keys(from))
            {
                if (!File.Exists(key))
                    continue;
                var (bytes, sha256) = await BackupFiles.CopyAsync(key, Path.Combine(work, BackupManifest.KeyFolder, name), cancelled);
                files.Add(new BackupFile($"{BackupManifest.KeyFolder}/{name}", bytes, sha256));
            }

            var manifest = new BackupManifest(BackupManifest.Newest, begun, Version(), from.Postgres is null ? "sqlite" : "postgresql", journal, attachments, files);
            await manifest.WriteAsync(work, cancelled);
            Directory.Move(work, target);
            return manifest;
        }
        catch (Exception cause)
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
            if (cause is IOException full && IsFull(full))
                throw NoRoom(target, null, cause);
            throw;
        }
    }

    /// <summary>Reads a backup through, every byte of it.</summary>
    /// <exception cref="BackupException">It is not one, or damaged; the text says which file.</exception>
    /// <exception cref="JournalCopyException">Its database is damaged.</exception>
    internal static async Task<BackupManifest> VerifyAsync(string backup, CancellationToken cancelled)
    {
        var manifest = await BackupManifest.ReadAsync(backup, cancelled);
        foreach (var file in manifest.Files)
            Compare(file, Path.Combine(backup, file.Path), await SumAsync(Path.Combine(backup, file.Path), cancelled));
        var referredTo = new HashSet<string>(StringComparer.Ordinal);
        if (manifest.Journal is { } expected)
        {
            var found = await JournalCopy.VerifyAsync(Path.Combine(backup, BackupManifest.DatabaseName), (name, message) => Note(referredTo, name, message), cancelled);
            if (found != expected)
                throw Damaged(Path.Combine(backup, BackupManifest.DatabaseName), null);
        }

        var attachments = Path.Combine(backup, BackupManifest.AttachmentFolder);
        var count = 0;
        foreach (var file in AttachmentsIn(attachments))
        {
            if ((await SumAsync(file, cancelled)).Sha256 != Path.GetFileName(file))
                throw Damaged(file, null);
            count++;
        }

        foreach (var hash in referredTo.Except(manifest.Attachments.Lost))
        {
            if (!File.Exists(CopiedAttachments.Kept(attachments, hash)))
                throw Missing(CopiedAttachments.Kept(attachments, hash), null);
        }

        return count == manifest.Attachments.Count
            ? manifest
            : throw new BackupException(
                "attachments-missing", $"{attachments} has {count} attachments, of {manifest.Attachments.Count}.", $"{attachments} 中有 {count} 个附件，应为 {manifest.Attachments.Count} 个。");
    }

    /// <summary>Reads through what a server has: its database, and whether every file that it names is there.</summary>
    /// <returns>What it holds, and the hashes of the files that are not.</returns>
    /// <exception cref="BackupException">There is none.</exception>
    /// <exception cref="JournalCopyException">The database is damaged.</exception>
    internal static async Task<(JournalContents Contents, IReadOnlyList<string> Lost)> CheckAsync(DataPlaces places, CancellationToken cancelled)
    {
        if (places.Postgres is null && !File.Exists(places.Database))
            throw NoData(places);
        var referredTo = new HashSet<string>(StringComparer.Ordinal);
        var contents = await (places.Postgres is { } postgres
            ? JournalCopy.VerifyPostgresAsync(postgres, (name, message) => Note(referredTo, name, message), cancelled)
            : JournalCopy.VerifyAsync(places.Database, (name, message) => Note(referredTo, name, message), cancelled));
        return (contents, [.. referredTo
            .Where(hash => !File.Exists(CopiedAttachments.Kept(places.Attachments, hash)) && !File.Exists(Path.Combine(places.Attachments, "uploads", hash)))
            .Order(StringComparer.Ordinal)]);
    }

    /// <summary>Removes the oldest backups beside one, until so many are left.</summary>
    /// <returns>What was removed.</returns>
    internal static async Task<IReadOnlyList<string>> KeepAsync(string backup, int most, CancellationToken cancelled)
    {
        var tooMany = (await OthersAsync(Path.TrimEndingDirectorySeparator(Path.GetFullPath(backup)), cancelled)).Skip(Math.Max(0, most - 1)).ToList();
        foreach (var old in tooMany)
            Directory.Delete(old, recursive: true);
        return tooMany;
    }

    /// <summary>Files of keys, and their names in a backup.</summary>
    internal static (string File, string Name)[] Keys(DataPlaces places) => [(places.SigningKey, "development-signing.key"), (places.PushKey, "push.key")];

    /// <summary>All attachments in a folder of them.</summary>
    internal static IEnumerable<string> AttachmentsIn(string folder)
    {
        foreach (var place in (string[])["uploads", "kept"])
        {
            var within = Path.Combine(folder, place);
            foreach (var file in Directory.Exists(within) ? Directory.EnumerateFiles(within, "*", SearchOption.AllDirectories) : [])
            {
                // The claims on an upload are files without content, in a folder of their own.
                if (!Path.GetDirectoryName(file)!.EndsWith(".for", StringComparison.Ordinal))
                    yield return file;
            }
        }
    }

    internal static void Compare(BackupFile expected, string file, (long Bytes, string Sha256) found)
    {
        if (found != (expected.Bytes, expected.Sha256))
            throw Damaged(file, null);
    }

    internal static async Task<(long Bytes, string Sha256)> SumAsync(string file, CancellationToken cancelled)
    {
        try
        {
            return await BackupFiles.SumAsync(file, cancelled);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(file, missing);
        }
    }

    internal static BackupException Damaged(string file, Exception? cause) =>
        new("file-damaged", $"{file} is damaged: it is not what was backed up.", $"{file} 已损坏：与备份时的内容不符。", cause);

    internal static BackupException Missing(string file, Exception? cause) => new("file-missing", $"{file} is missing in the backup.", $"备份中缺少 {file}。", cause);

    internal static bool IsFull(IOException e) => e.HResult is 28 or unchecked((int)0x80070070);

    internal static BackupException NoRoom(string where, (long Needed, long Free)? size, Exception? cause) => new(
        "no-space",
        size is { } known ? $"{where} needs {known.Needed >> 20} MiB, and {known.Free >> 20} MiB are free." : $"There is no room left for {where}.",
        size is { } some ? $"{where} 需要 {some.Needed >> 20} MiB，可用 {some.Free >> 20} MiB。" : $"{where} 所在磁盘空间不足。",
        cause);

    private static BackupException NoData(DataPlaces from) => new(
        "no-data", $"There is no database {Path.GetFullPath(from.Database)}. Is WHISTLE_DATA right?", $"数据库 {Path.GetFullPath(from.Database)} 不存在。WHISTLE_DATA 是否正确？");

    private static void Note(HashSet<string> hashes, string manifest, byte[] message)
    {
        try
        {
            hashes.UnionWith(Attached.ToStored(manifest, message).Select(attachment => attachment.Hash.Text));
        }
        catch (JsonException damaged)
        {
            throw new BackupException(
                "event-damaged", $"An event {manifest} of {message.Length} bytes cannot be read: {damaged.Message}", $"无法读取一个 {message.Length} 字节的事件 {manifest}：{damaged.Message}", damaged);
        }
    }

    private static async Task<BackupFile> FileAsync(string folder, string name, CancellationToken cancelled)
    {
        var (bytes, sha256) = await BackupFiles.SumAsync(Path.Combine(folder, name), cancelled);
        return new BackupFile(name, bytes, sha256);
    }

    // The backups beside one, the newest first.
    private static async Task<IReadOnlyList<string>> OthersAsync(string target, CancellationToken cancelled)
    {
        var others = new List<(DateTimeOffset TakenAt, string Folder)>();
        var parent = Path.GetDirectoryName(target);
        foreach (var folder in Directory.Exists(parent) ? Directory.EnumerateDirectories(parent) : [])
        {
            if (folder == target || folder.EndsWith(Unfinished, StringComparison.Ordinal) || !File.Exists(Path.Combine(folder, BackupManifest.FileName)))
                continue;
            try
            {
                others.Add(((await BackupManifest.ReadAsync(folder, cancelled)).TakenAt, folder));
            }
            catch (BackupException)
            {
                // Whatever it is, it is not ours to use or to remove.
            }
        }

        return [.. others.OrderByDescending(other => other.TakenAt).Select(other => other.Folder)];
    }

    private void RefuseWithoutRoom(DataPlaces from, string target, bool filesOnly, bool whole)
    {
        var needed = LeaveFree;
        if (from.Postgres is null && !filesOnly)
            needed += new[] { from.Database, from.Database + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

        // What an earlier backup beside it has, is linked.
        if (whole)
            needed += AttachmentsIn(from.Attachments).Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);
        if (freeBytes(Path.GetDirectoryName(target)!) is var free && free < needed)
            throw NoRoom(target, (needed, free), null);
    }

    private static string Version() => $"WhistleActors {typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? throw new UnreachableException()}";
}
