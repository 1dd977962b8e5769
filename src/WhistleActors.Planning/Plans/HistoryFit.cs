using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Planning.Files;

namespace WhistleActors.Planning.Plans;

/// <summary>
/// Fits arrivals to past whistles: a CSV file with the columns <c>time</c>, <c>matter</c> and <c>grid</c> or <c>subdistrict</c>. The rate of each hour of the week is the
/// mean over the days of that weekday that the file spans; a weekday that it does not span is as the mean of the others. Each matter keeps its share and
/// its places.
/// </summary>
internal sealed class HistoryFit(CityPack pack, FaultList faults)
{
    private const int MostRows = 5_000_000;

    internal IEnumerable<Arrivals> Fit(YamlCursor entry, string file, string? text, double scale, ImmutableArray<double> levels)
    {
        if (text is null)
        {
            entry.Fault("history", PlanFaultCode.BadHistory, $"文件 {file} 不存在或无法读取。", $"The file {file} is not there or cannot be read.");
            return [];
        }

        var rows = Read(file, text);
        if (rows.Count == 0)
        {
            faults.Add(file, 0, PlanFaultCode.BadHistory, "没有可用的历史记录。", "There is no past whistle in it.");
            return [];
        }

        var week = Week(rows);
        return
        [
            .. rows.GroupBy(row => row.Matter).OrderBy(matter => matter.Key.Text, StringComparer.Ordinal).Select(matter => new Arrivals.Steady(
                entry.Line,
                [(matter.Key, 1)],
                Places(matter),
                levels,
                [.. week.Select(rate => rate * scale * matter.Count() / rows.Count)])),
        ];
    }

    private static double[] Week(List<Row> rows)
    {
        var (first, last) = (DateOnly.FromDateTime(rows.Min(row => row.At)), DateOnly.FromDateTime(rows.Max(row => row.At)));
        var (week, days) = (new double[7 * 24], new int[7]);
        for (var day = first; day <= last; day = day.AddDays(1))
            days[Arrivals.WeekdayOf(day)]++;
        foreach (var row in rows)
        {
            var weekday = Arrivals.WeekdayOf(DateOnly.FromDateTime(row.At));
            week[(weekday * 24) + row.At.Hour] += 1.0 / days[weekday];
        }

        var spanned = days.Count(count => count > 0);
        for (var hour = 0; hour < week.Length; hour++)
        {
            if (days[hour / 24] == 0)
                week[hour] = Enumerable.Range(0, 7).Where(weekday => days[weekday] > 0).Sum(weekday => week[(weekday * 24) + (hour % 24)]) / spanned;
        }

        return week;
    }

    // Where only the subdistrict is known, each of its grids has an equal part.
    private ImmutableArray<(GridCode, double)> Places(IEnumerable<Row> rows)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var row in rows.GroupBy(row => (row.Grid, row.Subdistrict)))
        {
            var grids = row.Key.Grid is { } grid ? [grid] : pack.Territory.Grids.Values.Where(grid => grid.Subdistrict == row.Key.Subdistrict).Select(grid => grid.Code).ToArray();
            foreach (var place in grids)
                weights[place.Text] = weights.GetValueOrDefault(place.Text) + ((double)row.Count() / grids.Length);
        }

        return [.. weights.Select(pair => (GridCode.Parse(pair.Key), pair.Value))];
    }

    private List<Row> Read(string file, string text)
    {
        var rows = new List<Row>();
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        try
        {
            if (!csv.Read() || !csv.ReadHeader() || !csv.HeaderRecord!.Contains("time") || !csv.HeaderRecord!.Contains("matter")
                || !(csv.HeaderRecord!.Contains("grid") || csv.HeaderRecord!.Contains("subdistrict")))
            {
                faults.Add(file, 1, PlanFaultCode.BadHistory, "需要列 time、matter 以及 grid 或 subdistrict。", "The columns time, matter, and grid or subdistrict are needed.");
                return [];
            }

            while (csv.Read() && rows.Count < MostRows)
                Read(file, csv, rows);
        }
        catch (CsvHelperException e)
        {
            faults.Add(file, csv.Parser.RawRow, PlanFaultCode.BadHistory, "这一行不是有效的 CSV。", $"This row is not CSV: {e.Message.Split('\n')[0].Trim()}");
        }

        return rows;
    }

    private void Read(string file, CsvReader csv, List<Row> rows)
    {
        var (line, time, matter) = (csv.Parser.RawRow, csv.GetField("time") ?? "", csv.GetField("matter") ?? "");
        var (place, isGrid) = csv.TryGetField<string>("grid", out var grid) && grid is { Length: > 0 } ? (grid, true) : (csv.TryGetField<string>("subdistrict", out var subdistrict) ? subdistrict ?? "" : "", false);
        if (TimeIn(time) is not { } at)
            faults.Add(file, line, FileFaultCode.BadTime, $"“time”不是时间：{time}。", $"'time' is not a time: {time}.");
        else if (!MatterCode.TryParse(matter, out var known) || !pack.Matters.ContainsKey(known))
            faults.Add(file, line, PlanFaultCode.UnknownMatter, $"事项 {matter} 不存在。", $"The matter {matter} does not exist.");
        else if (isGrid && GridCode.TryParse(place, out var cell) && pack.Territory.Grids.ContainsKey(cell))
            rows.Add(new Row(at, known, cell, null));
        else if (!isGrid && SubdistrictCode.TryParse(place, out var code) && pack.Territory.Subdistricts.ContainsKey(code))
            rows.Add(new Row(at, known, null, code));
        else
            faults.Add(file, line, PlanFaultCode.UnknownPlace, $"{(isGrid ? "网格" : "街乡")} {place} 不存在。", $"The {(isGrid ? "grid" : "subdistrict")} {place} does not exist.");
    }

    // A time without offset is the city's.
    private DateTime? TimeIn(string text)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            return null;
        return time.Kind == DateTimeKind.Unspecified ? time : TimeZoneInfo.ConvertTime(time, pack.Calendar.Zone);
    }

    private sealed record Row(DateTime At, MatterCode Matter, GridCode? Grid, SubdistrictCode? Subdistrict);
}
