using System.IO.Compression;
using System.Text.Unicode;

namespace WhistleActors.CityPacks.Reading;

/// <summary>The folder that a pack is read from. A file <c>x</c> may stand there as <c>x.gz</c>.</summary>
internal sealed class PackFolder(string path, FaultList faults)
{
    /// <summary>The text of a file that must be there; null, with a fault noted, when it cannot be had.</summary>
    internal PackText? Required(string name)
    {
        if (Exists(name) || Exists(name + ".gz"))
            return Optional(name);
        faults.Add(name, 0, CityPackFaultCode.MissingFile, "缺少文件。", "The file is missing.");
        return null;
    }

    /// <summary>The text of a file that may be there.</summary>
    internal PackText? Optional(string name)
    {
        var (plain, zipped) = (Exists(name), Exists(name + ".gz"));
        if (plain && zipped)
        {
            faults.Add(name, 0, CityPackFaultCode.AmbiguousFile, "同一文件既有原文又有压缩件。", "The file stands there both plain and compressed.");
            return null;
        }

        return plain ? Read(name, compressed: false) : zipped ? Read(name + ".gz", compressed: true) : null;
    }

    private bool Exists(string name) => File.Exists(Path.Combine(path, name));

    private PackText? Read(string name, bool compressed)
    {
        byte[] bytes;
        try
        {
            using var file = File.OpenRead(Path.Combine(path, name));
            using var content = compressed ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            if (ReadBounded(content) is not { } read)
            {
                faults.Add(name, 0, CityPackFaultCode.UnreadableFile,
                    $"文件（解压后）超过 {CityPackReader.MaxFileBytes} 字节。",
                    $"The file is larger than {CityPackReader.MaxFileBytes} bytes (uncompressed).");
                return null;
            }

            bytes = read;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            faults.Add(name, 0, CityPackFaultCode.UnreadableFile, "文件无法读取。", $"The file cannot be read: {e.Message}");
            return null;
        }

        var text = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
        if (Utf8.IsValid(text.Span))
            return new PackText(name, text);
        faults.Add(name, LineOfFirstBadByte(text.Span), CityPackFaultCode.NotUtf8, "文件不是 UTF-8 编码。", "The file is not UTF-8.");
        return null;
    }

    // A pack is hostile until checked: a few kilobytes of gzip can unfold into gigabytes.
    private static byte[]? ReadBounded(Stream content)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81_920];
        for (int n; (n = content.Read(buffer)) > 0;)
        {
            if (memory.Length + n > CityPackReader.MaxFileBytes)
                return null;
            memory.Write(buffer, 0, n);
        }

        return memory.ToArray();
    }

    private static int LineOfFirstBadByte(ReadOnlySpan<byte> text)
    {
        var line = 1;
        while (true)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0 || !Utf8.IsValid(text[..end]))
                return line;
            text = text[(end + 1)..];
            line++;
        }
    }
}
