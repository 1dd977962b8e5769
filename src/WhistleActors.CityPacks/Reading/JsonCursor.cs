using System.Globalization;
using System.Text.Json;
using WhistleActors.Domain;
using WhistleActors.Domain.Codes;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads the members of a JSON object; asking for what is not there, or is something else, notes a fault.</summary>
internal sealed class JsonCursor(string file, JsonItem item, FaultList faults)
{
    internal int Line => item.Line;

    internal string File => file;

    internal void Fault(int line, string code, string zh, string en) => faults.Add(file, line, code, zh, en);

    internal JsonItem? Member(string name, JsonValueKind kind)
    {
        if (!item.Members.TryGetValue(name, out var member))
            Fault(item.Line, CityPackFaultCode.MissingValue, $"缺少“{name}”。", $"'{name}' is missing.");
        else if (member.Kind != kind)
            Fault(member.Line, CityPackFaultCode.MalformedJson, $"“{name}”的类型不对。", $"'{name}' must be of the kind {kind}.");
        else
            return member;
        return null;
    }

    internal JsonCursor? Object(string name) => Member(name, JsonValueKind.Object) is { } member ? new JsonCursor(file, member, faults) : null;

    /// <summary>An object that may be left out.</summary>
    internal JsonCursor? OptionalObject(string name) => Has(name) ? Object(name) : null;

    /// <summary>Whole numbers between bounds, each once, at most <paramref name="most"/> of them.</summary>
    internal IReadOnlyList<int> Numbers(string name, int min, int max, int most)
    {
        var numbers = new List<int>();
        if (Member(name, JsonValueKind.Array) is not { } member)
            return numbers;
        foreach (var element in member.Items)
        {
            var number = element.Kind == JsonValueKind.Number && element.Number == Math.Truncate(element.Number) ? element.Number : double.NaN;
            if (number >= min && number <= max && numbers.Count < most && !numbers.Contains((int)number))
                numbers.Add((int)number);
            else
                Fault(element.Line, CityPackFaultCode.BadNumber,
                    $"“{name}”应为 {min} 至 {max} 之间的整数，互不相同，最多 {most} 个。",
                    $"'{name}' must hold whole numbers between {min} and {max}, each once, at most {most}.");
        }

        return numbers;
    }

    internal IEnumerable<JsonCursor> Objects(string name)
    {
        foreach (var element in Member(name, JsonValueKind.Array)?.Items ?? [])
        {
            if (element.Kind == JsonValueKind.Object)
                yield return new JsonCursor(file, element, faults);
            else
                Fault(element.Line, CityPackFaultCode.MalformedJson, $"“{name}”的元素应为对象。", $"An element of '{name}' must be an object.");
        }
    }

    internal bool Has(string name) => item.Members.ContainsKey(name);

    internal IEnumerable<string> Names() => item.Members.Keys;

    internal int LineOf(string name) => item.Members.TryGetValue(name, out var member) ? member.Line : item.Line;

    internal string Text(string name, int maxLength = CityPackReader.MaxTextLength)
    {
        if (Member(name, JsonValueKind.String) is not { } member)
            return "";
        var text = member.Text.Trim();
        if (text.Length == 0)
            Fault(member.Line, CityPackFaultCode.MissingValue, $"“{name}”不能为空。", $"'{name}' must not be empty.");
        else if (text.Length <= maxLength && !text.Any(char.IsControl))
            return text;
        else
            Fault(member.Line, CityPackFaultCode.BadText, $"“{name}”过长或含控制字符。", $"'{name}' is too long or holds control characters.");
        return "";
    }

    internal LocalizedText Names(string name, int maxLength = CityPackReader.MaxTextLength) =>
        Object(name) is { } names ? new LocalizedText(names.Text("zh", maxLength), names.Text("en", maxLength)) : new LocalizedText("", "");

    internal double? Number(string name, double min, double max)
    {
        if (Member(name, JsonValueKind.Number) is not { } member)
            return null;
        if (member.Number >= min && member.Number <= max)
            return member.Number;
        Fault(member.Line, CityPackFaultCode.BadNumber, $"“{name}”应在 {min} 至 {max} 之间。", $"'{name}' must lie between {min} and {max}.");
        return null;
    }

    internal int? WholeNumber(string name, int min, int max)
    {
        if (Number(name, min, max) is not { } number)
            return null;
        if (double.IsInteger(number))
            return (int)number;
        Fault(item.Members[name].Line, CityPackFaultCode.BadNumber, $"“{name}”应为整数。", $"'{name}' must be a whole number.");
        return null;
    }

    internal DateOnly? Date(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(item.Members[name].Line, CityPackFaultCode.BadDate, $"“{name}”不是日期（年-月-日）。", $"'{name}' is not a day (yyyy-mm-dd).");
        return null;
    }

    internal DateOnly? OptionalDate(string name) =>
        item.Members.TryGetValue(name, out var member) && member.Kind != JsonValueKind.Null ? Date(name) : null;

    internal TimeOnly? Time(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
            return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        Fault(item.Members[name].Line, CityPackFaultCode.BadDate, $"“{name}”不是时刻（时:分）。", $"'{name}' is not a time of day (hh:mm).");
        return null;
    }

    internal T? Word<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        if (text.Length == 0)
            return null;
        if (WireName<T>.TryParse(text, out var value))
            return value;
        Fault(item.Members[name].Line, CityPackFaultCode.UnknownWord,
            $"“{name}”应为以下之一：{WireName<T>.All}。",
            $"'{name}' must be one of {WireName<T>.All}.");
        return null;
    }
}
