using System.Text.Json;

namespace WhistleActors.CityPacks.Reading;

/// <summary>A JSON value that knows its line.</summary>
internal sealed class JsonItem(int line, JsonValueKind kind)
{
    // A map has hundreds of thousands of numbers: they share these.
    private static readonly List<JsonItem> NoItems = [];
    private static readonly Dictionary<string, JsonItem> NoMembers = [];

    internal int Line { get; } = line;

    internal JsonValueKind Kind { get; } = kind;

    internal string Text { get; init; } = "";

    internal double Number { get; init; }

    internal IReadOnlyList<JsonItem> Items { get; private init; } = NoItems;

    internal IReadOnlyDictionary<string, JsonItem> Members { get; private init; } = NoMembers;

    /// <summary>Reads a whole document; null, with a fault noted, when it is not JSON.</summary>
    internal static JsonItem? Read(PackText text, FaultList faults)
    {
        var reader = new Utf8JsonReader(text.Utf8.Span);
        var lines = new LineCounter(text.Utf8);
        try
        {
            reader.Read();
            var item = Read(ref reader, lines);
            reader.Read();
            return item;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            faults.Add(text.File, line, CityPackFaultCode.MalformedJson, "不是有效的 JSON。", $"This is not JSON: {e.Message}");
            return null;
        }
        catch (InvalidOperationException e)
        {
            faults.Add(text.File, lines.LineAt(reader.TokenStartIndex), CityPackFaultCode.MalformedJson,
                "不是有效的 JSON 文本。",
                $"This is not JSON text: {e.Message}");
            return null;
        }
    }

    private static JsonItem Read(ref Utf8JsonReader reader, LineCounter lines)
    {
        var line = lines.LineAt(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, JsonItem>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var number = lines.LineAt(reader.TokenStartIndex);
                    reader.Read();
                    if (!members.TryAdd(name, Read(ref reader, lines)))
                        throw new JsonException($"the member '{name}' is there twice", null, number - 1, null);
                }

                return new JsonItem(line, JsonValueKind.Object) { Members = members };
            case JsonTokenType.StartArray:
                var items = new List<JsonItem>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, lines));
                return new JsonItem(line, JsonValueKind.Array) { Items = items };
            case JsonTokenType.String:
                return new JsonItem(line, JsonValueKind.String) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new JsonItem(line, JsonValueKind.Number) { Number = reader.GetDouble() };
            case JsonTokenType.True:
                return new JsonItem(line, JsonValueKind.True);
            case JsonTokenType.False:
                return new JsonItem(line, JsonValueKind.False);
            default:
                return new JsonItem(line, JsonValueKind.Null);
        }
    }

    private sealed class LineCounter(ReadOnlyMemory<byte> text)
    {
        private int counted;
        private int line = 1;

        internal int LineAt(long offset)
        {
            line += text.Span[counted..(int)offset].Count((byte)'\n');
            counted = (int)offset;
            return line;
        }
    }
}
