using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhistleActors.Contract;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Commands;

/// <summary>Reads the JSON body of a request: bounded, strict, and precise about what is wrong.</summary>
internal static class CommandBody
{
    /// <summary>The largest body of a command, in bytes.</summary>
    internal const int MostBytes = 64 * 1024;

    /// <summary>Reads the body; an empty one stands for a request without any field.</summary>
    internal static async Task<(T Request, byte[] Bytes)> ReadAsync<T>(HttpContext http)
    {
        if (http.Request.ContentLength is > 0 or null && !http.Request.HasJsonContentType() && http.Request.ContentType is not null)
            throw new ProblemException(Problems.Problems.NotJson);

        var bytes = await ReadBytesAsync(http);
        if (bytes.Length == 0)
            bytes = "{}"u8.ToArray();
        try
        {
            var type = (JsonTypeInfo<T>)ContractJson.Wire.GetTypeInfo(typeof(T));
            return (JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null"), bytes);
        }
        catch (JsonException wrong)
        {
            throw new ProblemException(Malformed(wrong));
        }
    }

    /// <summary>Reads the body as it is, up to the limit.</summary>
    internal static async Task<byte[]> ReadBytesAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostBytes)
            throw new ProblemException(ProblemMiddleware.TooLarge);
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > MostBytes)
                throw new ProblemException(ProblemMiddleware.TooLarge);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    internal static Contract.Problems.Problem Malformed(JsonException wrong)
    {
        var path = wrong.Path is { Length: > 1 } text ? "/" + text[1..].TrimStart('.').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal) : "";
        var place = $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}";
        var placeZh = $"第 {wrong.LineNumber + 1} 行第 {wrong.BytePositionInLine + 1} 字节";
        return Problems.Problems.Of(
            400, "malformed-json", $"The body is not the JSON that is expected here ({place}{(path.Length > 0 ? $", at {path}" : "")}).",
            $"请求正文不是此处所需的 JSON（{placeZh}{(path.Length > 0 ? $"，位于 {path}" : "")}）。",
            "Send an object with the fields that /openapi/v1.json names, each once and of its type; times carry an offset.",
            "请发送对象，字段及类型见 /openapi/v1.json，每个字段只出现一次；时间须带时区偏移。",
            path.Length > 0 ? [new(path, "unexpected", "This field is unknown here, given twice, or of another type.", "此处没有该字段、字段重复，或类型不对。")] : null);
    }
}
