using WhistleActors.Journal.Copies;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Backups;

/// <summary>Brings back what a backup holds, to where a server will look for it. Each byte is compared on its way.</summary>
internal sealed class Restoration(Func<string, long> freeBytes)
{
    private const string Restoring = ".restoring";

    /// <summary>To the disks of this machine.</summary>
    internal static Restoration Here { get; } = new(path => new DriveInfo(path).AvailableFreeSpace);

    /// <summary>
    /// Restores a backup into a data folder without a database, or into an empty PostgreSQL database. The database comes last: until then no server
    /// would take what is there for its data. Attachments that are there already stay; a restoration that was stopped can be done again.
    /// </summary>
    /// <exception cref="BackupException">The backup is damaged, or something is in its way.</exception>
    /// <exception cref="JournalCopyException">The same of its database, or of the one that it goes into.</exception>
    internal async Task<BackupManifest> RestoreAsync(string backup, DataPlaces to, CancellationToken cancelled)
    {
        var manifest = await BackupManifest.ReadAsync(backup, cancelled);
        if (manifest.Journal is not null && to.Postgres is null)
            RefuseOverData(to);
        foreach (var (key, name) in Backup.Keys(to))
            await RefuseOtherKeyAsync(manifest, key, name, cancelled);
        BackupFiles.Folder(Path.GetFullPath(to.Folder));
        BackupFiles.Folder(Path.GetFullPath(to.Attachments));
        RefuseWithoutRoom(manifest, to);
        try
        {
            foreach (var file in Backup.AttachmentsIn(Path.Combine(backup, BackupManifest.AttachmentFolder)))
                await AttachmentAsync(file, Path.Combine(to.Attachments, Path.GetRelativePath(Path.Combine(backup, BackupManifest.AttachmentFolder), file)), cancelled);
            RestoreClaims(Path.Combine(backup, BackupManifest.AttachmentFolder), to.Attachments);
            foreach (var (key, name) in Backup.Keys(to))
            {
                if (!File.Exists(key) && KeyOf(manifest, name) is { } expected)
                    await FileAsync(expected, Path.Combine(backup, expected.Path), key, cancelled);
            }

            await DatabaseAsync(manifest, backup, to, cancelled);
        }
        catch (IOException full) when (Backup.IsFull(full))
        {
            throw Backup.NoRoom(to.Folder, null, full);
        }

        return manifest;
    }

    private static async Task DatabaseAsync(BackupManifest manifest, string backup, DataPlaces to, CancellationToken cancelled)
    {
        if (manifest.Journal is not { } expected)
            return;
        var listed = manifest.Files.Single(file => file.Path == BackupManifest.DatabaseName);
        var source = Path.Combine(backup, BackupManifest.DatabaseName);
        if (to.Postgres is { } postgres)
        {
            Backup.Compare(listed, source, await Backup.SumAsync(source, cancelled));
            if (await JournalCopy.ToPostgresAsync(source, postgres, cancelled) != expected)
                throw Backup.Damaged(source, null);
            return;
        }

        var work = to.Database + Restoring;
        File.Delete(work);
        await FileAsync(listed, source, work, cancelled);
        if (await JournalCopy.VerifyAsync(work, cancellation: cancelled) != expected)
            throw Backup.Damaged(source, null);
        File.Move(work, to.Database, overwrite: false);
    }

    private static async Task AttachmentAsync(string from, string to, CancellationToken cancelled)
    {
        if (File.Exists(to))
        {
            if ((await BackupFiles.SumAsync(to, cancelled)).Sha256 == Path.GetFileName(to))
                return;
            File.Delete(to);
        }

        if ((await BackupFiles.CopyAsync(from, to, cancelled)).Sha256 == Path.GetFileName(from))
            return;
        File.Delete(to);
        throw Backup.Damaged(from, null);
    }

    private static void RestoreClaims(string from, string to)
    {
        var uploads = Path.Combine(from, "uploads");
        foreach (var folder in Directory.Exists(uploads) ? Directory.EnumerateDirectories(uploads, "*.for") : [])
        {
            foreach (var claim in Directory.EnumerateFiles(folder))
            {
                var target = Path.Combine(to, "uploads", Path.GetFileName(folder), Path.GetFileName(claim));
                if (!File.Exists(target))
                    BackupFiles.Create(target).Dispose();
            }
        }
    }

    private static async Task FileAsync(BackupFile expected, string from, string to, CancellationToken cancelled)
    {
        try
        {
            var copied = await BackupFiles.CopyAsync(from, to, cancelled);
            if (copied == (expected.Bytes, expected.Sha256))
                return;
            File.Delete(to);
            throw Backup.Damaged(from, null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Backup.Missing(from, missing);
        }
    }

    private static BackupFile? KeyOf(BackupManifest manifest, string name) => manifest.Files.FirstOrDefault(file => file.Path == $"{BackupManifest.KeyFolder}/{name}");

    private static async Task RefuseOtherKeyAsync(BackupManifest manifest, string key, string name, CancellationToken cancelled)
    {
        if (KeyOf(manifest, name) is { } expected && File.Exists(key) && (await BackupFiles.SumAsync(key, cancelled)).Sha256 != expected.Sha256)
        {
            throw new BackupException(
                "other-key", $"{Path.GetFullPath(key)} is there and is another key than in the backup. Move one of them away.", $"{Path.GetFullPath(key)} 已存在，且与备份中的密钥不同。请移走其一。");
        }
    }

    private static void RefuseOverData(DataPlaces to)
    {
        // A write-ahead log of another database would be taken for that of the restored one.
        foreach (var file in (string[])[to.Database, to.Database + "-wal", to.Database + "-shm"])
        {
            if (File.Exists(file))
            {
                throw new BackupException(
                    "target-exists",
                    $"{Path.GetFullPath(file)} is there. Stop the server and move the files {BackupManifest.DatabaseName}* away first.",
                    $"{Path.GetFullPath(file)} 已存在。请先停止服务器并移走 {BackupManifest.DatabaseName}* 各文件。");
            }
        }
    }

    private void RefuseWithoutRoom(BackupManifest manifest, DataPlaces to)
    {
        var needed = manifest.Attachments.Bytes + (to.Postgres is null ? manifest.Files.Sum(file => file.Bytes) : 0);
        if (freeBytes(Path.GetFullPath(to.Folder)) is var free && free < needed)
            throw Backup.NoRoom(Path.GetFullPath(to.Folder), (needed, free), null);
    }
}
