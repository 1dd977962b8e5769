using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhistleActors.Server.Live;

/// <summary>A frame as the board wrote it: it goes into the hub's message as it is.</summary>
[JsonConverter(typeof(Raw))]
public sealed record LiveFrame(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Raw : JsonConverter<LiveFrame>
    {
        public override LiveFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, LiveFrame value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
