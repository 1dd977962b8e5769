using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Cities;

namespace WhistleActors.Simulator.Load;

/// <summary>
/// Reads whistles that are to be blown again: a CSV with a head and the columns <c>at</c> (RFC 3339, or date and time of the city), <c>grid</c>, <c>matter</c>,
/// and, where wanted, <c>level</c> and <c>departments</c> (with spaces between). The first of them sets the beginning.
/// </summary>
internal static class ReplayFile
{
    public static ImmutableArray<Arrival> Read(CityMap? city, YamlCursor entry, string name, string? text, FaultList faults)
    {
        if (text is null)
        {
            entry.Fault("replay", LoadFaultCode.BadReplay, $"无法读取 {name}。", $"{name} cannot be read.");
            return [];
        }

        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        string[] head = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord! : [];
        foreach (var column in ((string[])["at", "grid", "matter"]).Except(head))
            faults.Add(name, 1, LoadFaultCode.BadReplay, $"缺少列“{column}”。", $"The column '{column}' is missing.");
        if (faults.Any)
            return [];
        var read = new List<(DateTimeOffset At, Arrival Arrival)>();
        while (csv.Read() && read.Count <= LoadScenario.MostWhistles)
        {
            var line = csv.Parser.RawRow;
            if (!DateTimeOffset.TryParse(csv.GetField("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                faults.Add(name, line, FileFaultCode.BadTime, $"“at”不是时间：{csv.GetField("at")}。", $"'at' is not a time: {csv.GetField("at")}.");
            else if (Line(city, csv, name, line, faults) is { } arrival)
                read.Add((at, arrival));
        }

        if (read.Count == 0)
            return [];
        var first = read.Min(past => past.At);
        return [.. read.Select(past => past.Arrival with { At = past.At - first })];
    }

    private static Arrival? Line(CityMap? city, CsvReader csv, string name, int line, FaultList faults)
    {
        var level = csv.TryGetField<string>("level", out var given) && given is { Length: > 0 } ? given : "daily";
        if (level is not ("daily" or "campaign" or "emergency"))
        {
            faults.Add(name, line, FileFaultCode.UnknownWord, $"“level”应为 daily、campaign 或 emergency；现为 {level}。", $"'level' must be daily, campaign or emergency; it is {level}.");
            return null;
        }

        var (grid, matter) = (csv.GetField("grid") ?? "", csv.GetField("matter") ?? "");
        if (city is null)
            return null;
        ImmutableArray<string> departments = csv.TryGetField<string>("departments", out var codes) && codes is not null
            ? [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries)]
            : [];
        var about = city.Matters.FirstOrDefault(known => known.Code == matter);
        if (!city.HasCell(grid))
            faults.Add(name, line, LoadFaultCode.UnknownPlace, $"网格 {grid} 不存在。", $"The grid {grid} does not exist.");
        else if (about is null)
            faults.Add(name, line, LoadFaultCode.UnknownMatter, $"事项 {matter} 不存在。", $"The matter {matter} does not exist.");
        else if (departments.FirstOrDefault(code => city.Department(code) is null) is { } unknown)
            faults.Add(name, line, LoadFaultCode.UnknownDepartment, $"部门 {unknown} 不存在。", $"The department {unknown} does not exist.");
        else
            return new Arrival(TimeSpan.Zero, city.Cell(grid), about, level, departments);
        return null;
    }
}
