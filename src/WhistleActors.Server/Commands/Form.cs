using System.Globalization;
using System.Text;
using WhistleActors.Contract.Problems;
using WhistleActors.Domain;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Geography;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Commands;

/// <summary>Reads the fields of a request and gathers everything that is wrong with them, so that the caller learns all of it at once.</summary>
internal sealed class Form
{
    /// <summary>The longest free text, in characters (UTF-16 units).</summary>
    internal const int LongText = 2_000;

    /// <summary>The longest name.</summary>
    internal const int ShortText = 100;

    /// <summary>What is said of a text that <see cref="Deceives"/>.</summary>
    internal static readonly LocalizedText Deception = new(
        Zh: "文本含有控制字符或方向覆盖字符。", En: "The text contains control or direction-override characters.");

    private readonly List<FieldError> errors = [];

    /// <summary>Throws the problem that lists every field at fault, if any is.</summary>
    internal void Check()
    {
        if (errors.Count > 0)
        {
            throw new ProblemException(Problems.Problems.Of(
                422, "invalid-fields", "Some fields are missing or wrong.", "有字段缺失或不正确。",
                "See errors: each names the field and what is allowed.", "见 errors：逐一列出字段和允许的值。", errors));
        }
    }

    internal void Wrong(string pointer, string code, string en, string zh, IReadOnlyList<string>? allowed = null) =>
        errors.Add(new FieldError(pointer, code, en, zh, allowed));

    /// <summary>A text that must be there.</summary>
    internal string Text(string pointer, string? value, int most = LongText) => OptionalText(pointer, value, most) ?? Missing<string>(pointer) ?? "";

    /// <summary>A text that may be left out. Emoji and right-to-left scripts are text like any other; what deceives the reader's eye is not.</summary>
    internal string? OptionalText(string pointer, string? value, int most = LongText)
    {
        if (value is null)
            return null;
        var text = value.Trim();
        if (text.Length == 0)
            Wrong(pointer, "text-empty", "The text is empty.", "文本为空。");
        else if (text.Length > most)
            Wrong(pointer, "text-too-long", $"The text has {text.Length} characters; at most {most} are allowed.", $"文本有 {text.Length} 个字符，最多 {most} 个。");
        else if (Deceives(text))
            Wrong(pointer, "text-with-control-characters", Deception.En, Deception.Zh);
        return text;
    }

    /// <summary>A code that must be there.</summary>
    internal T Code<T>(string pointer, string? value)
        where T : struct, ICode<T> => OptionalCode<T>(pointer, value) ?? Missing<T>(pointer);

    /// <summary>A code that may be left out.</summary>
    internal T? OptionalCode<T>(string pointer, string? value)
        where T : struct, ICode<T>
    {
        if (value is null)
            return null;
        if (T.TryParse(value, out var code))
            return code;
        Wrong(pointer, "not-a-code", "This is not a code: 1 to 48 ASCII letters and digits, with - _ . inside.", "这不是代码：1 至 48 个 ASCII 字母或数字，中间可有 - _ .。");
        return default(T);
    }

    /// <summary>One of a list of values that must be there, in kebab-case.</summary>
    internal T Choice<T>(string pointer, string? value)
        where T : struct, Enum => OptionalChoice<T>(pointer, value) ?? Missing<T>(pointer, WireName<T>.Names);

    /// <summary>One of a list of values that may be left out.</summary>
    internal T? OptionalChoice<T>(string pointer, string? value)
        where T : struct, Enum
    {
        if (value is null)
            return null;
        if (WireName<T>.TryParse(value, out var choice))
            return choice;
        Wrong(pointer, "unknown-value", "This value is not one of those allowed.", "该值不在允许的范围内。", WireName<T>.Names);
        return default(T);
    }

    /// <summary>A number that must be there and within bounds.</summary>
    internal double Number(string pointer, double? value, double least, double most)
    {
        if (value is not { } number)
            return Missing<double>(pointer);
        if (!double.IsFinite(number) || number < least || number > most)
        {
            Wrong(
                pointer,
                "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"The number must be between {least} and {most}."),
                string.Create(CultureInfo.InvariantCulture, $"数值须在 {least} 与 {most} 之间。"));
        }

        return number;
    }

    /// <summary>A list that must not be longer.</summary>
    internal void AtMost(string pointer, int count, int most)
    {
        if (count > most)
            Wrong(pointer, "too-many", $"The list has {count} entries; at most {most} are allowed.", $"列表有 {count} 项，最多 {most} 项。");
    }

    /// <summary>A SHA-256 hash of a content that must be there.</summary>
    internal string Sha256(string pointer, string? value)
    {
        if (value is null)
            return Missing<string>(pointer) ?? "";
        if (value.Length != 64 || value.Any(c => c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f'))))
            Wrong(pointer, "not-a-hash", "This is not a SHA-256 hash: 64 lower-case hexadecimal digits.", "这不是 SHA-256 摘要：64 位小写十六进制数字。");
        return value;
    }

    /// <summary>A place; the datum must be named.</summary>
    internal Position Position(string pointer, double? lon, double? lat, string? datum)
    {
        var position = (Number($"{pointer}/lon", lon, -180, 180), Number($"{pointer}/lat", lat, -90, 90), Choice<Datum>($"{pointer}/datum", datum));
        return new Position(position.Item1, position.Item2, position.Item3);
    }

    /// <summary>Notes that a field is missing.</summary>
    internal T? Missing<T>(string pointer, IReadOnlyList<string>? allowed = null)
    {
        if (!errors.Exists(error => error.Pointer == pointer))
            Wrong(pointer, "missing", "The field is missing.", "缺少该字段。", allowed);
        return default;
    }

    /// <summary>Whether a text contains what may not stand in any.</summary>
    internal static bool Deceives(string text) => text.EnumerateRunes().Any(IsForbidden);

    // New lines and tabs are text. Overrides of direction can make a text look like another one (U+202A to U+202E, U+2066 to U+2069).
    private static bool IsForbidden(Rune rune) =>
        (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control && rune.Value is not ('\n' or '\r' or '\t'))
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;
}
