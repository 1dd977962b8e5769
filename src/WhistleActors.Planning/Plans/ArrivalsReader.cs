using System.Collections.Immutable;
using System.Globalization;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Files;

namespace WhistleActors.Planning.Plans;

/// <summary>Reads where a plan's whistles come from.</summary>
internal sealed class ArrivalsReader(CityPack pack, FaultList faults, Func<string, string?> readFile)
{
    private const double MostPerDay = 10_000_000;

    internal ImmutableArray<Arrivals> Read(YamlCursor root, int days)
    {
        var entries = root.Objects("arrivals");
        if (entries.Count == 0)
            root.Fault("arrivals", FileFaultCode.MissingValue, "“arrivals”至少要有一项。", "'arrivals' must have one entry at least.");
        return [.. entries.SelectMany(entry => One(entry, days))];
    }

    private IEnumerable<Arrivals> One(YamlCursor entry, int days)
    {
        var kinds = (string[])[.. ((string[])["per-day", "storm", "history"]).Where(entry.Has)];
        if (kinds.Length != 1)
        {
            entry.Fault(entry.Line, PlanFaultCode.Contradiction, "“per-day”、“storm”、“history”必须且只能写一个。", "Exactly one of 'per-day', 'storm' and 'history'.");
            return [];
        }

        var levels = Levels(entry);
        if (kinds[0] == "history")
        {
            entry.Allow("history", "scale", "levels");
            var scale = entry.OptionalNumber("scale", 0, 1000) ?? 1;
            return entry.Text("history") is { } file ? new HistoryFit(pack, faults).Fit(entry, file, readFile(file), scale, levels) : [];
        }

        var (matters, grids) = (Matters(entry), Grids(entry));
        Arrivals? read = kinds[0] == "storm" ? Storm(entry, days, matters, grids, levels) : Steady(entry, matters, grids, levels);
        return read is null || matters.IsEmpty || grids.IsEmpty ? [] : [read];
    }

    private static Arrivals.Steady? Steady(
        YamlCursor entry, ImmutableArray<(MatterCode, double)> matters, ImmutableArray<(GridCode, double)> grids, ImmutableArray<double> levels)
    {
        entry.Allow("per-day", "hours", "weekdays", "matters", "districts", "subdistricts", "grids", "levels");
        var (hours, weekdays) = (Profile(entry, "hours", 24), Profile(entry, "weekdays", 7));
        return entry.Number("per-day", 0, MostPerDay) is { } perDay
            ? new Arrivals.Steady(entry.Line, matters, grids, levels, [.. Enumerable.Range(0, 7 * 24).Select(hour => perDay / 24 * weekdays[hour / 24] * hours[hour % 24])])
            : null;
    }

    private static Arrivals.Storm? Storm(
        YamlCursor entry, int days, ImmutableArray<(MatterCode, double)> matters, ImmutableArray<(GridCode, double)> grids, ImmutableArray<double> levels)
    {
        entry.Allow("storm", "matters", "districts", "subdistricts", "grids", "levels");
        if (entry.Object("storm") is not { } storm)
            return null;
        storm.Allow("day", "at", "within", "whistles", "every-grid");
        var (day, at) = (storm.Whole("day", 1, PlanReader.MostDays), storm.TimeOfDay("at"));
        var within = storm.Duration("within", TimeSpan.Zero, TimeSpan.FromDays(7));
        var every = storm.Flag("every-grid", usual: false);
        if (every == storm.Has("whistles"))
            storm.Fault("whistles", PlanFaultCode.Contradiction, "“whistles”与“every-grid: true”必须且只能写一个。", "Either 'whistles' or 'every-grid: true'.");
        var count = every ? grids.Length : storm.Has("whistles") ? storm.Whole("whistles", 0, (int)PlanBounds.Files.WhistlesOnce) : null;
        if (day is not { } first || at is not { } minute || within is not { } length || count is not { } whistles)
            return null;
        var begins = TimeSpan.FromDays(first - 1) + TimeSpan.FromMinutes(minute);
        if (begins + length <= TimeSpan.FromDays(days))
            return new Arrivals.Storm(entry.Line, matters, grids, levels, begins, length, whistles);
        storm.Fault("day", FileFaultCode.EndBeforeStart, $"计划在第 {days} 天结束，这场集中吹哨还没有结束。", $"The plan ends with day {days}, before this storm does.");
        return null;
    }

    private static ImmutableArray<double> Levels(YamlCursor entry)
    {
        if (entry.OptionalObject("levels") is not { } levels)
            return [1, 0, 0];
        levels.Allow(WireName<WhistleLevel>.Of(WhistleLevel.Daily), WireName<WhistleLevel>.Of(WhistleLevel.Campaign), WireName<WhistleLevel>.Of(WhistleLevel.Emergency));
        var shares = Enum.GetValues<WhistleLevel>().Select(level => levels.OptionalNumber(WireName<WhistleLevel>.Of(level), 0, 1) ?? 0).ToArray();
        if (Math.Abs(shares.Sum() - 1) < 1e-6)
            return [.. shares];
        entry.Fault("levels", FileFaultCode.BadNumber, $"各级别之和应为 1；现为 {shares.Sum():0.###}。", FormattableString.Invariant($"The shares of the levels must sum to 1; they sum to {shares.Sum():0.###}."));
        return [1, 0, 0];
    }

    // Weights, made to have the mean 1.
    private static double[] Profile(YamlCursor entry, string name, int count)
    {
        var even = Enumerable.Repeat(1.0, count).ToArray();
        if (!entry.Has(name))
            return even;
        var texts = entry.Texts(name);
        if (texts.Count != count)
        {
            entry.Fault(name, FileFaultCode.BadNumber, $"“{name}”应有 {count} 个数；现有 {texts.Count} 个。", $"'{name}' must hold {count} numbers; it holds {texts.Count}.");
            return even;
        }

        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (double.TryParse(texts[i].Text, NumberStyles.Float, CultureInfo.InvariantCulture, out weights[i]) && weights[i] is >= 0 and <= 1e6)
                continue;
            entry.Fault(texts[i].Line, FileFaultCode.BadNumber,
                $"“{name}”中的数不能为负，最大 1,000,000；现为 {texts[i].Text}。",
                $"A number in '{name}' must lie between 0 and 1,000,000; it is {texts[i].Text}.");
            return even;
        }

        if (weights.Sum() > 0)
            return [.. weights.Select(weight => weight * count / weights.Sum())];
        entry.Fault(name, FileFaultCode.BadNumber, $"“{name}”不能全为 0。", $"'{name}' must not be all 0.");
        return even;
    }

    private ImmutableArray<(MatterCode, double)> Matters(YamlCursor entry)
    {
        if (!entry.Has("matters"))
            return [.. pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).Select(code => (code, 1.0))];
        return [.. Known<MatterCode>(entry, "matters", pack.Matters.ContainsKey, PlanFaultCode.UnknownMatter, "事项", "matter").Select(code => (code, 1.0))];
    }

    private ImmutableArray<(GridCode, double)> Grids(YamlCursor entry)
    {
        var territory = pack.Territory;
        if (!entry.Has("districts") && !entry.Has("subdistricts") && !entry.Has("grids"))
            return [.. territory.Grids.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).Select(code => (code, 1.0))];
        var districts = Known<DistrictCode>(entry, "districts", territory.Districts.ContainsKey, PlanFaultCode.UnknownPlace, "区", "district").ToHashSet();
        var subdistricts = Known<SubdistrictCode>(entry, "subdistricts", territory.Subdistricts.ContainsKey, PlanFaultCode.UnknownPlace, "街乡", "subdistrict").ToHashSet();
        var grids = Known<GridCode>(entry, "grids", territory.Grids.ContainsKey, PlanFaultCode.UnknownPlace, "网格", "grid").ToHashSet();
        return
        [
            .. territory.Grids.Values
                .Where(grid => districts.Contains(grid.District) || subdistricts.Contains(grid.Subdistrict) || grids.Contains(grid.Code))
                .Select(grid => grid.Code)
                .OrderBy(code => code.Text, StringComparer.Ordinal)
                .Select(code => (code, 1.0)),
        ];
    }

    private static List<T> Known<T>(YamlCursor entry, string name, Func<T, bool> isKnown, string fault, string zh, string en)
        where T : struct, ICode<T>
    {
        var codes = new List<T>();
        foreach (var (text, line) in entry.Texts(name))
        {
            if (T.TryParse(text, out var code) && isKnown(code))
                codes.Add(code);
            else
                entry.Fault(line, fault, $"{zh} {text} 不存在。", $"The {en} {text} does not exist.");
        }

        return codes;
    }
}
