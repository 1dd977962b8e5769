using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal OutcomeAwaitsAnswer(DateTimeOffset at) => Conflict("outcome-already-reported",
        $"已于 {Time(at)} 反馈处置结果，等待街乡认可或否决。", $"An outcome was reported at {Time(at)} and awaits the subdistrict's answer.",
        "请等待街乡认可或否决。", "Wait until it is accepted or vetoed.");

    public static Refusal NoOutcome(DepartmentCode department) => Conflict("no-outcome",
        $"部门 {department} 没有待认可的处置结果。", $"Department {department} has no outcome that awaits an answer.",
        "部门反馈处置结果后，方可认可或否决。", "Accept or veto after the department has reported.");

    public static Refusal LedgerDatePast(DateOnly day) => Invalid("ledger-date-past",
        $"台账日期 {Day(day)} 不晚于今天。", $"The ledger date {Day(day)} is not after today.",
        "请填写今天之后的日期。", "Give a day after today.");

    public static Refusal MilestonesOutOfOrder(DateOnly day, DateOnly dueOn) => Invalid("milestones-out-of-order",
        $"节点日期 {Day(day)} 顺序有误，或晚于完成日期 {Day(dueOn)}。", $"The milestone of {Day(day)} is out of order or after the due day {Day(dueOn)}.",
        "节点须按日期先后排列，且不晚于完成日期。", "Milestones go by date, none after the due day.");

    public static Refusal LedgerMismatch(bool ledgerGiven) => Invalid("ledger-mismatch",
        ledgerGiven ? "处置结果为“已解决”，但附有台账。" : "处置结果为“列入台账”，但未附台账。",
        ledgerGiven ? "The outcome is 'resolved' but carries a ledger entry." : "The outcome is 'ledgered' but carries no ledger entry.",
        "台账仅在处置结果为“列入台账”时填写，且必须填写。", "A ledger entry goes with 'ledgered', and only with it.");
}
