using System.IO.Compression;

namespace WhistleActors.Actors.Boards;

/// <summary>JSON as MessagePack carries it: the bytes as they are, or compressed (gzip) when they are many. Which of the two, the first byte tells: JSON begins with a brace.</summary>
public static class PackedJson
{
    /// <summary>Below so many bytes a packet is not filled anyway.</summary>
    public const int Worth = 1_024;

    /// <summary>Compresses it.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> utf8)
    {
        using var buffer = new MemoryStream(utf8.Length / 4);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(utf8);
        return buffer.ToArray();
    }
}
