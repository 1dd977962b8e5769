using System.Collections.Frozen;
using System.Text.Json;
using WhistleActors.Domain;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Patterns;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.CityPacks.Reading;

/// <summary>What pack.json says.</summary>
/// <param name="RoadLines">The lines on which <paramref name="Travel"/> names districts.</param>
internal sealed record Manifest(
    string Id,
    string Version,
    LocalizedText Name,
    LocalizedText Provenance,
    DateOnly? ValidFrom,
    TimeZoneInfo Zone,
    GridCodeScheme Scheme,
    CheckInLimits CheckIn,
    FrozenSet<DayOfWeek> WorkingWeekdays,
    IReadOnlyList<(TimeOnly From, TimeOnly To)> WorkingHours,
    FrozenDictionary<WhistleOccasion, LocalizedText> OccasionNames,
    FrozenDictionary<WhistleLevel, LocalizedText> LevelNames,
    FrozenDictionary<WhistleChain, LocalizedText> ChainNames,
    RoundLimits Rounds,
    BlowingPolicy? Blowing,
    WhistleRateBand? WhistleRate,
    AlertPlan Alerts,
    DisputeLimits Disputes,
    NoticeRule Notices,
    LedgerReminders LedgerReminders,
    TravelPolicy Travel,
    IReadOnlyDictionary<DistrictCode, int> RoadLines,
    AllocationPolicy Allocation)
{
    internal const string File = "pack.json";

    private const int FormatVersion = 1;
    private const int MaxCodeLength = 48;
    private const int MaxProvenanceLength = 4000;

    /// <summary>Reads the manifest; null when it cannot be read at all. Parts that are unsound are noted as faults and stand in with defaults.</summary>
    internal static Manifest? Read(PackFolder folder, FaultList faults)
    {
        if (folder.Required(File) is not { } text || JsonItem.Read(text, faults) is not { } item)
            return null;
        var pack = new JsonCursor(text.File, item, faults);
        if (pack.Number("format", double.MinValue, double.MaxValue) is { } format && format != FormatVersion)
            pack.Fault(item.Members["format"].Line, CityPackFaultCode.UnknownFormat,
                $"格式版本应为 {FormatVersion}。",
                $"The format must be {FormatVersion}.");
        CheckDatum(pack, item);
        var week = pack.Object("workingWeek");
        var checkIn = pack.Object("checkIn");
        var travel = CapacityReader.ReadTravel(pack, out var roadLines);
        return new Manifest(
            Code(pack, item, "id"),
            Code(pack, item, "version"),
            pack.Names("name"),
            pack.Names("provenance", MaxProvenanceLength),
            pack.Date("validFrom"),
            ZoneOf(pack, item),
            pack.Word<GridCodeScheme>("gridCodeScheme") ?? GridCodeScheme.Free,
            new CheckInLimits(checkIn?.Number("maxAccuracyMetres", 1, 5000) ?? 0, TimeSpan.FromSeconds(checkIn?.Number("maxAgeSeconds", 1, 86_400) ?? 0)),
            Weekdays(week),
            Hours(week),
            NamesOf<WhistleOccasion>(pack, "occasions"),
            NamesOf<WhistleLevel>(pack, "levels"),
            NamesOf<WhistleChain>(pack, "chains"),
            RoundsOf(pack),
            BlowingReader.Read(pack),
            WhistleRateOf(pack, item),
            AlertPlanReader.Read(pack, item),
            DisputesOf(pack, item),
            NoticesOf(pack),
            RemindersOf(pack),
            travel,
            roadLines,
            CapacityReader.ReadAllocation(pack));
    }

    // A pack of before has no such member, and is as good as ever.
    private static RoundLimits RoundsOf(JsonCursor pack) => pack.OptionalObject("rounds") is { } rounds
        ? new RoundLimits(
            rounds.WholeNumber("most", 1, RoundLimits.MostEver) ?? RoundLimits.Default.Most,
            rounds.WholeNumber("reopenWithinDays", 0, 365) ?? RoundLimits.Default.ReopenWithinDays)
        : RoundLimits.Default;

    private static WhistleRateBand? WhistleRateOf(JsonCursor pack, JsonItem item)
    {
        if (!item.Members.ContainsKey("whistleRate") || pack.Object("whistleRate") is not { } rate)
            return null;
        var (weeks, low, high) = (rate.Number("weeks", 1, 52), rate.Number("low", 0, 100_000), rate.Number("high", 0, 100_000));
        if (low > high)
            rate.Fault(rate.Line, CityPackFaultCode.BadNumber, "“low”不得大于“high”。", "'low' must not be above 'high'.");
        return new WhistleRateBand((int)(weeks ?? 1), (int)(low ?? 0), (int)(high ?? 0));
    }

    private static DisputeLimits DisputesOf(JsonCursor pack, JsonItem item) =>
        item.Members.ContainsKey("disputes") && pack.Object("disputes")?.Number("windowMinutes", 1, 100_000) is { } minutes
            ? new DisputeLimits(TimeSpan.FromMinutes(minutes))
            : DisputeLimits.Default;

    private static string Code(JsonCursor pack, JsonItem item, string name)
    {
        var text = pack.Text(name);
        if (text.Length > MaxCodeLength || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            pack.Fault(item.Members[name].Line, CityPackFaultCode.BadCode, $"“{name}”不是有效代码。", $"'{name}' is not a code.");
        return text;
    }

    private static void CheckDatum(JsonCursor pack, JsonItem item)
    {
        var datum = pack.Text("datum");
        if (datum.Length > 0 && datum != WireName<Datum>.Of(Datum.Wgs84))
            pack.Fault(item.Members["datum"].Line, CityPackFaultCode.WrongDatum,
                $"几何数据须为 WGS-84（wgs84），现为 {datum}。",
                $"The geometry of a pack must be WGS-84 (wgs84); it is {datum}.");
    }

    private static TimeZoneInfo ZoneOf(JsonCursor pack, JsonItem item)
    {
        var name = pack.Text("timeZone");
        if (name.Length == 0)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        pack.Fault(item.Members["timeZone"].Line, CityPackFaultCode.UnknownTimeZone, $"未知时区 {name}。", $"The time zone {name} is unknown.");
        return TimeZoneInfo.Utc;
    }

    private static FrozenSet<DayOfWeek> Weekdays(JsonCursor? week)
    {
        var days = new HashSet<DayOfWeek>();
        foreach (var day in week?.Member("days", JsonValueKind.Array)?.Items ?? [])
        {
            if (!WireName<DayOfWeek>.TryParse(day.Text, out var value))
                week!.Fault(day.Line, CityPackFaultCode.UnknownWord,
                    $"工作日应为以下之一：{WireName<DayOfWeek>.All}。",
                    $"A working day must be one of {WireName<DayOfWeek>.All}.");
            else if (!days.Add(value))
                week!.Fault(day.Line, CityPackFaultCode.DuplicateCode, $"{day.Text} 重复。", $"{day.Text} is there twice.");
        }

        if (days.Count == 0)
            week?.Fault(week.Line, CityPackFaultCode.MissingValue, "至少要有一个工作日。", "There must be at least one working day.");
        return days.ToFrozenSet();
    }

    private static List<(TimeOnly From, TimeOnly To)> Hours(JsonCursor? week)
    {
        var hours = new List<(TimeOnly From, TimeOnly To)>();
        foreach (var period in week?.Objects("hours") ?? [])
        {
            if (period.Time("from") is not { } from || period.Time("to") is not { } to)
                continue;
            if (to <= from || (hours.Count > 0 && from < hours[^1].To))
                period.Fault(period.Line, CityPackFaultCode.BadDate,
                    "工作时段须依次排列、互不重叠、止于起之后。",
                    "Working periods must be in order, apart, and end after they begin.");
            else
                hours.Add((from, to));
        }

        if (hours.Count == 0)
            week?.Fault(week.Line, CityPackFaultCode.MissingValue, "至少要有一个工作时段。", "There must be at least one working period.");
        return hours;
    }

    private static NoticeRule NoticesOf(JsonCursor pack) => pack.OptionalObject("notices") is { } notices
        ? new NoticeRule(
            [.. notices.Numbers("percents", 1, 99, 5).Order()], TimeSpan.FromMinutes(notices.Number("longerThanMinutes", 0, 100_000) ?? 0))
        : NoticeRule.Default;

    private static LedgerReminders RemindersOf(JsonCursor pack) => pack.OptionalObject("ledger") is { } ledger
        ? new LedgerReminders([.. ledger.Numbers("remindDaysBefore", 0, 90, 5).OrderDescending()])
        : LedgerReminders.Default;

    private static FrozenDictionary<T, LocalizedText> NamesOf<T>(JsonCursor pack, string member)
        where T : struct, Enum
    {
        var names = pack.Object(member);
        return names is null
            ? FrozenDictionary<T, LocalizedText>.Empty
            : Enum.GetValues<T>().ToFrozenDictionary(value => value, value => names.Names(WireName<T>.Of(value)));
    }
}
