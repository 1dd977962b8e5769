using System.Collections.Immutable;
using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Load;

/// <summary>Reads a load scenario (scenarios/load/README.md). Without a city it looks at the form alone: what is wrong with that is said before any server is asked.</summary>
internal sealed class LoadReader(CityMap? city, FaultList faults, Func<string, string?> readFile)
{
    private static readonly string[] LevelNames = ["daily", "campaign", "emergency"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Reads one.</summary>
    /// <param name="name">What faults call the file.</param>
    /// <param name="readFile">The text of a file that the scenario names; null when it cannot be read.</param>
    /// <returns>Null, with faults noted, when it is not sound.</returns>
    public static LoadScenario? Read(CityMap? city, string name, string text, Func<string, string?> readFile, FaultList faults)
    {
        var read = YamlCursor.Read(name, text, faults) is { } root ? new LoadReader(city, faults, readFile).Scenario(root) : null;
        return faults.Any ? null : read;
    }

    private LoadScenario? Scenario(YamlCursor root)
    {
        root.Allow("name", "compress", "most-open", "slow-crews", "screens", "arrivals");
        var compress = root.OptionalNumber("compress", 0.01, 100_000) ?? 1;
        var mostOpen = root.OptionalWhole("most-open", 1, 100_000) ?? 20_000;
        var sources = Sources(root);
        var (screens, slow) = (ReadScreens(root), ReadSlow(root));
        if (root.Object("name") is not { } name)
            return null;
        name.Allow("zh", "en");
        return name.Text("zh") is { } zh && name.Text("en") is { } en
            ? new LoadScenario(new LocalizedText(zh, en), compress, mostOpen, sources, screens, slow)
            : null;
    }

    private ImmutableArray<LoadSource> Sources(YamlCursor root)
    {
        var entries = root.Objects("arrivals");
        if (entries.Count == 0)
            root.Fault("arrivals", FileFaultCode.MissingValue, "“arrivals”至少要有一项。", "'arrivals' must have one entry at least.");
        var sources = new List<LoadSource>();
        var expected = 0.0;
        foreach (var entry in entries)
        {
            if (Source(entry) is not { } source)
                continue;
            sources.Add(source);
            expected += source.Expected;
            if (expected <= LoadScenario.MostWhistles)
                continue;
            entry.Fault(entry.Line, LoadFaultCode.TooManyWhistles,
                FormattableString.Invariant($"到这一项为止约有 {expected:#,0} 个哨；最多 {LoadScenario.MostWhistles:#,0} 个。"),
                FormattableString.Invariant($"Up to this entry there are about {expected:#,0} whistles; at most {LoadScenario.MostWhistles:#,0} are possible."));
            break;
        }

        return [.. sources];
    }

    private LoadSource? Source(YamlCursor entry)
    {
        var kinds = ((string[])["per-hour", "whistles", "every-grid", "replay"]).Where(entry.Has).ToList();
        if (kinds.Count != 1)
        {
            entry.Fault(entry.Line, LoadFaultCode.Contradiction, "“per-hour”、“whistles”、“every-grid”、“replay”必须且只能写一个。", "Exactly one of 'per-hour', 'whistles', 'every-grid' and 'replay'.");
            return null;
        }

        if (kinds[0] == "replay")
        {
            entry.Allow("replay");
            return entry.Text("replay") is { } file ? new ReplaySource(ReplayFile.Read(city, entry, file, readFile(file), faults)) : null;
        }

        string[] subject = ["matters", "districts", "subdistricts", "grids", "departments", "levels"];
        return kinds[0] == "per-hour" ? Steady(entry, subject) : Storm(entry, subject, every: kinds[0] == "every-grid");
    }

    private SteadySource? Steady(YamlCursor entry, string[] subject)
    {
        entry.Allow(["per-hour", "from", "to", "shape", .. subject]);
        var perHour = entry.Number("per-hour", 0, 1e10);
        var from = entry.OptionalDuration("from", TimeSpan.Zero, Longest) ?? TimeSpan.Zero;
        var (to, shape, about) = (entry.Duration("to", TimeSpan.Zero, Longest), Shape(entry), Subject(entry));
        if (to <= from)
        {
            entry.Fault("to", FileFaultCode.EndBeforeStart, "“to”应晚于“from”。", "'to' must be after 'from'.");
            return null;
        }

        return perHour is { } rate && to is { } end && about is not null ? new SteadySource(about, from, end, rate, shape) : null;
    }

    private StormSource? Storm(YamlCursor entry, string[] subject, bool every)
    {
        entry.Allow(["whistles", "every-grid", "at", "within", .. subject]);
        var at = entry.OptionalDuration("at", TimeSpan.Zero, Longest) ?? TimeSpan.Zero;
        var within = entry.OptionalDuration("within", TimeSpan.Zero, Longest) ?? TimeSpan.Zero;
        var about = Subject(entry);
        if (every && !entry.Flag("every-grid", usual: true))
            entry.Fault("every-grid", FileFaultCode.UnknownWord, "“every-grid”只能是 true。", "'every-grid' can only be true.");
        var count = every ? about?.Cells.Length : entry.Whole("whistles", 0, int.MaxValue);
        return count is { } whistles && about is not null ? new StormSource(about, at, within, whistles) : null;
    }

    private LoadSubject? Subject(YamlCursor entry)
    {
        var (levels, departments) = (Levels(entry), Known(entry, "departments", LoadFaultCode.UnknownDepartment, "部门", "department", code => city!.Department(code) is not null));
        if (departments.Count > 16)
            entry.Fault("departments", FileFaultCode.BadNumber, "“departments”最多 16 个。", "'departments' holds 16 at most.");
        var matters = Known(entry, "matters", LoadFaultCode.UnknownMatter, "事项", "matter", code => city!.Matters.Any(matter => matter.Code == code)).ToHashSet();
        var cells = Cells(entry);
        if (city is null)
            return new LoadSubject([], [], levels, [.. departments]);
        foreach (var (code, line) in entry.Texts("departments"))
        {
            if (city.Department(code) is { District: { } district } && cells.FirstOrDefault(cell => cell.District != district) is { } outside)
                entry.Fault(line, LoadFaultCode.DepartmentElsewhere, $"部门 {code} 不服务于网格 {outside.Code}。", $"The department {code} does not serve the grid {outside.Code}.");
        }

        return cells.Length == 0 ? null : new LoadSubject(
            cells, [.. city.Matters.Where(matter => matters.Count == 0 || matters.Contains(matter.Code))], levels, [.. departments]);
    }

    private ImmutableArray<Cell> Cells(YamlCursor entry)
    {
        var districts = Known(entry, "districts", LoadFaultCode.UnknownPlace, "区", "district", code => city!.Cells.Any(cell => cell.District == code)).ToHashSet();
        var subdistricts = Known(entry, "subdistricts", LoadFaultCode.UnknownPlace, "街乡", "subdistrict", code => city!.Cells.Any(cell => cell.Subdistrict == code)).ToHashSet();
        var grids = Known(entry, "grids", LoadFaultCode.UnknownPlace, "网格", "grid", code => city!.HasCell(code)).ToHashSet();
        if (city is null)
            return [];
        return entry.Has("districts") || entry.Has("subdistricts") || entry.Has("grids")
            ? [.. city.Cells.Where(cell => districts.Contains(cell.District) || subdistricts.Contains(cell.Subdistrict) || grids.Contains(cell.Code))]
            : [.. city.Cells];
    }

    private List<string> Known(YamlCursor entry, string name, string fault, string zh, string en, Func<string, bool> isKnown)
    {
        var codes = new List<string>();
        foreach (var (code, line) in entry.Texts(name))
        {
            if (city is null || isKnown(code))
                codes.Add(code);
            else
                entry.Fault(line, fault, $"{zh} {code} 不存在。", $"The {en} {code} does not exist.");
        }

        if (entry.Has(name) && entry.Texts(name).Count == 0)
            entry.Fault(name, FileFaultCode.MissingValue, $"“{name}”不能为空。", $"'{name}' must not be empty.");
        return codes;
    }

    private static ImmutableArray<double> Levels(YamlCursor entry)
    {
        if (entry.OptionalObject("levels") is not { } levels)
            return [0.7, 0.2, 0.1];
        levels.Allow(LevelNames);
        double[] shares = [.. LevelNames.Select(level => levels.OptionalNumber(level, 0, 1) ?? 0)];
        if (Math.Abs(shares.Sum() - 1) > 1e-6)
            entry.Fault("levels", FileFaultCode.BadNumber, FormattableString.Invariant($"各级别之和应为 1；现为 {shares.Sum():0.###}。"), FormattableString.Invariant($"The shares of the levels must sum to 1; they sum to {shares.Sum():0.###}."));
        return [.. shares];
    }

    // Weights of equal parts of the time, made to have the mean 1.
    private static ImmutableArray<double> Shape(YamlCursor entry)
    {
        if (!entry.Has("shape"))
            return [1];
        var weights = new List<double>();
        foreach (var (text, line) in entry.Texts("shape"))
        {
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight is >= 0 and <= 1e6)
                weights.Add(weight);
            else
                entry.Fault(line, FileFaultCode.BadNumber, $"“shape”中的数不能为负，最大 1,000,000；现为 {text}。", $"A number in 'shape' must lie between 0 and 1,000,000; it is {text}.");
        }

        if (weights.Count is >= 1 and <= 1_000 && weights.Sum() > 0)
            return [.. weights.Select(weight => weight * weights.Count / weights.Sum())];
        entry.Fault("shape", FileFaultCode.BadNumber, "“shape”应有 1 至 1,000 个数，且不全为 0。", "'shape' must hold 1 to 1,000 numbers that are not all 0.");
        return [1];
    }

    private static Screens ReadScreens(YamlCursor root)
    {
        if (root.OptionalObject("screens") is not { } screens)
            return Screens.None;
        screens.Allow("connected", "flapping", "stays", "away");
        return new Screens(
            screens.OptionalWhole("connected", 0, 5_000) ?? 0,
            screens.OptionalWhole("flapping", 0, 5_000) ?? 0,
            screens.OptionalDuration("stays", TimeSpan.Zero, TimeSpan.FromHours(1)) ?? Screens.None.Stays,
            screens.OptionalDuration("away", TimeSpan.Zero, TimeSpan.FromHours(1)) ?? Screens.None.Away);
    }

    private static SlowCrews? ReadSlow(YamlCursor root)
    {
        if (root.OptionalObject("slow-crews") is not { } slow)
            return null;
        slow.Allow("share", "times");
        return slow.Number("share", 0, 1) is { } share && slow.Number("times", 1, 1_000) is { } times ? new SlowCrews(share, times) : null;
    }
}
