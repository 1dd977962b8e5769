using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhistleActors.Server.Tests.OpenApi;

/// <summary>What no honest client sends.</summary>
internal static class Hostile
{
    /// <summary>What a header would carry if a text could break out into it.</summary>
    public const string Injected = "X-Injected";

    private const string Deep = """{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}}}}}}}}}}}""";

    /// <summary>Of every kind of JSON something, and what only looks like JSON.</summary>
    private static readonly ImmutableArray<string> OfAnyKind =
    [
        "null", "true", "{}", "[]", "[null]", "[[]]", "[{}]", "\"\"", "\"x\"", "0", "-1", "1.5", "2147483648", "-99999999999999999999999", "1e999", "-1e999",
        Deep, new string('[', 60) + new string(']', 60), "NaN", "Infinity", "0x10", "01", "undefined", "'x'", "\"\\x41\"",
    ];

    private static readonly ImmutableArray<string> Texts =
    [
        "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\udc00b\"", "\"\\u202ex\"", "\"\\ufffd\"", "\"" + new string('x', 40_000) + "\"",
        "\"\\r\\nX-Injected: 1\\r\\n\"",
        "\"'; DROP TABLE journal; -- <script>alert(1)</script> ../../etc/passwd %00 %n ${jndi:ldap://x} \U0001F9E8 \u05D0\"",
        "\"１２３\"", "\"-1\"", "\"NULL\"",
    ];

    private static readonly ImmutableArray<string> Times =
    [
        "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-12:00\"", "\"10000-01-01T00:00:00Z\"",
        "\"2026-02-30T00:00:00Z\"", "\"2026-03-10T25:00:00Z\"", "\"2026-03-10T10:00:00+99:00\"", "\"2026-03-10T10:00:00\"", "\"2026-03-10\"", "\"now\"", "\"10 Oct 2026 10:00 -08:00\"",
        "\"2026-03-10T10:00:00+08:00 \"",
    ];

    private static readonly ImmutableArray<string> Days = ["\"0001-01-01\"", "\"9999-12-31\"", "\"10000-01-01\"", "\"2026-02-30\"", "\"2026-3-1\"", "\"10/03/2026\"", "\"2026-03-10T00:00:00Z\""];

    private static readonly ImmutableArray<string> Numbers = ["2147483647", "-2147483648", "1e308", "-1e308", "5e-324", "-0.0", "\"1\""];

    // What stands for every kind of text where a code, a number or a day is meant: none of them is one.
    private static readonly ImmutableHashSet<string> NeverText = ["\"\\u0000\"", "\"\\ud800\"", "\"a\\udc00b\"", "\"\\u202ex\"", "\"\\ufffd\"", "\"" + new string('x', 40_000) + "\""];

    private static readonly ImmutableHashSet<string> NeverTime =
    [
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-12:00\"", "\"10000-01-01T00:00:00Z\"", "\"2026-02-30T00:00:00Z\"", "\"2026-03-10T25:00:00Z\"", "\"2026-03-10T10:00:00+99:00\"",
        "\"2026-03-10T10:00:00\"", "\"2026-03-10\"", "\"now\"", "\"10 Oct 2026 10:00 -08:00\"", "\"2026-03-10T10:00:00+08:00 \"", "\"\"", "\"x\"", "\" \"", "\"-1\"", "\"NULL\"",
    ];

    private static readonly ImmutableHashSet<string> NeverDay =
        ["\"10000-01-01\"", "\"2026-02-30\"", "\"2026-3-1\"", "\"10/03/2026\"", "\"2026-03-10T00:00:00Z\"", "\"\"", "\"x\"", "\" \"", "\"-1\"", "\"NULL\""];

    /// <summary>What to put at a place of a body, and whether it can be right there; left out when there is no value.</summary>
    public static IEnumerable<(string? Value, Sense Sense)> At(Schema schema, string name)
    {
        yield return (null, Sense.Unknown);
        var list = schema.Items is { } items ? Long(items.Example(name)) : null;
        foreach (var value in OfAnyKind.Concat(
            schema.Format == "date" ? [.. Days, .. Texts]
            : schema.Format == "date-time" || schema.Types.IsEmpty ? [.. Times, .. Texts]
            : schema.Types.Contains("string") ? Texts
            : schema.Types.Contains("number") || schema.Types.Contains("integer") ? Numbers
            : list is not null ? [list]
            : []))
        {
            yield return (value, SenseOf(value, schema, list, name));
        }
    }

    /// <summary>What to put into a path, already escaped, and whether anything can be called so.</summary>
    public static ImmutableArray<(string Value, bool Possible)> Segments { get; } =
    [
        ("%20", false), ("x", true), ("-1", false), ("0", true), ("99999999999999999999999999999999999999999999999999", false), (new string('a', 3_000), false), ("%F0%9F%A7%A8", false),
        ("%EF%BC%91", false), ("a%2Fb", false), ("..%2F..%2Fetc%2Fpasswd", false), ("%2E%2E", true), ("..", true), ("%252e%252e", false), ("a%5Cb", false), ("%0D%0AX-Injected:%201", false),
        ("%E2%80%AE", false), ("'%20OR%201=1--", false), ("*", false), ("%7Bid%7D", false), ("a;b=c", false), ("null", true), ("a%00b", false), ("%FF", false), ("%ED%A0%80", false), ("%u0041", false),
        ("99010100100101-0", true), ("99010100100101--1", true), ("99010100100101-99999999999999999999", true), ("%D9%A1", false),
    ];

    /// <summary>What to put into a query, already escaped.</summary>
    public static IEnumerable<(string Value, bool Possible)> Query(Schema schema)
    {
        var (isNumber, isWhole, isTime, isFlag) = (
            schema.Types.Contains("number") || schema.Types.Contains("integer"), schema.Types.Contains("integer"), schema.Format == "date-time", schema.Types.Contains("boolean"));
        foreach (var (value, _) in Segments)
            yield return (value, !isTime && !isFlag && (!isNumber || value is "0" or "-1"));
        yield return ("", true);
        foreach (var value in (string[])["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "2147483647", "-2147483648", "1e308", "1,5", "0x10", "%2B1", "1_000"])
            yield return (value, !isTime && !isFlag);
        foreach (var value in (string[])["0001-01-01T00:00:00Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T00:00:00-12:00", "9999-12-31T00:00:00Z", "2026-02-30T00:00:00Z", "10000-01-01", "2026-03-10T00:00:00"])
            yield return (value, !isNumber && !isFlag && !(isTime && value is "10000-01-01" or "2026-02-30T00:00:00Z" or "2026-03-10T00:00:00"));
        yield return (new string('9', 4_000), !isFlag && !isTime && !isWhole);
        yield return ("city%0d%0aX-Injected:1", !isNumber && !isTime && !isFlag);
    }

    /// <summary>Bodies that are no JSON that could be meant.</summary>
    public static IEnumerable<(string Name, byte[] Body)> NoJson(string valid)
    {
        foreach (var text in (string[])["{", "nul", "{]", """{"a":1,}""", "// x\n{}", "{}{}", "'x'", "NaN", "\u0000", "{\"a\"", valid + "x", valid[..^1]])
            yield return ($"the body {text}", Encoding.UTF8.GetBytes(text));
        yield return ("a list without end", Encoding.UTF8.GetBytes(new string('[', 40_000)));
        yield return ("an object that is deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000)));
        yield return ("UTF-16", Encoding.Unicode.GetBytes(valid));
        yield return ("bytes that are no UTF-8", [.. "{\"a\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
    }

    /// <summary>JSON of a kind that no body is.</summary>
    public static ImmutableArray<string> NoObjects { get; } = ["null", "[]", "[{}]", "\"x\"", "1", "true"];

    /// <summary>Properties that nobody knows, as they are written, with what a pointer to them is.</summary>
    public static ImmutableArray<(string Written, string Pointer)> Extra { get; } =
    [
        ("hostile", "/hostile"), ("__proto__", "/__proto__"), ("$type", "/$type"), ("$ref", "/$ref"), ("a.b", "/a.b"), ("a/b~c", "/a~1b~0c"), ("['x']", "/['x']"), ("it's", "/it's"), ("\\u0000", "/\0"),
        ("\\r\\nX-Injected: 1", "/\r\nX-Injected: 1"), ("", "/"),
    ];

    /// <summary>Some of the ways in which a body is spoilt on its way.</summary>
    public static IEnumerable<byte[]> Spoilt(string valid, Random random, int count)
    {
        var bytes = Encoding.UTF8.GetBytes(valid);
        for (var i = 0; i < count; i++)
        {
            var spoilt = bytes.ToList();
            for (var change = random.Next(1, 4); change > 0 && spoilt.Count > 0; change--)
            {
                var at = random.Next(spoilt.Count);
                switch (random.Next(4))
                {
                    case 0:
                        spoilt[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        spoilt.RemoveAt(at);
                        break;
                    case 2:
                        spoilt.Insert(at, (byte)"{}[]\",:0-\\e\n"[random.Next(12)]);
                        break;
                    default:
                        spoilt.AddRange(spoilt[at..Math.Min(spoilt.Count, at + random.Next(1, 20))]);
                        break;
                }
            }

            yield return [.. spoilt];
        }
    }

    private static Sense SenseOf(string value, Schema schema, string? tooLong, string name)
    {
        JsonElement json;
        try
        {
            json = JsonDocument.Parse(value).RootElement;
        }
        catch (JsonException)
        {
            return Sense.NoJson;
        }

        if (!schema.Allows(json))
            return Sense.WrongKind;

        // A plan may have as many limits as a body holds.
        return NeverText.Contains(value) || (value == tooLong && name != "limits") || (schema.Format == "date-time" && NeverTime.Contains(value)) || (schema.Format == "date" && NeverDay.Contains(value))
            ? Sense.Impossible
            : Sense.Unknown;
    }

    // As many as a body within the limit may hold, at most.
    private static string Long(JsonNode? entry)
    {
        var one = entry?.ToJsonString() ?? "null";
        return $"[{string.Join(',', Enumerable.Repeat(one, Math.Min(5_000, 50_000 / (one.Length + 1))))}]";
    }
}

/// <summary>What can be told of a value without knowing what it is for.</summary>
internal enum Sense
{
    /// <summary>It may be right.</summary>
    Unknown,

    /// <summary>The body is no JSON with it.</summary>
    NoJson,

    /// <summary>The contract has another kind of value there.</summary>
    WrongKind,

    /// <summary>It is of the right kind and never right.</summary>
    Impossible,
}
