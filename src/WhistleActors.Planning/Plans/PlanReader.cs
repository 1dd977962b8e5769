using System.Collections.Immutable;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Models;

namespace WhistleActors.Planning.Plans;

/// <summary>Reads a plan file; <c>scenarios/plans/README.md</c> documents it. A plan is sound as a whole or refused with everything that is wrong with it.</summary>
public sealed class PlanReader
{
    /// <summary>The longest plan.</summary>
    public const int MostDays = 366;

    private static readonly TimeSpan LongestWork = TimeSpan.FromDays(30);

    private readonly CityPack pack;
    private readonly YamlCursor root;
    private readonly YamlCursor? changes;
    private readonly PlanBounds bounds;
    private readonly ArrivalsReader arrivals;

    private PlanReader(CityPack pack, YamlCursor root, YamlCursor? changes, FaultList faults, Func<string, string?> readFile, PlanBounds bounds)
    {
        (this.pack, this.root, this.changes, this.bounds) = (pack, root, changes, bounds);
        arrivals = new ArrivalsReader(pack, faults, readFile);
    }

    /// <summary>The city pack that a plan names; null when the file does not say so, which reading then explains.</summary>
    public static string? CityOf(string text) => YamlCursor.Read("", text, new FaultList()) is { } root && root.Has("city") ? root.Text("city") : null;

    /// <summary>Reads and checks a plan. Faults are returned, not thrown, whatever the text holds.</summary>
    /// <param name="file">The name that faults give the file.</param>
    /// <param name="readFile">Gives the text of a file of past whistles that the plan names; null when it is not there.</param>
    public static PlanReading Read(CityPack pack, string file, string text, Func<string, string?> readFile)
    {
        var faults = new FaultList();
        var plan = YamlCursor.Read(file, text, faults) is { } root ? Read(pack, root, null, faults, readFile, PlanBounds.Files) : null;
        return plan is null || faults.Any ? new PlanReading.Refused(faults.InOrder()) : new PlanReading.Loaded(plan);
    }

    /// <summary>Reads and checks a plan, and what is to be different in it.</summary>
    /// <param name="changes">Of the same form as a plan, all of it optional, without city, start and arrivals. What it says replaces what the plan says; its crews,
    /// postings, loans and limits come after the plan's. An entry of its crews keeps what it does not name, and its <c>add</c> counts from what the plan gives.</param>
    /// <param name="faults">Takes what is wrong; when it has any, the plan must not be used.</param>
    public static Plan? Read(CityPack pack, YamlCursor root, YamlCursor? changes, FaultList faults, Func<string, string?> readFile, PlanBounds bounds) =>
        new PlanReader(pack, root, changes, faults, readFile, bounds).Read();

    // Where a value stands: with the changes, when they say it.
    private YamlCursor At(string name) => changes?.Has(name) == true ? changes : root;

    private IEnumerable<YamlCursor> All(string name) => root.Objects(name).Concat(changes?.Objects(name) ?? []);

    private Plan? Read()
    {
        root.Allow("name", "city", "start", "days", "warm-up", "replications", "seed", "target", "set-out", "work", "travel", "arrivals", "crews", "postings", "loans", "limits");
        changes?.Allow("name", "days", "warm-up", "replications", "seed", "target", "set-out", "work", "travel", "crews", "postings", "loans", "limits");
        var name = At("name").Object("name");
        name?.Allow("zh", "en");
        if (root.Text("city") is { } city && city != pack.Id)
            root.Fault("city", PlanFaultCode.OtherCity, $"计划针对城市 {city}，而不是 {pack.Id}。", $"The plan is for the city {city}, not for {pack.Id}.");
        var days = At("days").Whole("days", 1, bounds.Days);
        var warmUp = At("warm-up").OptionalDuration("warm-up", TimeSpan.Zero, TimeSpan.FromDays(MostDays)) ?? TimeSpan.Zero;
        if (days is { } last && warmUp >= TimeSpan.FromDays(last))
            At("warm-up").Fault("warm-up", FileFaultCode.EndBeforeStart, "预热期不短于整个计划，没有可统计的时间。", "The warm-up is as long as the plan: nothing would be counted.");
        var start = root.Date("start");
        var plan = new Plan(
            new LocalizedText(name?.Text("zh") ?? "", name?.Text("en") ?? ""),
            pack.Id,
            start ?? default,
            days ?? 1,
            warmUp,
            At("replications").OptionalWhole("replications", 1, bounds.Replications) ?? 20,
            At("seed").OptionalWhole("seed", 0, int.MaxValue) ?? 1,
            At("target").OptionalNumber("target", 0.01, 0.9999) ?? 0.95,
            Law(At("set-out"), "set-out"),
            Law(At("work"), "work") ?? new TimeLaw(TimeShape.Lognormal, TimeSpan.FromMinutes(60), 0.8),
            Travel(),
            arrivals.Read(root, days ?? 1),
            AllCrews(),
            Moves(),
            [.. All("limits").Select(Limit).OfType<LimitRule>()]);
        if (start is null || days is null)
            return null;
        if (start < DateOnly.MinValue.AddDays(MostDays) || start > DateOnly.MaxValue.AddDays(-3 * MostDays))
            root.Fault("start", FileFaultCode.BadTime, "开始日期太远。", "The first day is too far away.");
        Bound(plan);
        return plan;
    }

    private void Bound(Plan plan)
    {
        if (plan.ExpectedWhistles > bounds.WhistlesOnce)
            root.Fault("arrivals", PlanFaultCode.TooManyWhistles,
                $"一次运行约有 {plan.ExpectedWhistles:#,0} 个哨，最多 {bounds.WhistlesOnce:#,0} 个。",
                $"One replication would blow about {plan.ExpectedWhistles:#,0} whistles; {bounds.WhistlesOnce:#,0} are the most.");
        else if (plan.ExpectedWhistles * plan.Replications > bounds.Whistles)
            root.Fault("arrivals", PlanFaultCode.TooManyWhistles,
                $"全部运行约有 {plan.ExpectedWhistles * plan.Replications:#,0} 个哨，最多 {bounds.Whistles:#,0} 个。",
                $"All replications would blow about {plan.ExpectedWhistles * plan.Replications:#,0} whistles; {bounds.Whistles:#,0} are the most.");
        var crews = pack.Departments.Keys.Sum(department => (long)CrewDeal.CountUnder(plan.RuleFor(department), pack.CrewsOf(department).Length));
        if (crews > bounds.Crews)
            At("crews").Fault("crews", PlanFaultCode.TooManyCrews, $"共有 {crews:#,0} 支力量，最多 {bounds.Crews:#,0} 支。", $"There would be {crews:#,0} crews; {bounds.Crews:#,0} are the most.");
    }

    private static TimeLaw? Law(YamlCursor cursor, string name)
    {
        if (cursor.OptionalObject(name) is not { } law)
            return null;
        law.Allow("shape", "mean", "variation");
        var shape = law.Word<TimeShape>("shape");
        var mean = law.Duration("mean", TimeSpan.Zero, LongestWork);
        var (least, most) = shape switch
        {
            TimeShape.Uniform => (0.0, 0.577),
            TimeShape.Lognormal => (0, 10),
            TimeShape.Hyperexponential => (1.0001, 10),
            _ => (0, 0),
        };
        if (most == 0 && law.Has("variation"))
            law.Fault("variation", PlanFaultCode.Contradiction, "这种分布的离散程度是固定的。", "The variation of this shape is fixed.");
        var variation = most == 0 ? 1 : law.Number("variation", least, most);
        return shape is { } known && mean is { } length ? new TimeLaw(known, length, variation ?? 1) : null;
    }

    private TravelAssumption Travel()
    {
        var usual = TravelAssumption.Default;
        if (At("travel").OptionalObject("travel") is not { } travel)
            return usual;
        travel.Allow("detour", "km-per-hour", "variation");
        return new TravelAssumption(
            travel.OptionalNumber("detour", 1, 10) ?? usual.Detour,
            travel.OptionalNumber("km-per-hour", 0, 200) ?? usual.KmPerHour,
            travel.OptionalNumber("variation", 0, 5) ?? usual.Variation);
    }

    // A rule replaces the one before it. A change is laid over what holds for each department.
    private ImmutableArray<CrewRule> AllCrews()
    {
        var rules = root.Objects("crews").Select(Crews).OfType<CrewRule>().ToList();
        foreach (var entry in changes?.Objects("crews") ?? [])
        {
            if (Crews(entry) is { } change)
                rules.AddRange(change.Departments.Select(department => Over(rules.LastOrDefault(rule => rule.Departments.Contains(department)), change, department, entry)).ToList());
        }

        return [.. rules];
    }

    // Where shifts say their crews, another number of crews is dealt out to them evenly.
    private static CrewRule Over(CrewRule? held, CrewRule change, DepartmentCode department, YamlCursor entry)
    {
        var shifts = entry.Has("shifts") ? change.Shifts : held?.Shifts ?? [];
        var told = held?.Shifts is [{ Crews: not null }, ..] ? held.Shifts.Sum(shift => shift.Crews) : null;
        var (count, add) = entry.Has("count") ? (change.Count, 0) : (told ?? held?.Count, (held?.Add ?? 0) + change.Add);
        return new CrewRule(
            [department],
            count,
            add,
            told is not null && !entry.Has("shifts") && (entry.Has("count") || entry.Has("add")) ? [.. shifts.Select(shift => shift with { Crews = null })] : shifts,
            entry.Has("absence") ? change.Absence : held?.Absence ?? 0,
            entry.Has("work") ? change.Work : held?.Work);
    }

    private CrewRule? Crews(YamlCursor rule)
    {
        rule.Allow("department", "bureau", "district", "count", "add", "shifts", "absence", "work");
        var departments = Departments(rule, needed: true);
        var shifts = Shifts(rule);
        if (rule.Has("count") && rule.Has("add"))
            rule.Fault("add", PlanFaultCode.Contradiction, "“count”和“add”只能写一个。", "Either 'count' or 'add', not both.");
        if (shifts.Any(shift => shift.Crews is not null) && (rule.Has("count") || rule.Has("add") || shifts.Any(shift => shift.Crews is null)))
            rule.Fault("shifts", PlanFaultCode.Contradiction,
                "班次写了“crews”时，每个班次都要写，且不能再写“count”或“add”。",
                "When a shift says 'crews', all must, and there is no 'count' or 'add'.");
        var read = new CrewRule(
            departments,
            rule.OptionalWhole("count", 0, CrewRule.MostCrews),
            rule.OptionalWhole("add", -CrewRule.MostCrews, CrewRule.MostCrews) ?? 0,
            shifts,
            rule.OptionalNumber("absence", 0, 1) ?? 0,
            Law(rule, "work"));
        return departments.IsEmpty ? null : read;
    }

    private static ImmutableArray<Shift> Shifts(YamlCursor rule)
    {
        var shifts = ImmutableArray.CreateBuilder<Shift>();
        foreach (var shift in rule.Objects("shifts"))
        {
            shift.Allow("from", "to", "crews");
            var crews = shift.OptionalWhole("crews", 0, CrewRule.MostCrews);
            if (shift.TimeOfDay("from") is not { } from || shift.TimeOfDay("to") is not { } to)
                continue;
            if (from == to || from == 24 * 60)
                shift.Fault("to", FileFaultCode.EndBeforeStart, "班次没有时长；昼夜值守则不写班次。", "The shift has no length; who works day and night has no shifts.");
            else
                shifts.Add(new Shift(from, to < from ? to + (24 * 60) : to, crews));
        }

        return shifts.ToImmutable();
    }

    private ImmutableArray<CrewMove> Moves()
    {
        var moves = ImmutableArray.CreateBuilder<CrewMove>();
        var lines = new Dictionary<CrewCode, (string File, int Line)>();
        foreach (var (entry, key) in All("postings").Select(entry => (entry, "posting")).Concat(All("loans").Select(entry => (entry, "loan"))))
        {
            entry.Allow("crew", "to");
            if (entry.Code<CrewCode>("crew") is not { } code)
                continue;
            if (!pack.Crews.TryGetValue(code, out var crew))
            {
                entry.Fault("crew", PlanFaultCode.UnknownCrew, $"力量 {code} 不存在。", $"The crew {code} does not exist.");
                continue;
            }

            if (!lines.TryAdd(code, (entry.File, entry.LineOf("crew"))))
            {
                var (file, line) = lines[code];
                var (zh, en) = file == entry.File ? ("", "") : ($"计划 {file} ", $" of {file}");
                entry.Fault("crew", PlanFaultCode.CrewInTwoPlaces,
                    $"力量 {code} 已在{zh}第 {line} 行派往别处，不能同时在两处。",
                    $"The crew {code} is sent elsewhere in line {line}{en} already: it cannot be in two places.");
                continue;
            }

            if (key == "posting" && entry.Code<SubdistrictCode>("to") is { } post)
            {
                if (CrewMoves.MayPost(pack, post))
                    moves.Add(new CrewMove(code, post, null));
                else
                    entry.Fault("to", PlanFaultCode.UnknownPlace, $"街乡 {post} 不存在。", $"The subdistrict {post} does not exist.");
            }

            if (key == "loan" && entry.Code<DepartmentCode>("to") is { } borrower)
            {
                if (!pack.Departments.ContainsKey(borrower))
                    entry.Fault("to", PlanFaultCode.UnknownDepartment, $"部门 {borrower} 不存在。", $"The department {borrower} does not exist.");
                else if (!CrewMoves.MayLend(crew.Department, borrower))
                    entry.Fault("to", PlanFaultCode.Contradiction, $"力量 {code} 本来就属于 {borrower}。", $"The crew {code} belongs to {borrower} already.");
                else
                    moves.Add(new CrewMove(code, null, borrower));
            }
        }

        return moves.ToImmutable();
    }

    private LimitRule? Limit(YamlCursor rule)
    {
        rule.Allow("department", "bureau", "district", "level", "check-in");
        var level = rule.OptionalWord<WhistleLevel>("level");
        var departments = Departments(rule, needed: false);
        var limit = rule.Duration("check-in", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365));
        return limit is { } time ? new LimitRule(level, departments, (int)Math.Ceiling(time.TotalMinutes)) : null;
    }

    // One department by its code, or all of a bureau, in one district or everywhere.
    private ImmutableArray<DepartmentCode> Departments(YamlCursor rule, bool needed)
    {
        if (rule.Has("department") && (rule.Has("bureau") || rule.Has("district")))
            rule.Fault("department", PlanFaultCode.Contradiction, "“department”与“bureau”、“district”只能写一种。", "Either 'department', or 'bureau' and 'district'.");
        if (rule.Has("department") || (needed && !rule.Has("bureau") && !rule.Has("district")))
        {
            if (rule.Code<DepartmentCode>("department") is not { } code)
                return [];
            if (pack.Departments.ContainsKey(code))
                return [code];
            rule.Fault("department", PlanFaultCode.UnknownDepartment, $"部门 {code} 不存在。", $"The department {code} does not exist.");
            return [];
        }

        if (!rule.Has("bureau") && !rule.Has("district"))
            return [];
        var (bureau, district) = (rule.OptionalCode<BureauCode>("bureau"), rule.OptionalCode<DistrictCode>("district"));
        if (district is { } place && !pack.Territory.Districts.ContainsKey(place))
        {
            rule.Fault("district", PlanFaultCode.UnknownPlace, $"区 {place} 不存在。", $"The district {place} does not exist.");
            return [];
        }

        var found = pack.Departments.Values
            .Where(department => (bureau is null || department.Bureau == bureau) && (district is null || department.District == district))
            .Select(department => department.Code)
            .OrderBy(code => code.Text, StringComparer.Ordinal)
            .ToImmutableArray();
        if (found.IsEmpty)
            rule.Fault(rule.Has("bureau") ? "bureau" : "district", PlanFaultCode.UnknownDepartment,
                $"没有这样的部门：{bureau?.Text} {district?.Text}。",
                $"There is no such department: {bureau?.Text} {district?.Text}.");
        return found;
    }
}
