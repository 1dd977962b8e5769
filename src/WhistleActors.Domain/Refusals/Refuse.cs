using System.Globalization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

/// <summary>Every refusal of the rules, in both languages. A code, once released, keeps its meaning.</summary>
public static partial class Refuse
{
    public static Refusal UnknownWhistle(string whistle) => Unknown("unknown-whistle",
        $"没有编号为 {whistle} 的哨，或该哨早已结束。", $"There is no whistle {whistle}, or it ended long ago.",
        "请核对哨的编号。", "Check the whistle's id.");

    public static Refusal NotYourWhistle(OrganisationCode initiator) => Forbidden("not-your-whistle",
        $"该哨由 {initiator} 吹响，您没有对该哨进行此操作的权限。", $"This whistle was blown by {initiator}, and you have not the power to do this to it.",
        $"请由 {initiator} 具有相应权限的人员操作；部门吹的哨由网格所属街乡或区指挥中心办结。",
        $"Let an officer of {initiator} with that power do it; a department's whistle is ended by the grid's subdistrict or the district's command centre.");

    public static Refusal WhistleNotOpen(WhistleStage stage, DateTimeOffset endedAt) => Conflict("whistle-not-open",
        $"该哨已于 {Time(endedAt)} {Ended(stage).Zh}。", $"This whistle was {Ended(stage).En} at {Time(endedAt)}.",
        "已结束的哨不再变更。", "A whistle that has ended does not change any more.");

    public static Refusal Outdated(long expected, long actual) => new("version-outdated", RefusalKind.Outdated,
        new($"该哨当前版本为 {actual}，与请求所依据的版本 {expected} 不一致。", $"The whistle is at version {actual}, not {expected}."),
        new("请重新读取后再操作。", "Read it again, then retry."));

    public static Refusal KeyReused() => new("idempotency-key-reused", RefusalKind.Invalid,
        new("该 Idempotency-Key 已用于另一个请求。", "This Idempotency-Key was used for another request."),
        new("请为新的请求使用新的 Idempotency-Key。", "Use a new key for a new request."));

    private static Refusal Unknown(string code, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, RefusalKind.Unknown, new(zh, en), new(remedyZh, remedyEn));

    private static Refusal Forbidden(string code, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, RefusalKind.Forbidden, new(zh, en), new(remedyZh, remedyEn));

    private static Refusal Invalid(string code, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, RefusalKind.Invalid, new(zh, en), new(remedyZh, remedyEn));

    private static Refusal Conflict(string code, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, RefusalKind.Conflict, new(zh, en), new(remedyZh, remedyEn));

    private static LocalizedText Ended(WhistleStage stage) => stage switch
    {
        WhistleStage.Closed => new("办结", "closed"),
        WhistleStage.Voided => new("作废", "voided"),
        WhistleStage.Rejected => new("审批未通过", "rejected"),
        WhistleStage.Merged => new("并入其他哨", "merged into another one"),
        _ => new("撤回", "withdrawn"),
    };

    private static string Join(string separator, IEnumerable<DepartmentCode> departments) => string.Join(separator, departments.Select(d => d.Text));

    private static string Metres(double metres) => Math.Ceiling(metres).ToString("0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
