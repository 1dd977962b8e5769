namespace WhistleActors.Server.Hosting;

/// <summary>A secret kept in a file, readable by its owner only.</summary>
internal static class SecretFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What is in the file. When there is none it is made; of several nodes that share it and start at once, one makes it, and all read the whole of it.</summary>
    /// <exception cref="IOException">It can be neither read nor made, or another node has held it for ten seconds.</exception>
    internal static byte[] ReadOrMake(string file, Func<byte[]> make)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        byte[]? secret = null;
        return SpinWait.SpinUntil(() => (secret = ReadOrMakeUnlessHeld(file, make)) is not null, Patience)
            ? secret!
            : ReadOrMakeNow(file, make);
    }

    private static byte[]? ReadOrMakeUnlessHeld(string file, Func<byte[]> make)
    {
        try
        {
            return ReadOrMakeNow(file, make);
        }
        catch (IOException)
        {
            // Another one is making it, and may hold the file for a while after the secret is in it.
            return null;
        }
    }

    private static byte[] ReadOrMakeNow(string file, Func<byte[]> make)
    {
        // Where it is given and cannot be written, it is only read.
        if (new FileInfo(file) is not { Exists: true, Length: > 0 })
            MakeAlone(file, make);
        return File.ReadAllBytes(file);
    }

    private static void MakeAlone(string file, Func<byte[]> make)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        if (stream.Length > 0)
            return;
        stream.Write(make());
        // What is signed with it is out in the world at once; the secret must not be lost with the machine's power.
        stream.Flush(flushToDisk: true);
    }
}
