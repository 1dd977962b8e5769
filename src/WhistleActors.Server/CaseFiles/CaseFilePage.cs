using System.Globalization;
using WhistleActors.Actors.Views;
using WhistleActors.Domain;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Whistles;
using DutyRole = WhistleActors.Domain.Matters.DutyRole;

namespace WhistleActors.Server.CaseFiles;

/// <summary>
/// Everything of one whistle on one page that stands alone: made to be printed on A4 and put away (一案一卷). Written from the stored events as the
/// reader may see them; no script, nothing fetched from elsewhere.
/// </summary>
internal sealed class CaseFilePage(ReadCase read, CityPack pack, Language language)
{
    private readonly Whistle whistle = read.Whistle;
    private readonly EventWords words = new(pack);
    private readonly HtmlWriter html = new();

    /// <summary>The page.</summary>
    internal string Write(Officer reader, DateTimeOffset now)
    {
        html.Markup($"<!DOCTYPE html>\n<html lang=\"{Say("zh-CN", "en")}\"><head><meta charset=\"utf-8\"><title>")
            .Text($"{Say("卷宗", "Case file")} {whistle.Id}")
            .Markup("</title><style>").Markup(Style).Markup("</style></head><body>\n");
        html.Element("h1", Say("吹哨报到卷宗", "Case file of a whistle")).Element("p", whistle.Id.Text, "number");
        if (whistle.IsExercise)
            html.Element("p", Say("演练：不作实际处置，不计入考核", "EXERCISE – nothing of this is real, and it counts in no score"), "exercise");
        WriteWhistle();
        WriteSummonses();
        WriteOutcomes();
        WriteDossier();
        WriteNotes();
        WriteAttachments();
        WriteCourse();
        html.Element("footer", Say(
            $"本卷宗由系统于 {words.Time(now)} 依据日志中的 {read.Events.Count} 个事件生成，调阅人：{reader.Name}（{Name(reader)}）。{(read.Access == CaseAccess.Full ? "含诉求人信息，请妥善保管。" : "诉求人信息已隐去。")}",
            $"Made at {words.Time(now)} from {read.Events.Count} events of the journal, for {reader.Name} ({Name(reader)}). {(read.Access == CaseAccess.Full ? "It names complainants: keep it safe." : "Who complained is withheld.")}"));
        return html.Markup("</body></html>\n").ToString();
    }

    private void WriteWhistle()
    {
        Section("一、哨", "1. The whistle");
        html.Table([Say("项目", "Item"), Say("内容", "Content")],
        [
            [Say("事项", "Matter"), Say(words.Of(whistle.Matter))],
            [Say("情况", "What is wrong"), whistle.Description],
            [Say("网格", "Grid"), Say($"{words.Of(whistle.Id.Grid).Zh}（{whistle.Id.Grid}）", $"{words.Of(whistle.Id.Grid).En} ({whistle.Id.Grid})")],
            [Say("位置（WGS-84）", "Place (WGS-84)"), whistle.Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place.Lon:0.000000}, {place.Lat:0.000000}") : null],
            [Say("吹哨单位", "Blown by"), Say(
                $"{words.Of(whistle.Initiator).Zh}，{whistle.BlownBy.Name}，{words.Time(whistle.BlownAt)}", $"{words.Of(whistle.Initiator).En}, {whistle.BlownBy.Name}, {words.Time(whistle.BlownAt)}")],
            [Say("联合吹哨", "Blown together with"), whistle.Blowing is { Joint: { IsEmpty: false } joint } ? string.Join("\n", joint.Select(Together)) : null],
            [Say("所在区", "District"), Say(words.Of(whistle.District))],
            [Say("情形", "Occasion"), Named(pack.OccasionNames, whistle.Occasion)],
            [Say("哨级", "Level"), Named(pack.LevelNames, whistle.Level)],
            [Say("哨链", "Chain"), Named(pack.ChainNames, whistle.Chain)],
            [Say("轮次", "Round"), whistle.Round.ToString(CultureInfo.InvariantCulture)],
            [Say("调整召集部门的理由", "Why others were summoned than proposed"), whistle.ChangedProposal],
            [Say("状态", "Stage"), StageText()],
            [Say("城市配置包", "City pack"), whistle.PackVersion],
        ]);
    }

    private void WriteSummonses()
    {
        Section("二、召集与时限", "2. Summonses and their clocks");
        html.Table(
            [Say("部门", "Department"), Say("角色", "Role"), Say("签收", "Signed"), Say("出发", "Set out"), Say("报到", "Checked in"), Say("解除", "Released")],
            whistle.Summonses.Select(summons => (IReadOnlyList<string?>)
            [
                Say(words.Of(summons.Department)),
                Role(summons.Role),
                Time(summons.Signature?.At),
                Time(summons.Departure?.At),
                Time(summons.CheckIn?.At),
                Time(summons.Release?.At),
            ]));
        html.Table(
            [Say("部门", "Department"), Say("时限事项", "Clock"), Say("时限", "Limit"), Say("截止", "Due"), Say("情况", "Standing")],
            whistle.Summonses.SelectMany(summons => whistle.ClocksOf(summons).Select(standing => (IReadOnlyList<string?>)
            [
                Say(words.Of(summons.Department)),
                Say(EventWords.Of(standing.Clock)),
                standing.Plan is { } plan ? Say(EventWords.Of(plan.Limit)) : null,
                $"{Time(standing.Run.Due)}{(standing.Plan is { } stamped && stamped.Due != standing.Run.Due ? Say("（已顺延）", " (moved)") : "")}",
                Standing(standing),
            ])));
    }

    private string Standing(ClockStanding clock) => clock switch
    {
        { Answered: true, PassedAt: not null } => Say("超时办理", "done late"),
        { Answered: true } => Say("按时办理", "done in time"),
        { PassedAt: not null, Binds: true } => Say("逾期未办", "overdue"),
        { PassedAt: not null } => Say("逾期后不再要求", "overdue, no longer asked for"),
        { Binds: true } => Say("未到期", "running"),
        _ => Say("不再要求", "no longer asked for"),
    };

    private string Together(CoInitiator other) => other switch
    {
        { Joined: { } joined } => Say($"{words.Of(other.Subdistrict).Zh}，{Time(joined.At)} 加入", $"{words.Of(other.Subdistrict).En}, joined {Time(joined.At)}"),
        { Declined: { } declined } => Say($"{words.Of(other.Subdistrict).Zh}，{Time(declined.At)} 谢绝{In(declined.Reason)}", $"{words.Of(other.Subdistrict).En}, declined {Time(declined.At)}{In(declined.Reason)}"),
        _ => Say($"{words.Of(other.Subdistrict).Zh}，未答复", $"{words.Of(other.Subdistrict).En}, no answer"),
    };

    private void WriteOutcomes()
    {
        Section("三、处置结果", "3. Outcomes");
        var rows = whistle.Summonses.SelectMany(summons =>
            summons.Vetoes.Select(veto => Row(summons, veto.Refused, Say($"{Time(veto.At)} 否决：{veto.Reason}", $"Refused {Time(veto.At)}: {veto.Reason}")))
                .Concat(summons.Outcome is { } outcome
                    ? [Row(summons, outcome, outcome.Acceptance is { } accepted ? Say($"{Time(accepted.At)} 认可", $"Accepted {Time(accepted.At)}") : Say("待答复", "Awaits its answer"))]
                    : [])).ToList();
        if (rows.Count == 0)
            html.Element("p", Say("尚无处置结果。", "There is no outcome yet."));
        else
            html.Table([Say("部门", "Department"), Say("反馈时间", "Reported"), Say("结果", "Outcome"), Say("说明", "Note"), Say("答复", "Answer")], rows);

        IReadOnlyList<string?> Row(Summons summons, Outcome outcome, string answer) =>
        [
            Say(words.Of(summons.Department)),
            Time(outcome.At),
            outcome.Ledger is { } ledger
                ? Say($"列入台账，{ledger.DueOn:yyyy-MM-dd} 前办结", $"On the ledger until {ledger.DueOn:yyyy-MM-dd}")
                : Say("已解决", "Resolved"),
            outcome.Ledger is { } entry
                ? $"{outcome.Note}\n{Say("原因", "Because")}: {entry.Reason}\n{Say("责任人", "Responsible")}: {entry.Responsible}{string.Concat(entry.Milestones.Select(step => $"\n{step.On:yyyy-MM-dd} {step.Text}"))}"
                : outcome.Note + string.Concat((outcome.Evidence ?? []).Select(item => $"\n{Say("证据", "Evidence")}: {item.Caption ?? item.Sha256}")),
            answer,
        ];
    }

    private void WriteDossier()
    {
        Section("四、人、事、物", "4. People, matters, objects");
        var (people, matters, objects) = (Of<PersonRecorded>(), Of<MatterRecorded>(), Of<ObjectRecorded>());
        if (people.Count + matters.Count + objects.Count == 0)
            html.Element("p", Say("未登记。", "Nothing was recorded."));
        if (people.Count > 0)
        {
            html.Table([Say("人员", "Person"), Say("关系", "What they are"), Say("电话", "Phone"), Say("备注", "Remark"), Say("登记", "Recorded")],
                people.Select(e => (IReadOnlyList<string?>)[e.Person.Name, Say(EventWords.Of(e.Person.Kind)), e.Person.Phone, e.Person.Remark, Recorded(e)]));
        }

        if (matters.Count > 0)
        {
            html.Table([Say("相关事项", "Matter"), Say("编号", "Number"), Say("备注", "Remark"), Say("登记", "Recorded")],
                matters.Select(e => (IReadOnlyList<string?>)[e.Matter.Title, e.Matter.Reference, e.Matter.Remark, Recorded(e)]));
        }

        if (objects.Count > 0)
        {
            html.Table([Say("物件", "Object"), Say("部件标识码", "Component id"), Say("备注", "Remark"), Say("登记", "Recorded")],
                objects.Select(e => (IReadOnlyList<string?>)[e.Object.Name, e.Object.Id.Text, e.Object.Remark, Recorded(e)]));
        }
    }

    private void WriteNotes()
    {
        Section("五、现场记录", "5. Notes");
        var notes = Of<NoteAdded>();
        if (notes.Count == 0)
            html.Element("p", Say("无。", "None."));
        else
        {
            html.Table([Say("序号", "No."), Say("时间", "Time"), Say("记录人", "By"), Say("内容", "Text"), Say("附件", "Attachments")],
                notes.Select(e => (IReadOnlyList<string?>)
                    [e.Number.ToString(CultureInfo.InvariantCulture), Time(e.At), By(e), e.Text, string.Join("\n", e.Attachments.Select(attachment => attachment.Name))]));
        }
    }

    // By address and hash: a printed page can be held against the stored file years later.
    private void WriteAttachments()
    {
        var attachments = read.Events.SelectMany(entry => Attached.To(entry.Event)).DistinctBy(attachment => attachment.Hash).ToList();
        if (attachments.Count == 0)
            return;
        Section("六、附件目录", "6. Attachments");
        html.Markup("<ol class=\"attachments\">\n");
        foreach (var attachment in attachments)
        {
            html.Markup($"<li><a href=\"/api/v1/whistles/{whistle.Id}/attachments/{attachment.Hash}\">").Text(attachment.Name).Markup("</a> ")
                .Text(string.Create(CultureInfo.InvariantCulture, $"{attachment.MediaType}, {attachment.Bytes:N0} {Say("字节", "bytes")}"))
                .Markup("<br><code>SHA-256 ").Text(attachment.Hash.Text).Markup("</code></li>\n");
        }

        html.Markup("</ol>\n");
    }

    private void WriteCourse()
    {
        Section("七、办理过程", "7. Course of events");
        html.Table([Say("序号", "No."), Say("时间", "Time"), Say("经办", "By"), Say("事件", "Event"), Say("日志号", "Journal")],
            read.Events.Select((entry, i) => (IReadOnlyList<string?>)
            [
                (i + 1).ToString(CultureInfo.InvariantCulture),
                Time(entry.Event.At),
                By(entry.Event),
                Say(words.Of(entry.Event)),
                entry.Sequence.ToString(CultureInfo.InvariantCulture),
            ]));
    }

    private void Section(string zh, string en) => html.Element("h2", Say(zh, en));

    private List<T> Of<T>() => [.. read.Events.Select(entry => entry.Event).OfType<T>()];

    private string StageText() => whistle.Ending switch
    {
        null when !whistle.HasSounded => Say("待审批，尚未吹响", "Waits for its approval; it has not sounded"),
        null => Say("办理中", "Open"),
        { } ending => Say(
            $"{Time(ending.At)} {EventWords.Of(ending.Stage).Zh}，{ending.By.Name}{In(ending.Reason)}", $"{EventWords.Of(ending.Stage).En} {Time(ending.At)} by {ending.By.Name}{In(ending.Reason)}"),
    };

    private string In(string? reason) => reason is null ? "" : Say($"：{reason}", $": {reason}");

    private string Recorded(GridEvent happened) => $"{Time(happened.At)}\n{By(happened)}";

    private string By(GridEvent happened) => happened.By is { } by ? Say($"{by.Name}（{Name(by)}）", $"{by.Name} ({Name(by)})") : Say("系统计时", "time itself");

    private string Name(Officer officer) => Say(words.Of(officer.Organisation));

    private string Role(DutyRole role) => role switch
    {
        DutyRole.Lead => Say("主责", "lead"),
        DutyRole.Cooperating => Say("配合", "cooperating"),
        _ => Say("知会", "notified"),
    };

    private string Named<T>(IReadOnlyDictionary<T, LocalizedText> names, T value)
        where T : struct, Enum => names.TryGetValue(value, out var name) ? Say(name) : value.ToString();

    private string? Time(DateTimeOffset? at) => at is { } instant ? words.Time(instant) : null;

    private string Say(LocalizedText text) => Say(text.Zh, text.En);

    private string Say(string zh, string en) => language == Language.Chinese ? zh : en;

    private const string Style = """

        @page { size: A4; margin: 18mm 15mm 20mm; }
        body { font: 10.5pt/1.5 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Times New Roman", serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto; padding: 8mm; }
        h1 { font-size: 20pt; text-align: center; margin: 0; letter-spacing: .1em; }
        .exercise { text-align: center; font-size: 14pt; font-weight: 700; border: 2pt solid #000; padding: 2mm; margin: 0 0 6mm; }
        .number { text-align: center; font: 11pt ui-monospace, monospace; margin: 0 0 6mm; }
        h2 { font-size: 13pt; margin: 7mm 0 2mm; border-bottom: 1.5pt solid #000; break-after: avoid; }
        table { border-collapse: collapse; width: 100%; margin-bottom: 3mm; }
        th, td { border: .5pt solid #444; padding: 1mm 1.5mm; text-align: left; vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
        th { background: #eee; font-weight: 600; white-space: nowrap; }
        .word { white-space: nowrap; }
        .line { overflow-wrap: normal; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        code { font-size: 8pt; overflow-wrap: anywhere; }
        .attachments li { break-inside: avoid; margin-bottom: 1mm; }
        a { color: inherit; }
        footer { margin-top: 8mm; font-size: 9pt; border-top: .5pt solid #444; padding-top: 2mm; }
        @media print { body { padding: 0; max-width: none; } th { print-color-adjust: exact; } }

        """;
}
