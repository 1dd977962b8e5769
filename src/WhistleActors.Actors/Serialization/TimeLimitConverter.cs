using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Domain.Deadlines;

namespace WhistleActors.Actors.Serialization;

/// <summary>Writes a time limit as a person would, such as <c>4 working-hours</c>: every whistle carries some.</summary>
internal sealed class TimeLimitConverter : JsonConverter<TimeLimit>
{
    private static readonly Dictionary<string, TimeUnit> Units =
        Enum.GetValues<TimeUnit>().ToDictionary(unit => JsonNamingPolicy.KebabCaseLower.ConvertName(unit.ToString()));

    private static readonly Dictionary<TimeUnit, string> Names = Units.ToDictionary(unit => unit.Value, unit => unit.Key);

    public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return text?.Split(' ') is [var amount, var unit]
            && int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Units.TryGetValue(unit, out var known)
                ? new TimeLimit(number, known)
                : throw new JsonException($"'{text}' is not a time limit.");
    }

    public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.Amount} {Names[value.Unit]}"));
}
