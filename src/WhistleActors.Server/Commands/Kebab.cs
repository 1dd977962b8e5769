using System.Collections.Frozen;
using System.Text.Json;

namespace WhistleActors.Server.Commands;

/// <summary>The wire names of an enumeration.</summary>
internal static class Kebab<T>
    where T : struct, Enum
{
    internal static FrozenDictionary<string, T> Values { get; } =
        Enum.GetValues<T>().ToFrozenDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    internal static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetValues<T>().Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];
}
