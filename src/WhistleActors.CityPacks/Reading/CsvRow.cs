using System.Collections.Immutable;
using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Geography;

namespace WhistleActors.CityPacks.Reading;

/// <summary>One row of a CSV file; asking for a cell that is not what it should be notes a fault and marks the row as unsound.</summary>
internal sealed class CsvRow(string file, int line, Dictionary<string, int> columns, string[] cells, FaultList faults)
{
    internal string File { get; } = file;

    internal int Line { get; } = line;

    internal bool Sound { get; private set; } = true;

    internal void Fault(string code, string zh, string en)
    {
        Sound = false;
        faults.Add(File, Line, code, zh, en);
    }

    /// <summary>The cell, trimmed; empty when nothing stands there, or the file has no such column.</summary>
    internal string Optional(string column)
    {
        var text = columns.TryGetValue(column, out var place) ? cells[place].Trim() : "";
        if (text.Length <= CityPackReader.MaxTextLength && !text.Any(char.IsControl))
            return text;
        Fault(CityPackFaultCode.BadText, $"“{column}”过长或含控制字符。", $"'{column}' is too long or holds control characters.");
        return "";
    }

    internal string Text(string column)
    {
        var sound = Sound;
        var text = Optional(column);
        if (text.Length == 0 && Sound == sound)
            Fault(CityPackFaultCode.MissingValue, $"“{column}”不能为空。", $"'{column}' must not be empty.");
        return text;
    }

    internal LocalizedText Names(string name) => new(Text(name + "_zh"), Text(name + "_en"));

    internal T? Code<T>(string column)
        where T : struct, ICode<T>
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (T.TryParse(text, out var code))
            return code;
        Fault(CityPackFaultCode.BadCode, $"“{column}”不是有效代码：{text}。", $"'{column}' is not a code: {text}.");
        return null;
    }

    internal T? OptionalCode<T>(string column)
        where T : struct, ICode<T> => Optional(column).Length == 0 ? null : Code<T>(column);

    /// <summary>The parts of a cell that may hold several, parted by semicolons; none when it is empty.</summary>
    internal string[] Parts(string column) => Optional(column).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The codes of a cell that may hold several, each once.</summary>
    internal ImmutableArray<T> Codes<T>(string column)
        where T : struct, ICode<T>
    {
        var codes = ImmutableArray.CreateBuilder<T>();
        foreach (var part in Parts(column))
        {
            if (!T.TryParse(part, out var code))
                Fault(CityPackFaultCode.BadCode, $"“{column}”中的 {part} 不是有效代码。", $"{part} in '{column}' is not a code.");
            else if (codes.Contains(code))
                Fault(CityPackFaultCode.DuplicateCode, $"“{column}”中的 {part} 重复。", $"{part} is in '{column}' twice.");
            else
                codes.Add(code);
        }

        return codes.ToImmutable();
    }

    internal T? Word<T>(string column)
        where T : struct, Enum
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (WireName<T>.TryParse(text, out var value))
            return value;
        Fault(CityPackFaultCode.UnknownWord,
            $"“{column}”应为以下之一：{WireName<T>.All}；现为 {text}。",
            $"'{column}' must be one of {WireName<T>.All}; it is {text}.");
        return null;
    }

    internal T? OptionalWord<T>(string column)
        where T : struct, Enum => Optional(column).Length == 0 ? null : Word<T>(column);

    internal DateOnly? Date(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(CityPackFaultCode.BadDate, $"“{column}”不是日期（年-月-日）：{text}。", $"'{column}' is not a day (yyyy-mm-dd): {text}.");
        return null;
    }

    internal DateOnly? OptionalDate(string column) => Optional(column).Length == 0 ? null : Date(column);

    internal int? Whole(string column, int max)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max)
            return number;
        Fault(CityPackFaultCode.BadNumber,
            $"“{column}”应为 1 至 {max} 的整数；现为 {text}。",
            $"'{column}' must be a whole number from 1 to {max}; it is {text}.");
        return null;
    }

    /// <summary>A place, when it is one.</summary>
    /// <param name="what">What is there, in English; a seat and a home are both 驻地.</param>
    internal LonLat? OnGlobe(double lon, double lat, string what)
    {
        var place = new LonLat(lon, lat);
        if (place.IsOnGlobe)
            return place;
        Fault(CityPackFaultCode.OffGlobe,
            "驻地坐标不在地球上；经纬度是否颠倒？",
            $"The {what} is not on the globe; are longitude and latitude swapped?");
        return null;
    }

    internal double? Degrees(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Fault(CityPackFaultCode.BadNumber, $"“{column}”不是十进制度数：{text}。", $"'{column}' is not a number of degrees: {text}.");
        return null;
    }
}
