using WhistleActors.Actors.Serialization;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Views;

/// <summary>
/// Each event in words, in both languages: the one place for the case file, and for whoever else tells people what happened. When and by
/// whom stands beside the words, not in them. Names come from the city pack; what it no longer has is called by its code.
/// </summary>
public sealed partial class EventWords(CityPack pack)
{
    /// <summary>The event in words. What has none yet is told by the name of its stored form, so that nothing is left out.</summary>
    public LocalizedText Of(GridEvent happened) => Told(happened) ?? new(
        $"事件 {StoredForm.ManifestOf(happened)}", $"Event {StoredForm.ManifestOf(happened)}");

    internal LocalizedText? Told(GridEvent happened) => happened switch
    {
        // A line for each event, in the order of a whistle's life.
        SummonsSigned e => Of(e.Department, name => Say($"{name.Zh}签收{LateZh(e.Late)}", $"{name.En} signed{Late(e.Late)}")),
        CrewDeparted e => Of(e.Department, name => Say(
            $"{name.Zh}出发{CrewOf(e.Crew).Zh}{In(e.ArrivesAt, "，预计 {0} 到达")}", $"{name.En} set out{CrewOf(e.Crew).En}{In(e.ArrivesAt, ", expected at {0}")}")),
        CrewRecalled e => Of(e.Department, name => Say(
            $"{name.Zh}召回途中力量{CrewOf(e.Crew).Zh}{In(e.For?.Text, "，用于紧急哨 {0}")}：{e.Reason}",
            $"{name.En} called back its crew on the way{CrewOf(e.Crew).En}{In(e.For?.Text, " for the emergency {0}")}: {e.Reason}")),
        CrewCheckedIn e => Of(e.Department, name => Say(
            $"{name.Zh}报到{LateZh(e.Late)}{CrewOf(e.Crew).Zh}{In(e.Headcount, "，{0} 人")}{Proof(e.Presence).Zh}",
            $"{name.En} checked in{Late(e.Late)}{CrewOf(e.Crew).En}{In(e.Headcount, ", {0} people")}{Proof(e.Presence).En}")),
        CrewJoined e => Of(e.Department, name => Say(
            $"{name.Zh}又一支力量报到{CrewOf(e.Crew).Zh}{In(e.Headcount, "，{0} 人")}{Proof(e.Presence).Zh}",
            $"Another crew of {name.En} checked in{CrewOf(e.Crew).En}{In(e.Headcount, ", {0} people")}{Proof(e.Presence).En}")),
        CrewLeft e => Of(e.Department, name => Say(
            $"{name.Zh}离场{CrewOf(e.Crew).Zh}{(e.Unreleased ? "（未经解除）" : "")}{In(e.Reason, "：{0}")}",
            $"{name.En} left the spot{CrewOf(e.Crew).En}{(e.Unreleased ? ", unreleased" : "")}{In(e.Reason, ": {0}")}")),
        CrewReleased e => Of(e.Department, name => Say(
            $"解除{name.Zh}的一支力量{CrewOf(e.Crew).Zh}{In(e.Reason, "：{0}")}", $"Released one crew of {name.En}{CrewOf(e.Crew).En}{In(e.Reason, ": {0}")}")),
        SummonsDisputed e => Of(e.Department, name => Say(
            $"{name.Zh}退哨：{e.Reason}{In(e.Instead is { } zh ? Of(zh).Zh : null, "，认为应由{0}承担")}",
            $"{name.En} says that it is not theirs: {e.Reason}{In(e.Instead is { } en ? Of(en).En : null, "; it should be {0}")}")),
        DisputeRuled e => Of(e.Department, name => Say(
            $"裁定{name.Zh}的退哨，{Of(e.Kind).Zh}{In(e.Instead is { } zh ? Of(zh).Zh : null, "，由{0}接替")}：{e.Text}{In(e.Basis, "（依据：{0}）")}",
            $"Ruled the dispute of {name.En}, {Of(e.Kind).En}{In(e.Instead is { } en ? Of(en).En : null, ", {0} takes its place")}: {e.Text}{In(e.Basis, " (basis: {0})")}")),
        SubstituteCalled e => Say(
            $"调用{Of(e.Department).Zh}的替补{Of(e.Summoned.Department).Zh}：{e.Reason}",
            $"Called {Of(e.Summoned.Department).En} as the substitute of {Of(e.Department).En}: {e.Reason}"),
        DeadlinePassed e => Of(e.Department, name => Say(
            $"{name.Zh}逾期：{Of(e.Clock).Zh}时限 {Time(e.Due)} 已过", $"{name.En} is overdue: the limit to {Of(e.Clock).En}, {Time(e.Due)}, has passed")),
        OutcomeReported { Ledger: { } ledger } e => Of(e.Department, name => Say(
            $"{name.Zh}列入台账：{e.Note}（原因：{ledger.Reason}；期限：{Day(ledger.DueOn)}；责任人：{ledger.Responsible}）",
            $"{name.En} put it on the ledger: {e.Note} (because: {ledger.Reason}; due: {Day(ledger.DueOn)}; responsible: {ledger.Responsible})")),
        OutcomeReported e => Of(e.Department, name => Say($"{name.Zh}反馈已解决：{e.Note}", $"{name.En} reported it resolved: {e.Note}")),
        OutcomeAccepted e => Of(e.Department, name => Say($"认可{name.Zh}的处置结果", $"Accepted the outcome of {name.En}")),
        OutcomeVetoed e => Of(e.Department, name => Say($"否决{name.Zh}的处置结果：{e.Reason}", $"Refused the outcome of {name.En}: {e.Reason}")),
        DepartmentReleased e => Of(e.Department, name => Say($"解除{name.Zh}{In(e.Reason, "：{0}")}", $"Released {name.En}{In(e.Reason, ": {0}")}")),
        PersonRecorded { Person: var p } => Say(
            $"登记{Of(p.Kind).Zh}：{p.Name}{In(p.Phone, "，电话 {0}")}{In(p.Remark, "，{0}")}",
            $"Recorded a person ({Of(p.Kind).En}): {p.Name}{In(p.Phone, ", phone {0}")}{In(p.Remark, ", {0}")}"),
        MatterRecorded { Matter: var m } => Say(
            $"登记相关事项：{m.Title}{In(m.Reference, "（编号 {0}）")}{In(m.Remark, "，{0}")}",
            $"Recorded a matter: {m.Title}{In(m.Reference, " (number {0})")}{In(m.Remark, ", {0}")}"),
        ObjectRecorded { Object: var o } => Say(
            $"登记物件：{o.Name}（{o.Id}）{In(o.Remark, "，{0}")}", $"Recorded an object: {o.Name} ({o.Id}){In(o.Remark, ", {0}")}"),
        NoteAdded e => Say(
            $"现场记录第 {e.Number} 条：{e.Text}{Files(e.Attachments.Length).Zh}", $"Note {e.Number}: {e.Text}{Files(e.Attachments.Length).En}"),
        WhistleWithdrawn e => Say($"撤回：{e.Reason}", $"Withdrew the whistle: {e.Reason}"),
        WhistleClosed e => Say($"办结{In(e.Note, "：{0}")}", $"Closed the whistle{In(e.Note, ": {0}")}"),
        _ => ToldOfBlowing(happened) ?? ToldOfClocks(happened) ?? ToldOfConferences(happened),
    };

    /// <summary>What a department is called.</summary>
    public LocalizedText Of(DepartmentCode code) => pack.Departments.GetValueOrDefault(code)?.Name ?? Code(code.Text);

    /// <summary>What a matter is called.</summary>
    public LocalizedText Of(MatterCode code) => pack.Matters.GetValueOrDefault(code)?.Name ?? Code(code.Text);

    /// <summary>What a subdistrict is called.</summary>
    public LocalizedText Of(SubdistrictCode code) => pack.Territory.Subdistricts.GetValueOrDefault(code)?.Name ?? Code(code.Text);

    /// <summary>What a district is called.</summary>
    public LocalizedText Of(DistrictCode code) => pack.Territory.Districts.GetValueOrDefault(code)?.Name ?? Code(code.Text);

    /// <summary>What a grid is called.</summary>
    public LocalizedText Of(GridCode code) => pack.Territory.Grids.GetValueOrDefault(code)?.Name ?? Code(code.Text);

    /// <summary>What an organisation of any kind is called.</summary>
    public LocalizedText Of(OrganisationCode code) =>
        DepartmentCode.TryParse(code.Text, out var department) && pack.Departments.TryGetValue(department, out var found) ? found.Name
        : SubdistrictCode.TryParse(code.Text, out var subdistrict) && pack.Territory.Subdistricts.TryGetValue(subdistrict, out var street) ? street.Name
        : DistrictCode.TryParse(code.Text, out var district) && pack.Territory.Districts.TryGetValue(district, out var whole) ? Centre(whole.Name)
        : Code(code.Text);

    /// <summary>How a whistle ended.</summary>
    public static LocalizedText Of(WhistleStage stage) => stage switch
    {
        WhistleStage.Closed => new("办结", "Closed"),
        WhistleStage.Withdrawn => new("撤回", "Withdrawn"),
        WhistleStage.Voided => new("作废", "Voided"),
        WhistleStage.Rejected => new("不予批准", "Rejected"),
        WhistleStage.Merged => new("并入其他哨", "Merged into another"),
        _ => Code(stage.ToString()),
    };

    /// <summary>What a ruling comes to.</summary>
    public static LocalizedText Of(RulingKind kind) => kind switch
    {
        RulingKind.Upheld => new("维持召集", "upheld"),
        RulingKind.Reassigned => new("改派", "reassigned"),
        RulingKind.Referred => new("提交会商", "referred to a conference"),
        _ => Code(kind.ToString()),
    };

    /// <summary>What a person is to the incident.</summary>
    public static LocalizedText Of(PersonKind kind) => kind switch
    {
        PersonKind.Complainant => new("诉求人", "complainant"),
        PersonKind.Affected => new("受影响人", "affected"),
        PersonKind.Responsible => new("责任人", "responsible"),
        PersonKind.Witness => new("知情人", "witness"),
        _ => Code(kind.ToString()),
    };

    /// <summary>An instant by the city's clock.</summary>
    public string Time(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, pack.Calendar.Zone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static LocalizedText Say(string zh, string en) => new(zh, en);

    private LocalizedText Of(DepartmentCode code, Func<LocalizedText, LocalizedText> say) => say(Of(code));

    private static LocalizedText Code(string code) => new(code, code);

    private static LocalizedText Centre(LocalizedText district) => new($"{district.Zh}指挥中心", $"{district.En} command centre");

    private static string LateZh(bool late) => late ? "（超时）" : "";

    private static string Late(bool late) => late ? " (late)" : "";

    private LocalizedText CrewOf(CrewCode? crew)
    {
        if (crew is not { } code)
            return new("", "");
        var name = pack.Crews.GetValueOrDefault(code)?.Name ?? Code(code.Text);
        return new($"（{name.Zh}）", $" ({name.En})");
    }

    private LocalizedText Proof(Presence presence) => presence switch
    {
        { Witness: { } witness } => new($"，由{Of(witness.Organisation).Zh}的{witness.Name}见证", $", vouched for by {witness.Name} of {Of(witness.Organisation).En}"),
        { DistanceMetres: > 0 and var metres } => new($"，定位在网格外 {metres:0} 米的允许误差内", $", {metres:0} m outside the grid, within the device's accuracy"),
        _ => new("，定位在网格内", ", inside the grid"),
    };

    private static LocalizedText Files(int count) => count switch
    {
        0 => new("", ""),
        1 => new("（附件 1 个）", " (1 attachment)"),
        _ => new($"（附件 {count} 个）", $" ({count} attachments)"),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private string In(DateTimeOffset? at, string format) => In(at is { } instant ? Time(instant) : null, format);

    private static string In(int? number, string format) => In(number?.ToString(System.Globalization.CultureInfo.InvariantCulture), format);

    // Replace, not Format: what people wrote may hold braces.
    private static string In(string? text, string format) => text is null ? "" : format.Replace("{0}", text, StringComparison.Ordinal);
}
