using WhistleActors.Domain;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Views;

public sealed partial class EventWords
{
    /// <summary>What a clock measures.</summary>
    public static LocalizedText Of(Clock clock) => clock switch
    {
        Clock.Sign => new("签收", "sign"),
        Clock.Contact => new("联系", "make contact"),
        Clock.CheckIn => new("报到", "check in"),
        Clock.Measures => new("现场措施", "take measures on the spot"),
        Clock.Disposal => new("处置", "dispose of it"),
        Clock.Report => new("书面反馈", "report in writing"),
        _ => Code(clock.ToString()),
    };

    /// <summary>An amount of time.</summary>
    public static LocalizedText Of(TimeLimit limit) => limit.Unit switch
    {
        TimeUnit.WorkingHours => new($"{limit.Amount} 个工作时", $"{limit.Amount} working hours"),
        TimeUnit.WorkingDays => new($"{limit.Amount} 个工作日", $"{limit.Amount} working days"),
        _ => new($"{limit.Amount} 分钟", $"{limit.Amount} minutes"),
    };

    private LocalizedText? ToldOfClocks(GridEvent happened) => happened switch
    {
        InitiatorContacted e => Of(e.Department, name => Say(
            $"{name.Zh}与吹哨方联系{LateZh(e.Late)}{In(e.Note, "：{0}")}", $"{name.En} made contact with the initiator{Late(e.Late)}{In(e.Note, ": {0}")}")),
        MeasureRecorded e => Of(e.Department, name => Say(
            $"{name.Zh}采取现场措施{LateZh(e.Late)}：{e.Text}{In(e.Document, "（文书 {0}）")}",
            $"{name.En} took a measure on the spot{Late(e.Late)}: {e.Text}{In(e.Document, " (document {0})")}")),
        ReportFiled e => Of(e.Department, name => Say($"{name.Zh}书面反馈{LateZh(e.Late)}：{e.Text}", $"{name.En} reported in writing{Late(e.Late)}: {e.Text}")),
        DeadlineNear e => Of(e.Department, name => Say(
            $"{name.Zh}的{Of(e.Clock).Zh}时限已过 {e.Percent}%，期限 {Time(e.Due)}", $"{e.Percent} % of the time of {name.En} to {Of(e.Clock).En} is over; it ends {Time(e.Due)}")),
        ExtensionRequested e => Of(e.Department, name => Say(
            $"{name.Zh}申请将{Of(e.Clock).Zh}时限延至 {Time(e.Until)}：{e.Reason}", $"{name.En} asked for time until {Time(e.Until)} to {Of(e.Clock).En}: {e.Reason}")),
        ExtensionApproved e => Of(e.Department, name => Say(
            $"同意{name.Zh}的{Of(e.Clock).Zh}时限由 {Time(e.Due)} 延至 {Time(e.Run.Due)}",
            $"Gave {name.En} time until {Time(e.Run.Due)} instead of {Time(e.Due)} to {Of(e.Clock).En}")),
        ExtensionRefused e => Of(e.Department, name => Say(
            $"不同意{name.Zh}的{Of(e.Clock).Zh}延期申请：{e.Reason}", $"Refused {name.En} more time to {Of(e.Clock).En}: {e.Reason}")),
        SuspensionRequested e => Of(e.Department, name => Say(
            $"{name.Zh}申请挂账至 {Day(e.Until)}：{e.Reason}", $"{name.En} asked to suspend its clocks through {Day(e.Until)}: {e.Reason}")),
        SuspensionApproved e => Of(e.Department, name => Say(
            $"同意{name.Zh}挂账至 {Time(e.EndsAt)}，其间不计时", $"Suspended the clocks of {name.En} until {Time(e.EndsAt)}")),
        SuspensionRefused e => Of(e.Department, name => Say($"不同意{name.Zh}挂账：{e.Reason}", $"Refused to suspend the clocks of {name.En}: {e.Reason}")),
        SuspensionEnded e => Of(e.Department, name => Say(
            $"{name.Zh}解除挂账，恢复计时{In(e.Reason, "：{0}")}", $"The clocks of {name.En} run again{In(e.Reason, ": {0}")}")),
        LedgerReminded e => Of(e.Department, name => Say($"提醒{name.Zh}：台账节点 {Day(e.Of)} 临近", $"Reminded {name.En}: the ledger's day {Day(e.Of)} is near")),
        MilestoneReached e => Of(e.Department, name => Say(
            $"{name.Zh}完成台账第 {e.Milestone} 个节点：{e.Note}", $"{name.En} reached milestone {e.Milestone} of its ledger entry: {e.Note}")),
        LedgerCompleted e => Of(e.Department, name => Say($"{name.Zh}申请销账：{e.Note}", $"{name.En} reported its ledger entry as done: {e.Note}")),
        LedgerConfirmed e => Of(e.Department, name => Say($"{name.Zh}的台账已销账", $"Confirmed that the ledger entry of {name.En} is done")),
        LedgerRefused e => Of(e.Department, name => Say($"{name.Zh}的台账不予销账：{e.Reason}", $"Refused that the ledger entry of {name.En} is done: {e.Reason}")),
        LedgerExtensionRequested e => Of(e.Department, name => Say(
            $"{name.Zh}申请将台账期限由 {Day(e.DueOn)} 延至 {Day(e.Until)}：{e.Reason}",
            $"{name.En} asked for {Day(e.Until)} instead of {Day(e.DueOn)} for its ledger entry: {e.Reason}")),
        LedgerExtensionApproved e => Of(e.Department, name => Say(
            $"同意{name.Zh}的台账期限由 {Day(e.DueOn)} 延至 {Day(e.Until)}", $"Gave {name.En} until {Day(e.Until)} instead of {Day(e.DueOn)} for its ledger entry")),
        LedgerExtensionRefused e => Of(e.Department, name => Say($"不同意{name.Zh}的台账延期申请：{e.Reason}", $"Refused {name.En} a later day for its ledger entry: {e.Reason}")),
        LedgerReturned e => Of(e.Department, name => Say(
            $"{name.Zh}的台账期限 {Day(e.DueOn)} 已过，自动转为逾期", $"The ledger entry of {name.En} was not done by {Day(e.DueOn)} and came back as overdue")),
        _ => null,
    };
}
