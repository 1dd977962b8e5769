using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal NoLedgerEntry(DepartmentCode department) => Conflict("no-ledger-entry",
        $"部门 {department} 没有未销账的台账。", $"Department {department} has no ledger entry that is still open.",
        "仅可对经认可且尚未销账的台账进行此操作。", "This applies to an accepted ledger entry that is not done.");

    public static Refusal LedgerNotDone(DateOnly dueOn) => Conflict("ledger-not-done",
        $"台账已于 {Day(dueOn)} 到期，尚未销账。", $"The ledger entry was due on {Day(dueOn)} and is not done.",
        "请完成后申请销账，或申请台账延期。", "Report it as done, or ask for a later due day.");

    public static Refusal UnknownMilestone(int milestone, int milestones) => Invalid("unknown-milestone",
        $"该台账共有 {milestones} 个节点，没有第 {milestone} 个。", $"The ledger entry has {milestones} milestones; there is no number {milestone}.",
        "节点按台账中的次序从 1 起编号。", "Milestones are numbered from 1 on, as the entry lists them.");

    public static Refusal MilestoneAlreadyReached(int milestone) => Conflict("milestone-already-reached",
        $"第 {milestone} 个节点已反馈完成。", $"Milestone {milestone} was reported as done already.",
        "无需重复反馈。", "There is no need to report it again.");

    public static Refusal CompletionAlreadyReported(DateTimeOffset at) => Conflict("completion-already-reported",
        $"已于 {Time(at)} 申请销账，等待街乡确认。", $"The ledger entry was reported as done at {Time(at)} and awaits the subdistrict's answer.",
        "请等待街乡确认或退回。", "Wait until it is confirmed or refused.");

    public static Refusal NoCompletion(DepartmentCode department) => Conflict("no-completion",
        $"部门 {department} 没有待确认的销账申请。", $"Department {department} has not reported its ledger entry as done.",
        "部门申请销账后，方可确认或退回。", "Confirm or refuse after the department has reported it.");

    public static Refusal LedgerDayNotLater(DateOnly until, DateOnly bound) => Invalid("ledger-day-not-later",
        $"台账延期至 {Day(until)} 不晚于 {Day(bound)}。", $"The later due day {Day(until)} is not after {Day(bound)}.",
        "新的完成日期须晚于原完成日期和今天。", "Give a day after the present due day, and after today.");
}
