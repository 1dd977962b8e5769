using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WhistleActors.Domain.Codes;

/// <summary>How the values of an enumeration are written in files and on the wire: in kebab case.</summary>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The type is what is asked about, and never inferred.")]
public static class WireName<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> ByName = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order of the values.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>All names, for a message.</summary>
    public static string All { get; } = string.Join(", ", Names);

    /// <summary>The name of a value.</summary>
    public static string Of(T value) => ByValue[value];

    /// <summary>The value that a name stands for.</summary>
    public static bool TryParse(string text, out T value) => ByName.TryGetValue(text, out value);
}
