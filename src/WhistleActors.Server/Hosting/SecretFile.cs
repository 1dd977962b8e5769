namespace WhistleActors.Server.Hosting;

/// <summary>A secret kept in a file, readable by its owner only.</summary>
internal static class SecretFile
{
    private const int Attempts = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What is in the file. When there is none it is made; of several nodes that share it and start at once, one makes it, and all read the whole of it.</summary>
    internal static byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Where it is given and cannot be written, it is only read.
                if (IsMade(file))
                    return File.ReadAllBytes(file);
                MakeAlone(file, make);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another one is making it.
                SpinWait.SpinUntil(() => IsMade(file), Pause);
            }
        }
    }

    private static bool IsMade(string file) => new FileInfo(file) is { Exists: true, Length: > 0 };

    private static void MakeAlone(string file, Func<byte[]> make)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        if (stream.Length == 0)
            stream.Write(make());
    }
}
