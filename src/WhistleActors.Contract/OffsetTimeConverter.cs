using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhistleActors.Contract;

/// <summary>Times as RFC 3339 with an offset. A time without one is refused: it would be read in whatever zone the server happens to stand in.</summary>
internal sealed class OffsetTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();
        var zone = text.IndexOf('T', StringComparison.OrdinalIgnoreCase) is > 0 and var t ? text.AsSpan(t).IndexOfAny("Zz+-") : -1;
        return zone > 0 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
