using System.Text;

namespace WhistleActors.Testing;

/// <summary>A span as it comes to a collector by OTLP: protobuf, read here by the numbers of its fields (opentelemetry-proto, trace/v1/trace.proto).</summary>
/// <param name="Node">The <c>service.instance.id</c> of who sent it.</param>
/// <param name="Parent">Null for the first one of a trace.</param>
/// <param name="Tags">Those that are text.</param>
/// <param name="Links">The spans that it is linked to.</param>
public sealed record OtlpSpan(string Node, string Trace, string Id, string? Parent, string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links)
{
    /// <summary>The spans of an export request, as it was posted to <c>/v1/traces</c>.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request).Where(field => field.Number == 1)
        let node = NodeOf(resource.Bytes)
        from scope in Fields(resource.Bytes).Where(field => field.Number == 2)
        from span in Fields(scope.Bytes).Where(field => field.Number == 2)
        select Of(node, Fields(span.Bytes));

    private static OtlpSpan Of(string node, List<(int Number, byte[] Bytes)> fields)
    {
        return new OtlpSpan(
            node,
            Hex(1),
            Hex(2),
            Hex(4) is { Length: > 0 } parent ? parent : null,
            Encoding.UTF8.GetString(First(5)),
            Texts(fields.Where(field => field.Number == 9)),
            [.. fields.Where(field => field.Number == 13).Select(link => Convert.ToHexStringLower(Fields(link.Bytes).Single(field => field.Number == 2).Bytes))]);

        byte[] First(int number) => fields.Find(field => field.Number == number).Bytes ?? [];

        string Hex(int number) => Convert.ToHexStringLower(First(number));
    }

    private static string NodeOf(byte[] resourceSpans) =>
        Fields(resourceSpans).Where(field => field.Number == 1).Select(resource => Texts(Fields(resource.Bytes).Where(field => field.Number == 1)))
            .Select(tags => tags.GetValueOrDefault("service.instance.id")).FirstOrDefault() ?? "";

    // Pairs of a key (1) and a value (2), of which a text is the first field.
    private static Dictionary<string, string> Texts(IEnumerable<(int Number, byte[] Bytes)> attributes) => attributes
        .Select(attribute => Fields(attribute.Bytes))
        .Select(pair => (Key: Encoding.UTF8.GetString(pair.Find(field => field.Number == 1).Bytes), Value: Fields(pair.Find(field => field.Number == 2).Bytes ?? []).Find(field => field.Number == 1).Bytes))
        .Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Value));

    // Only what has a length: texts, bytes and messages. Numbers are passed over.
    private static List<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(((int)(tag >> 3), message[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    at += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"No field of protobuf begins with {tag}.");
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
