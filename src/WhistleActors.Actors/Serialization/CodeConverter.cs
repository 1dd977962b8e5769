using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Domain.Codes;

namespace WhistleActors.Actors.Serialization;

/// <summary>Writes a code as its text, as a value and as a key.</summary>
internal sealed class CodeConverter<T> : JsonConverter<T>
    where T : struct, ICode<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Parse(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Text);
}
