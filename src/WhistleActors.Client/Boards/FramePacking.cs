using System.IO.Compression;
using System.Text.Json;
using WhistleActors.Client.Calls;

namespace WhistleActors.Client.Boards;

/// <summary>A frame as MessagePack carries it: the bytes of its JSON, compressed (gzip) when they are many. JSON begins with a brace.</summary>
internal static class FramePacking
{
    private const byte GzipBegins = 0x1f;

    internal static TFrame Unpack<TFrame>(byte[] packed)
    {
        if (packed is not [GzipBegins, ..])
            return JsonSerializer.Deserialize(packed, ClientJson.Type<TFrame>())!;
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(stream, ClientJson.Type<TFrame>())!;
    }
}
