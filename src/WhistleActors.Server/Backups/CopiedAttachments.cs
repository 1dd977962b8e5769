using WhistleActors.Domain.Whistles;

namespace WhistleActors.Server.Backups;

/// <summary>
/// Attachments on their way into a backup and out of it. They lie as <see cref="Attachments.AttachmentStore"/> keeps them, and move meanwhile, from
/// <c>uploads</c> to <c>kept</c>; what a stored note refers to is never removed.
/// </summary>
internal sealed class CopiedAttachments(string from, string to, string? linked)
{
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);
    private int count;
    private long bytes;

    /// <summary>Where a content lies that a stored note refers to.</summary>
    internal static string Kept(string folder, string hash) => Path.Combine(folder, "kept", hash[..2], hash);

    private static string Upload(string folder, string hash) => Path.Combine(folder, "uploads", hash);

    /// <summary>Copies all of them.</summary>
    /// <param name="referredTo">What the copied journal refers to: it is kept for good in the copy.</param>
    internal async Task<BackupAttachments> CopyAsync(IReadOnlySet<string> referredTo, CancellationToken cancelled)
    {
        // Uploads first: what is moved on meanwhile is found where it goes.
        foreach (var hash in Names(Path.Combine(from, "uploads")))
        {
            await CopyAsync(hash, Upload(from, hash), referredTo.Contains(hash) ? Kept(to, hash) : Upload(to, hash), cancelled);
            CopyClaims(hash);
        }

        var kept = Path.Combine(from, "kept");
        foreach (var hash in Directory.Exists(kept) ? Directory.EnumerateDirectories(kept).SelectMany(Names) : [])
            await CopyAsync(hash, Kept(from, hash), Kept(to, hash), cancelled);
        foreach (var hash in referredTo.Where(hash => !File.Exists(Kept(to, hash))))
        {
            await CopyAsync(hash, Kept(from, hash), Kept(to, hash), cancelled);
            if (!File.Exists(Kept(to, hash)))
                lost.Add(hash);
        }

        return new BackupAttachments(count, bytes, [.. lost.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The hashes that are names of files in a folder.</summary>
    internal static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Where(name => ContentHash.TryParse(name, out _)) : [];

    private async Task CopyAsync(string hash, string source, string target, CancellationToken cancelled)
    {
        try
        {
            if (File.Exists(target))
                return;
            var size = new FileInfo(source).Length;

            // The same name is the same content.
            var before = linked is null ? null : new[] { Kept(linked, hash), Upload(linked, hash) }.FirstOrDefault(File.Exists);
            if (before is not null && new FileInfo(before).Length == size && BackupFiles.TryLink(before, target))
            {
                (count, bytes) = (count + 1, bytes + size);
                return;
            }

            var copied = await BackupFiles.CopyAsync(source, target, cancelled);
            if (copied.Sha256 == hash)
            {
                (count, bytes) = (count + 1, bytes + copied.Bytes);
                return;
            }

            File.Delete(target);
            lost.Add(hash);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Moved on, or removed because nothing refers to it. If something does, it is looked for again at the end.
        }
    }

    private void CopyClaims(string hash)
    {
        var claims = Upload(from, hash) + ".for";
        foreach (var claim in Directory.Exists(claims) ? Directory.EnumerateFiles(claims) : [])
        {
            var target = Path.Combine(Upload(to, hash) + ".for", Path.GetFileName(claim));
            if (!File.Exists(target))
                BackupFiles.Create(target).Dispose();
        }
    }
}
