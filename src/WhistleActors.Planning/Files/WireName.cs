using System.Text.Json;

namespace WhistleActors.Planning.Files;

/// <summary>How the values of an enumeration are written in a file: in kebab case.</summary>
internal static class WireName<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    /// <summary>All words, for a message.</summary>
    internal static string All { get; } = string.Join(", ", Values.Keys);

    /// <summary>The word for a value.</summary>
    internal static string Of(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value that a word stands for.</summary>
    internal static bool TryParse(string text, out T value) => Values.TryGetValue(text, out value);
}
