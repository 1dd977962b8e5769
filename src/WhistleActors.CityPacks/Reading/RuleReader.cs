using System.Collections.Frozen;
using System.Collections.Immutable;
using WhistleActors.Domain.Assessments;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads the time limits, the days that differ from the weekly pattern, and the score schemes.</summary>
internal sealed class RuleReader(PackFolder folder, FaultList faults)
{
    private const int MaxAmount = 100_000;

    internal DeadlineTable ReadDeadlines(DutyReader matters)
    {
        var rules = ImmutableArray.CreateBuilder<DeadlineRule>();
        var lines = new Dictionary<(Clock, WhistleLevel?, MatterCode?, DepartmentKind?), int>();
        var catchAll = new HashSet<Clock>();
        var text = folder.Required("deadlines.csv");
        var table = CsvTable.Read(text, faults, "clock", "level", "matter", "department_kind", "amount", "unit");
        foreach (var row in table.Rows)
        {
            var (clock, level, matter) = (row.Word<Clock>("clock"), row.OptionalWord<WhistleLevel>("level"), row.OptionalCode<MatterCode>("matter"));
            var (kind, amount, unit) = (row.OptionalWord<DepartmentKind>("department_kind"), row.Whole("amount", MaxAmount), row.Word<TimeUnit>("unit"));
            if (matter is { } named && !matters.Knows(named))
                row.Fault(CityPackFaultCode.UnknownMatter, $"事项 {named} 不存在。", $"The matter {named} does not exist.");
            if (clock is not { } c)
                continue;
            if (row.Optional("level").Length + row.Optional("matter").Length + row.Optional("department_kind").Length == 0)
                catchAll.Add(c);
            if (!row.Sound)
                continue;
            if (!lines.TryAdd((c, level, matter, kind), row.Line))
                row.Fault(CityPackFaultCode.DuplicateCode,
                    $"条件相同的时限已在第 {lines[(c, level, matter, kind)]} 行。",
                    $"A limit with the same conditions is there already, on line {lines[(c, level, matter, kind)]}.");
            rules.Add(new DeadlineRule(c, level, matter, kind, new TimeLimit(amount!.Value, unit!.Value)));
        }

        foreach (var clock in DeadlineTable.AlwaysRunning.Where(clock => table.IsReadable && !catchAll.Contains(clock)))
            faults.Add(text!.File, 0, CityPackFaultCode.MissingCatchAll,
                $"时钟 {WireName<Clock>.Of(clock)} 没有无条件的时限。",
                $"The clock {WireName<Clock>.Of(clock)} has no limit without conditions.");
        return new DeadlineTable(rules.ToImmutable());
    }

    internal FrozenDictionary<DateOnly, bool> ReadCalendar()
    {
        var days = new Dictionary<DateOnly, bool>();
        foreach (var row in CsvTable.Read(folder.Required("calendar.csv"), faults, "date", "day", "name_zh", "name_en").Rows)
        {
            var (date, day, _) = (row.Date("date"), row.Word<CalendarDay>("day"), row.Names("name"));
            if (date is { } known && !days.TryAdd(known, day == CalendarDay.Worked))
                row.Fault(CityPackFaultCode.DuplicateCode, $"{known:yyyy-MM-dd} 重复。", $"{known:yyyy-MM-dd} is there twice.");
        }

        return days.ToFrozenDictionary();
    }

    internal ImmutableArray<ScoreScheme> ReadScoreSchemes()
    {
        if (folder.Required("score-schemes.json") is not { } text || JsonItem.Read(text, faults) is not { } item)
            return [];
        var schemes = ImmutableArray.CreateBuilder<ScoreScheme>();
        foreach (var scheme in new JsonCursor(text.File, item, faults).Objects("schemes"))
        {
            var (code, name, from, to) = (scheme.Text("code"), scheme.Names("name"), scheme.Date("validFrom"), scheme.OptionalDate("validTo"));
            var indicators = scheme.Objects("indicators")
                .Select(indicator => new ScoreIndicator(indicator.Text("indicator"), (decimal)(indicator.Number("weight", 0, 100) ?? 0)))
                .ToImmutableArray();
            var sum = indicators.Sum(indicator => indicator.Weight);
            if (sum != 100)
                scheme.Fault(scheme.Line, CityPackFaultCode.WeightsNotHundred,
                    FormattableString.Invariant($"{code} 的权重合计为 {sum}，应为 100。"),
                    FormattableString.Invariant($"The weights of {code} add up to {sum}, not to 100."));
            if (indicators.DistinctBy(indicator => indicator.Indicator).Count() < indicators.Length)
                scheme.Fault(scheme.Line, CityPackFaultCode.DuplicateCode, $"{code} 的指标重复。", $"An indicator of {code} is there twice.");
            if (schemes.Any(other => other.Code == code))
                scheme.Fault(scheme.Line, CityPackFaultCode.DuplicateCode, $"考核方案 {code} 重复。", $"The score scheme {code} is there twice.");
            if (to < from)
                scheme.Fault(scheme.Line, CityPackFaultCode.BadDate, "有效期止早于起。", "The scheme ends before it begins.");
            schemes.Add(new ScoreScheme(code, name, from ?? default, to, indicators));
        }

        return schemes.ToImmutable();
    }

    private enum CalendarDay
    {
        Free,
        Worked,
    }
}
