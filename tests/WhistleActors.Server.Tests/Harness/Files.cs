using System.Net.Http.Headers;
using System.Text;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>Contents that begin as files of a type do.</summary>
internal static class Files
{
    public static byte[] Jpeg(string content = "a photo") => [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.UTF8.GetBytes(content)];

    public static byte[] Png { get; } = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 1, 2, 3];

    public static byte[] WebP { get; } = [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8];

    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n<script>alert(1)</script>"u8];

    public static byte[] Heic { get; } = [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1heic"u8];

    public static byte[] Avif { get; } = [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1avif"u8];

    public static byte[] Mp4 { get; } = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp42"u8];

    public static ByteArrayContent Content(byte[] bytes, string type = "application/octet-stream")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    /// <summary>Uploads a content that must be taken.</summary>
    public static async Task<string> UploadAsync(this Person person, byte[] bytes) =>
        (await person.SendAsync(HttpMethod.Post, "attachments", Content(bytes))).ShouldSucceed(201).Json.GetProperty("hash").GetString()!;
}
