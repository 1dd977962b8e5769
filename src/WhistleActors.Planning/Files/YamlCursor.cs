using System.Globalization;
using WhistleActors.Domain.Codes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace WhistleActors.Planning.Files;

/// <summary>
/// Reads the members of a mapping in a YAML file (or JSON, which is a part of YAML); asking for what is not there, or is something else, notes
/// a fault with its line. Every reader returns a usable value or null, so that one reading finds all faults.
/// </summary>
public sealed partial class YamlCursor
{
    /// <summary>The most characters that a file may have.</summary>
    public const int MaxCharacters = 1_000_000;

    /// <summary>The most characters of one text.</summary>
    public const int MaxText = 500;

    // Deeper than any format of ours; it keeps a hostile file from exhausting the stack.
    private const int MaxDepth = 16;

    private readonly YamlMappingNode node;
    private readonly Dictionary<string, YamlNode> members = new(StringComparer.Ordinal);
    private readonly FaultList faults;

    private YamlCursor(string file, YamlMappingNode node, FaultList faults, string pointer = "")
    {
        (File, Pointer, this.node, this.faults) = (file, pointer, node, faults);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
                members.TryAdd(name, value);
            else
                Fault(LineOf(key), FileFaultCode.WrongShape, "键应为文字。", "A key must be a text.");
        }
    }

    /// <summary>The file's name, as given to <see cref="Read"/>.</summary>
    public string File { get; }

    /// <summary>JSON pointer (RFC 6901) to the mapping; empty for the whole file.</summary>
    public string Pointer { get; }

    /// <summary>The line in which the mapping begins, counted from 1.</summary>
    public int Line => LineOf(node);

    /// <summary>The names of the members, in the order of the file.</summary>
    public IReadOnlyCollection<string> Names => members.Keys;

    /// <summary>The whole file as a mapping; null, with a fault noted, when it is not one.</summary>
    public static YamlCursor? Read(string file, string text, FaultList faults)
    {
        if (text.Length > MaxCharacters)
        {
            faults.Add(file, 0, FileFaultCode.FileTooLarge, $"文件超过 {MaxCharacters} 个字符。", $"The file has more than {MaxCharacters} characters.");
            return null;
        }

        try
        {
            if (!IsShallow(file, text, faults))
                return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return new YamlCursor(file, root, faults);
            if (stream.Documents.Count == 0)
                faults.Add(file, 1, FileFaultCode.MissingValue, "文件是空的。", "The file is empty.");
            else if (stream.Documents.Count > 1)
                faults.Add(file, LineOf(stream.Documents[1].RootNode), FileFaultCode.MalformedYaml, "文件中有多个文档。", "The file holds more than one document.");
            else
                faults.Add(file, LineOf(stream.Documents[0].RootNode), FileFaultCode.WrongShape, "文件应由“键: 值”组成。", "The file must be made of 'key: value' lines.");
        }
        catch (YamlException e)
        {
            // What is missing at the end is reported one line after the last.
            var line = Math.Clamp((int)e.Start.Line, 1, text.TrimEnd('\n').AsSpan().Count('\n') + 1);
            faults.Add(file, line, FileFaultCode.MalformedYaml, $"不是有效的 YAML：{e.Message}", $"This is not YAML: {e.Message}");
        }

        return null;
    }

    /// <summary>Notes a fault in a line of this mapping.</summary>
    public void Fault(int line, string code, string zh, string en) => faults.Add(File, line, code, zh, en, Pointer);

    /// <summary>Notes a fault in the line of a member.</summary>
    public void Fault(string name, string code, string zh, string en) => faults.Add(File, LineOf(name), code, zh, en, PointerTo(name));

    /// <summary>Notes every key that is not among these: a misspelt key must not be passed over.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var (name, _) in members)
        {
            if (!names.Contains(name))
                faults.Add(File, KeyLineOf(name), FileFaultCode.UnknownKey, $"未知的键“{name}”；可用：{string.Join("、", names!)}。", $"Unknown key '{name}'; known are {string.Join(", ", names!)}.", PointerTo(name));
        }
    }

    /// <summary>True when there is such a member, whatever it holds.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>The line of a member's value; the mapping's own when there is none.</summary>
    public int LineOf(string name) => members.TryGetValue(name, out var member) ? LineOf(member) : Line;

    /// <summary>A mapping that must be there.</summary>
    public YamlCursor? Object(string name) => Member(name) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlCursor(File, mapping, faults, PointerTo(name)),
        var other => Misshapen<YamlCursor>(other, name, "应由“键: 值”组成", "must be made of 'key: value' lines"),
    };

    /// <summary>A mapping that may be left out.</summary>
    public YamlCursor? OptionalObject(string name) => Has(name) ? Object(name) : null;

    /// <summary>The mappings of a list; none when the list is left out.</summary>
    public IReadOnlyList<YamlCursor> Objects(string name)
    {
        var found = new List<YamlCursor>();
        if (!Has(name))
            return found;
        if (members[name] is not YamlSequenceNode list)
        {
            Misshapen<object>(members[name], name, "应为列表", "must be a list");
            return found;
        }

        foreach (var (number, element) in list.Children.Index())
        {
            if (element is YamlMappingNode mapping)
                found.Add(new YamlCursor(File, mapping, faults, $"{PointerTo(name)}/{number}"));
            else
                Misshapen<object>(element, name, "的每一项应由“键: 值”组成", "must hold 'key: value' lines in each element");
        }

        return found;
    }

    /// <summary>The values of a list, or the one value that stands there without a list, each with its line.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string name)
    {
        var found = new List<(string, int)>();
        if (!members.TryGetValue(name, out var member))
            return found;
        foreach (var element in member is YamlSequenceNode list ? list.Children : [member])
        {
            if (element is YamlScalarNode scalar && Sound(scalar, name) is { } text)
                found.Add((text, LineOf(element)));
            else if (element is not YamlScalarNode)
                Misshapen<object>(element, name, "应为文字的列表", "must be a list of texts");
        }

        return found;
    }

    /// <summary>A text that must be there.</summary>
    public string? Text(string name) => Member(name) switch
    {
        null => null,
        YamlScalarNode scalar => Sound(scalar, name),
        var other => Misshapen<string>(other, name, "应为一个值", "must be one value"),
    };

    /// <summary>A number that must be there, between bounds that are named in the message.</summary>
    public double? Number(string name, double min, double max)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Fault(name, FileFaultCode.BadNumber, $"“{name}”应为 {Show(min)} 至 {Show(max)} 之间的数；现为 {text}。", $"'{name}' must be a number between {Show(min)} and {Show(max)}; it is {text}.");
        return null;
    }

    /// <summary>A number that may be left out.</summary>
    public double? OptionalNumber(string name, double min, double max) => Has(name) ? Number(name, min, max) : null;

    /// <summary>A whole number that must be there.</summary>
    public int? Whole(string name, int min, int max)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max && double.IsInteger(number))
            return (int)number;
        Fault(name, FileFaultCode.BadNumber, $"“{name}”应为 {Show(min)} 至 {Show(max)} 之间的整数；现为 {text}。", $"'{name}' must be a whole number between {Show(min)} and {Show(max)}; it is {text}.");
        return null;
    }

    /// <summary>A whole number that may be left out.</summary>
    public int? OptionalWhole(string name, int min, int max) => Has(name) ? Whole(name, min, max) : null;

    /// <summary>Yes or no, written true or false; the usual one when it is left out.</summary>
    public bool Flag(string name, bool usual)
    {
        if (!Has(name) || Text(name) is not { } text)
            return usual;
        if (text is "true" or "false")
            return text == "true";
        Fault(name, FileFaultCode.UnknownWord, $"“{name}”应为 true 或 false；现为 {text}。", $"'{name}' must be true or false; it is {text}.");
        return usual;
    }

    /// <summary>A value of an enumeration, in kebab case, that must be there.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        if (WireName<T>.TryParse(text, out var value))
            return value;
        Fault(name, FileFaultCode.UnknownWord, $"“{name}”应为以下之一：{WireName<T>.All}；现为 {text}。", $"'{name}' must be one of {WireName<T>.All}; it is {text}.");
        return null;
    }

    /// <summary>A value of an enumeration that may be left out.</summary>
    public T? OptionalWord<T>(string name)
        where T : struct, Enum => Has(name) ? Word<T>(name) : null;

    /// <summary>A code that must be there; whether it exists is for the caller to say.</summary>
    public T? Code<T>(string name)
        where T : struct, ICode<T>
    {
        if (Text(name) is not { } text)
            return null;
        if (T.TryParse(text, out var code))
            return code;
        Fault(name, FileFaultCode.BadCode, $"“{name}”不是有效代码：{text}。", $"'{name}' is not a code: {text}.");
        return null;
    }

    /// <summary>A code that may be left out.</summary>
    public T? OptionalCode<T>(string name)
        where T : struct, ICode<T> => Has(name) ? Code<T>(name) : null;

    private YamlNode? Member(string name)
    {
        if (members.TryGetValue(name, out var member) && member is not YamlScalarNode { Value: null or "", Style: ScalarStyle.Plain })
            return member;
        Fault(LineOf(name), FileFaultCode.MissingValue, $"缺少“{name}”。", $"'{name}' is missing.");
        return null;
    }

    private string? Sound(YamlScalarNode scalar, string name)
    {
        var text = scalar.Value?.Trim() ?? "";
        if (text.Length == 0)
            Fault(LineOf(scalar), name, FileFaultCode.MissingValue, $"“{name}”不能为空。", $"'{name}' must not be empty.");
        else if (text.Length <= MaxText && !text.Any(char.IsControl))
            return text;
        else
            Fault(LineOf(scalar), name, FileFaultCode.BadText, $"“{name}”过长或含控制字符。", $"'{name}' is too long or holds control characters.");
        return null;
    }

    private T? Misshapen<T>(YamlNode at, string name, string zh, string en)
        where T : class
    {
        Fault(LineOf(at), name, FileFaultCode.WrongShape, $"“{name}”{zh}。", $"'{name}' {en}.");
        return null;
    }

    /// <summary>Notes a fault in the line of an element of a member.</summary>
    public void Fault(int line, string name, string code, string zh, string en) => faults.Add(File, line, code, zh, en, PointerTo(name));

    private string PointerTo(string name) => $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private int KeyLineOf(string name) =>
        LineOf(node.Children.Keys.First(key => key is YamlScalarNode scalar && scalar.Value == name));

    private static int LineOf(YamlNode node) => (int)Math.Max(1, node.Start.Line);

    private static string Show(double number) => number.ToString("#,0.###", CultureInfo.InvariantCulture);

    // The parser's events come without recursion; building the tree of a file that is nested too deep would exhaust the stack.
    private static bool IsShallow(string file, string text, FaultList faults)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
            if (depth > MaxDepth)
            {
                faults.Add(file, (int)parser.Current!.Start.Line, FileFaultCode.MalformedYaml, $"嵌套超过 {MaxDepth} 层。", $"It is nested more than {MaxDepth} deep.");
                return false;
            }

            if (parser.Current is AnchorAlias)
            {
                faults.Add(file, (int)parser.Current.Start.Line, FileFaultCode.MalformedYaml, "不支持引用（*）。", "References (*) are not supported.");
                return false;
            }
        }

        return true;
    }
}
