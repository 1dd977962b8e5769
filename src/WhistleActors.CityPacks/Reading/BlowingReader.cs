using System.Collections.Frozen;
using System.Text.Json;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads what a city allows before a whistle sounds. All of it may be left out; a pack of before says nothing of it.</summary>
internal static class BlowingReader
{
    private const int MostMetres = 5_000;
    private const int MostMinutes = 7 * 24 * 60;

    private static readonly Role[] Blowers = [Role.SubdistrictOfficer, Role.SubdistrictLeader, Role.Dispatcher];
    private static readonly Role[] Approvers = [Role.SubdistrictLeader, Role.Commander];

    internal static BlowingPolicy? Read(JsonCursor pack)
    {
        if (pack.OptionalObject("blowing") is not { } blowing)
            return null;
        var usual = BlowingPolicy.Default;
        return new BlowingPolicy(
            blowing.Has("directions") ? Words<WhistleDirection>(blowing, "directions").ToFrozenSet() : usual.Directions,
            ByLevel(blowing, "starters", (levels, name) => Words<Role>(levels, name, Blowers).ToFrozenSet()),
            ByLevel(blowing, "approvals", Approval),
            Repeat(blowing.OptionalObject("repeat")) ?? usual.Repeat);
    }

    private static FrozenDictionary<WhistleLevel, T> ByLevel<T>(JsonCursor blowing, string member, Func<JsonCursor, string, T?> read)
        where T : class
    {
        var byLevel = new Dictionary<WhistleLevel, T>();
        if (blowing.OptionalObject(member) is not { } levels)
            return byLevel.ToFrozenDictionary();
        foreach (var name in levels.Names())
        {
            if (!WireName<WhistleLevel>.TryParse(name, out var level))
                levels.Fault(levels.LineOf(name), CityPackFaultCode.UnknownWord,
                    $"级别应为以下之一：{WireName<WhistleLevel>.All}。",
                    $"A level must be one of {WireName<WhistleLevel>.All}.");
            else if (read(levels, name) is { } value)
                byLevel[level] = value;
        }

        return byLevel.ToFrozenDictionary();
    }

    private static ApprovalRule? Approval(JsonCursor levels, string name)
    {
        if (levels.Object(name) is not { } rule || rule.Word<Role>("by") is not { } by)
            return null;
        if (!Approvers.Contains(by))
            Misplaced(rule, rule.LineOf("by"), Approvers);
        var within = rule.Has("withinMinutes") ? rule.Number("withinMinutes", 1, MostMinutes) : null;
        return new ApprovalRule(by, within is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
    }

    private static RepeatRule? Repeat(JsonCursor? repeat) => repeat is null ? null : new RepeatRule(
        (int)(repeat.Number("days", 1, GridState.LongestMemory.TotalDays) ?? 1), repeat.Number("metres", 1, MostMetres) ?? 1);

    private static HashSet<T> Words<T>(JsonCursor owner, string member, T[]? among = null)
        where T : struct, Enum
    {
        var allowed = among ?? Enum.GetValues<T>();
        var words = new HashSet<T>();
        foreach (var word in owner.Member(member, JsonValueKind.Array)?.Items ?? [])
        {
            if (!WireName<T>.TryParse(word.Text, out var value) || !allowed.Contains(value))
                Misplaced(owner, word.Line, allowed);
            else if (!words.Add(value))
                owner.Fault(word.Line, CityPackFaultCode.DuplicateCode, $"{word.Text} 重复。", $"{word.Text} is there twice.");
        }

        if (words.Count == 0)
            owner.Fault(owner.LineOf(member), CityPackFaultCode.MissingValue, $"“{member}”至少要有一项。", $"'{member}' must name at least one.");
        return words;
    }

    private static void Misplaced<T>(JsonCursor owner, int line, T[] allowed)
        where T : struct, Enum
    {
        var names = string.Join(", ", allowed.Select(WireName<T>.Of));
        owner.Fault(line, CityPackFaultCode.UnknownWord, $"应为以下之一：{names}。", $"It must be one of {names}.");
    }
}
