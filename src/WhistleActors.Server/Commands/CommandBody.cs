using System.Buffers;
using System.Text;
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
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new ProblemException(ProblemMiddleware.TooLarge);
            }

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
        var pointer = PointerOf(wrong.Path);
        return Malformed(
            pointer,
            $"line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}{(pointer.Length > 0 ? $", at {pointer}" : "")}",
            $"第 {wrong.LineNumber + 1} 行第 {wrong.BytePositionInLine + 1} 字节{(pointer.Length > 0 ? $"，位于 {pointer}" : "")}");
    }

    /// <summary>The problem for a text in a body that is none: half a character, or bytes that are no UTF-8.</summary>
    internal static Contract.Problems.Problem NoText(string pointer) => Malformed(pointer, $"no text at '{pointer}'", $"“{pointer}”处不是文本");

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static Contract.Problems.Problem Malformed(string pointer, string place, string placeZh) => Problems.Problems.Of(
        400, "malformed-json", $"The body is not the JSON that is expected here ({place}).", $"请求正文不是此处所需的 JSON（{placeZh}）。",
        "Send an object with the fields that /openapi/v1.json names, each once and of its type; times carry an offset.",
        "请发送对象，字段及类型见 /openapi/v1.json，每个字段只出现一次；时间须带时区偏移。",
        pointer.Length > 0 ? [new(pointer, "unexpected", "This field is unknown here, given twice, or of another type.", "此处没有该字段、字段重复，或类型不对。")] : null);

    // The reader writes $.name, $[0], and $['na.me'] where a name is not plain; a quote in such a name stands as it is.
    private static string PointerOf(string? path)
    {
        var pointer = new StringBuilder();
        for (var rest = path.AsSpan(path is { Length: > 0 } ? 1 : 0); !rest.IsEmpty;)
        {
            var (from, to, after) = rest[0] == '.' ? (1, EndOf(rest[1..]) + 1, 0)
                : rest.StartsWith("['", StringComparison.Ordinal) ? (2, QuoteOf(rest), 2)
                : (1, rest.IndexOf(']') is > 0 and var end ? end : rest.Length, 1);
            pointer.Append('/').Append(Escape(rest[from..to].ToString()));
            rest = rest[Math.Min(rest.Length, to + after)..];
        }

        return pointer.ToString();

        static int EndOf(ReadOnlySpan<char> name) => name.IndexOfAny('.', '[') is >= 0 and var end ? end : name.Length;

        // The first "']" that the path can go on after.
        static int QuoteOf(ReadOnlySpan<char> rest)
        {
            for (var at = 2; at < rest.Length - 1; at++)
            {
                if (rest[at] == '\'' && rest[at + 1] == ']' && (at + 2 == rest.Length || rest[at + 2] is '.' or '['))
                    return at;
            }

            return rest.Length;
        }
    }
}
