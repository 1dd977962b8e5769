using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Attachments;

/// <summary>
/// Keeps attachments as files under the hash of their content, so that a content is kept once however often it comes. Thread-safe, also between
/// nodes that share the folder: everything happens by writing a file of one's own and renaming it.
/// </summary>
/// <remarks>
/// <c>incoming/</c> holds what is being received; <c>uploads/</c> what no note is known to refer to, each with a folder that names the whistles whose
/// notes were about to; <c>kept/</c> what a stored note refers to. A claim is written before the note is given to its grid, so that no crash in
/// between can lose the file of a stored note; <see cref="AttachmentSweep"/> asks the journal which claims came true.
/// </remarks>
internal sealed class AttachmentStore : IDisposable
{
    private readonly AttachmentSettings settings;
    private readonly TimeProvider clock;
    private readonly SemaphoreSlim places;

    public AttachmentStore(AttachmentSettings settings, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        places = new SemaphoreSlim(settings.MostAtOnce);
        foreach (var folder in (string[])["incoming", "uploads", "kept"])
            MakeFolder(Path.Combine(settings.Folder, folder));
    }

    public void Dispose() => places.Dispose();

    /// <summary>Receives a content. The same content again is the same attachment.</summary>
    /// <exception cref="ProblemException">It is too large, empty, or of no type that is allowed; or there is no room for it now. Nothing is left of it.</exception>
    internal async Task<StoredContent> ReceiveAsync(PipeReader content, CancellationToken cancelled)
    {
        if (FreeBytes() < settings.LeaveFreeBytes + settings.MostBytes || !await places.WaitAsync(TimeSpan.Zero, cancelled))
        {
            throw new ProblemException(Problems.Problems.Of(
                503, "no-room-for-uploads", "The server cannot take in files at the moment.", "服务器暂时无法接收文件。",
                "Send it again after the time in Retry-After.", "请在 Retry-After 所示时间后重新上传。"));
        }

        var incoming = Path.Combine(settings.Folder, "incoming", Guid.NewGuid().ToString("N"));
        try
        {
            var received = await WriteAsync(incoming, content, cancelled);
            Keep(incoming, received.Hash);
            return received;
        }
        finally
        {
            File.Delete(incoming);
            places.Release();
        }
    }

    /// <summary>A content that is here; null when it is not.</summary>
    internal StoredContent? Find(ContentHash hash)
    {
        try
        {
            using var stream = Open(hash);
            if (stream is null)
                return null;
            Span<byte> head = stackalloc byte[MediaTypes.HeadBytes];
            return MediaTypes.Recognise(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]) is { } type
                ? new StoredContent(hash, type, stream.Length)
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>A content to read; null when it is not here.</summary>
    internal FileStream? Open(ContentHash hash)
    {
        // It may move from the one place to the other meanwhile, never back.
        foreach (var path in (string[])[KeptPath(hash), UploadPath(hash), KeptPath(hash)])
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
            {
                continue;
            }
        }

        return null;
    }

    /// <summary>Says that a note of this whistle is about to refer to a content.</summary>
    /// <returns>The content; null when it is not here, or no longer.</returns>
    internal StoredContent? Claim(ContentHash hash, WhistleId whistle)
    {
        if (Find(hash) is null || File.Exists(KeptPath(hash)))
            return Find(hash);
        WriteClaim(hash, whistle);
        Touch(UploadPath(hash));
        return Find(hash);
    }

    /// <summary>The uploads that have waited long enough for a note to refer to them, with the whistles that claimed them; the oldest first.</summary>
    internal IReadOnlyList<(ContentHash Hash, IReadOnlyList<WhistleId> Claims)> Due(int most)
    {
        var before = clock.GetUtcNow().UtcDateTime - settings.KeepUnclaimedFor;
        return
        [
            .. new DirectoryInfo(Path.Combine(settings.Folder, "uploads")).EnumerateFiles()
                .Where(file => file.LastWriteTimeUtc < before && ContentHash.TryParse(file.Name, out _))
                .OrderBy(file => file.LastWriteTimeUtc)
                .Take(most)
                .Select(file => ContentHash.Parse(file.Name))
                .Select(hash => (hash, (IReadOnlyList<WhistleId>)ClaimsIn(ClaimsPath(hash)))),
        ];
    }

    /// <summary>A stored note refers to it: it stays.</summary>
    internal void KeepForGood(ContentHash hash)
    {
        MakeFolder(Path.GetDirectoryName(KeptPath(hash))!);
        if (TryMove(UploadPath(hash), KeptPath(hash)))
            TakeClaims(hash);
    }

    /// <summary>No note refers to it: it goes, unless one is about to since <paramref name="known"/> was read.</summary>
    internal void Remove(ContentHash hash, IReadOnlyCollection<WhistleId> known)
    {
        // Out of the way first, then looked at again: a claim is written before the content is looked for, so either the claim is seen here or
        // the content is missed there.
        var gone = Path.Combine(settings.Folder, "incoming", Guid.NewGuid().ToString("N"));
        if (!TryMove(UploadPath(hash), gone))
            return;
        // Whatever is claimed anew comes back.
        foreach (var claim in TakeClaims(hash).Except(known))
        {
            WriteClaim(hash, claim);
            Touch(gone);
            TryMove(gone, UploadPath(hash));
        }

        File.Delete(gone);
    }

    /// <summary>Removes what was left over from uploads that a lost process was receiving.</summary>
    internal void RemoveLeftOver()
    {
        var before = clock.GetUtcNow().UtcDateTime - settings.KeepUnclaimedFor;
        foreach (var file in new DirectoryInfo(Path.Combine(settings.Folder, "incoming")).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before))
            file.Delete();
    }

    private void WriteClaim(ContentHash hash, WhistleId whistle)
    {
        while (true)
        {
            try
            {
                MakeFolder(ClaimsPath(hash));
                File.WriteAllBytes(Path.Combine(ClaimsPath(hash), whistle.Text), []);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                // A sweep took the folder away between the two.
                continue;
            }
        }
    }

    private List<WhistleId> TakeClaims(ContentHash hash)
    {
        var taken = Path.Combine(settings.Folder, "incoming", Guid.NewGuid().ToString("N"));
        try
        {
            Directory.Move(ClaimsPath(hash), taken);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        var claims = ClaimsIn(taken);
        Directory.Delete(taken, recursive: true);
        return claims;
    }

    // Flushed before it gets its name: whoever finds the name finds all of the content. The name itself is made durable by the journal's own
    // flush of the note that refers to it, on file systems that journal their names in order, as ext4 and XFS do.
    private async Task<StoredContent> WriteAsync(string path, PipeReader content, CancellationToken cancelled)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, OwnerOnly(new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }));
        string? type = null;
        long bytes = 0;
        while (true)
        {
            var read = await content.ReadAsync(cancelled);
            var buffer = read.Buffer;
            var refused = bytes + buffer.Length > settings.MostBytes ? TooLarge()
                : type is null && (buffer.Length >= MediaTypes.HeadBytes || read.IsCompleted) ? Recognise(buffer, out type)
                : null;
            if (refused is not null)
            {
                // Else the server could not read the rest away and would break off the connection: who still sends would never read why.
                content.AdvanceTo(buffer.End);
                throw new ProblemException(refused);
            }

            if (type is null)
            {
                content.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            foreach (var part in buffer)
            {
                sha.AppendData(part.Span);
                await file.WriteAsync(part, cancelled);
            }

            bytes += buffer.Length;
            content.AdvanceTo(buffer.End);
            if (read.IsCompleted)
                break;
        }

        await file.FlushAsync(cancelled);
        file.Flush(flushToDisk: true);
        return new StoredContent(ContentHash.Parse(Convert.ToHexStringLower(sha.GetHashAndReset())), type, bytes);
    }

    // What is wrong with a content that begins so; null when it is of a type that is allowed.
    private static Contract.Problems.Problem? Recognise(ReadOnlySequence<byte> start, out string? type)
    {
        var head = start.Slice(0, Math.Min(start.Length, MediaTypes.HeadBytes)).ToArray();
        type = MediaTypes.Recognise(head);
        return type is not null ? null : Problems.Problems.Of(
            415, "unknown-file-type", "The content is none of the types that can be attached.", "文件内容不属于允许的附件类型。",
            $"Attach {string.Join(", ", MediaTypes.Allowed)}; what counts is the content, not the name.", $"允许的类型：{string.Join("、", MediaTypes.Allowed)}；以文件内容为准，与文件名无关。");
    }

    /// <summary>The problem for a content over the limit.</summary>
    internal Contract.Problems.Problem TooLarge() => Problems.Problems.Of(
        413, "attachment-too-large", $"The file is larger than {settings.MostBytes / 1024} KiB.", $"文件超过 {settings.MostBytes / 1024} KiB。",
        "Make it smaller, or split it.", "请压缩或拆分后上传。");

    private void Keep(string incoming, ContentHash hash)
    {
        if (File.Exists(KeptPath(hash)))
            return;
        File.SetLastWriteTimeUtc(incoming, clock.GetUtcNow().UtcDateTime);
        File.Move(incoming, UploadPath(hash), overwrite: true);
    }

    private void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
        }
        catch (FileNotFoundException)
        {
            // Whoever touches looks for it next.
        }
    }

    private static List<WhistleId> ClaimsIn(string folder) => Directory.Exists(folder)
        ? [.. from file in Directory.EnumerateFiles(folder)
              let name = Path.GetFileName(file)
              where WhistleId.TryParse(name, out _)
              select WhistleId.Parse(name)]
        : [];

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Another node was faster.
            return false;
        }
    }

    private long FreeBytes() => new DriveInfo(Path.GetFullPath(settings.Folder)).AvailableFreeSpace;

    private string KeptPath(ContentHash hash) => Path.Combine(settings.Folder, "kept", hash.Text[..2], hash.Text);

    private string UploadPath(ContentHash hash) => Path.Combine(settings.Folder, "uploads", hash.Text);

    private string ClaimsPath(ContentHash hash) => UploadPath(hash) + ".for";

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions OwnerOnly(FileStreamOptions options)
    {
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>A content that the store has.</summary>
internal sealed record StoredContent(ContentHash Hash, string MediaType, long Bytes);
