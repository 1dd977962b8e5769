using System.Text.Json;

namespace WhistleActors.CityPacks.Reading;

/// <summary>How the values of an enumeration are written in a pack: in kebab case.</summary>
internal static class WireName<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    internal static string All { get; } = string.Join(", ", Values.Keys);

    internal static string Of(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static bool TryParse(string text, out T value) => Values.TryGetValue(text, out value);
}
