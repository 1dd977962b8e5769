using System.Globalization;

namespace WhistleActors.Planning.Files;

/// <summary>Days, times of day and lengths of time.</summary>
public sealed partial class YamlCursor
{
    /// <summary>A day, yyyy-mm-dd, that must be there.</summary>
    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(name, FileFaultCode.BadTime, $"“{name}”不是日期（年-月-日）：{text}。", $"'{name}' is not a day (yyyy-mm-dd): {text}.");
        return null;
    }

    /// <summary>A time of day, hh:mm, that must be there; 24:00 is the end of the day.</summary>
    /// <returns>Minutes after midnight.</returns>
    public int? TimeOfDay(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (text == "24:00")
            return 24 * 60;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return (time.Hour * 60) + time.Minute;
        Fault(name, FileFaultCode.BadTime, $"“{name}”不是时刻（时:分）：{text}。", $"'{name}' is not a time of day (hh:mm): {text}.");
        return null;
    }

    /// <summary>A length of time that must be there: a number with s, min, h or d, such as 90 s, 10 min, 1.5 h, 7 d.</summary>
    public TimeSpan? Duration(string name, TimeSpan min, TimeSpan max)
    {
        if (Text(name) is not { } text)
            return null;
        var number = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz").TrimEnd(' ');
        double? seconds = text.AsSpan(number.Length).Trim() switch
        {
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => null,
        };
        if (seconds is { } unit
            && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            && amount * unit is var length && length >= min.TotalSeconds && length <= max.TotalSeconds)
            return TimeSpan.FromSeconds(length);
        Fault(name, FileFaultCode.BadTime,
            $"“{name}”应为时长（如 90 s、10 min、1.5 h、7 d），在 {Show(min)} 至 {Show(max)} 之间；现为 {text}。",
            $"'{name}' must be a length of time (such as 90 s, 10 min, 1.5 h, 7 d) between {Show(min)} and {Show(max)}; it is {text}.");
        return null;
    }

    /// <summary>A length of time that may be left out.</summary>
    public TimeSpan? OptionalDuration(string name, TimeSpan min, TimeSpan max) => Has(name) ? Duration(name, min, max) : null;

    private static string Show(TimeSpan time) => time.TotalSeconds switch
    {
        0 => "0 s",
        var s when s % 86_400 == 0 => $"{Show(s / 86_400)} d",
        var s when s % 3600 == 0 => $"{Show(s / 3600)} h",
        var s when s % 60 == 0 => $"{Show(s / 60)} min",
        var s => $"{Show(s)} s",
    };
}
