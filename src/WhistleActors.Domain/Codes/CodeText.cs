namespace WhistleActors.Domain.Codes;

/// <summary>The one alphabet of all codes: what is safe in a URL path, a persistence id and a file name without escaping.</summary>
internal static class CodeText
{
    private const int MaxLength = 48;

    /// <summary>True for 1 to 48 ASCII letters, digits and inner <c>-</c>, <c>_</c> or <c>.</c>, starting and ending with a letter or digit.</summary>
    internal static bool IsCode(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>True for 1 to 48 ASCII letters and digits: a code that other codes are built on with a separator.</summary>
    internal static bool IsPlainCode(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(char.IsAsciiLetterOrDigit);

    internal static T Parse<T>(string? text)
        where T : struct, ICode<T> =>
        T.TryParse(text, out var code) ? code : throw new FormatException($"'{text}' is not a {typeof(T).Name}.");
}
