using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WhistleActors.Server.Backups;

/// <summary>Files of a backup: only their owner reads them, and they are on the disk when they are done.</summary>
internal static class BackupFiles
{
    private const int Block = 1024 * 1024;

    internal static FileStream Create(string path)
    {
        Folder(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    internal static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Copies a file with its time.</summary>
    /// <returns>Its size and hash.</returns>
    internal static async Task<(long Bytes, string Sha256)> CopyAsync(string from, string to, CancellationToken cancelled)
    {
        await using var source = Open(from);
        await using (var target = Create(to))
        {
            var sum = await ReadThroughAsync(source, target, cancelled);
            target.Flush(flushToDisk: true);
            File.SetLastWriteTimeUtc(target.SafeFileHandle, File.GetLastWriteTimeUtc(source.SafeFileHandle));
            return sum;
        }
    }

    /// <summary>Size and hash of a file.</summary>
    internal static async Task<(long Bytes, string Sha256)> SumAsync(string file, CancellationToken cancelled)
    {
        await using var source = Open(file);
        return await ReadThroughAsync(source, null, cancelled);
    }

    /// <summary>Gives a content a second name, where the file system can.</summary>
    internal static bool TryLink(string from, string to)
    {
        Folder(Path.GetDirectoryName(to)!);
        return !OperatingSystem.IsWindows() && Link(from, to) == 0;
    }

    private static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<(long Bytes, string Sha256)> ReadThroughAsync(Stream source, Stream? target, CancellationToken cancelled)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            long bytes = 0;
            while (await source.ReadAsync(block, cancelled) is > 0 and var read)
            {
                sha.AppendData(block.AsSpan(0, read));
                if (target is not null)
                    await target.WriteAsync(block.AsMemory(0, read), cancelled);
                bytes += read;
            }

            return (bytes, Convert.ToHexStringLower(sha.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
