using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;

namespace WhistleActors.Domain.Alerts;

/// <summary>The refusals that concern alerts and rosters, in both languages. A code, once released, keeps its meaning.</summary>
public static class RefuseAlertOrder
{
    public static Refusal RosterSpanWrong(int days) => Of("roster-span-wrong", RefusalKind.Invalid,
        $"值班表的时段须起早于止，且不超过 {days} 天。", $"A roster's span must begin before it ends, and last at most {days} days.",
        "请调整时段，或分次填报。", "Choose another span, or write it in parts.");

    public static Refusal ShiftOutsideSpan(PersonId person) => Of("shift-outside-span", RefusalKind.Invalid,
        $"{person} 的班次为空，或超出所填报的时段。", $"The shift of {person} is empty, or lies outside the span.",
        "班次须起早于止，且完全位于时段之内。", "A shift begins before it ends, and lies inside the span.");

    public static Refusal TooManyShifts(int most) => Of("too-many-shifts", RefusalKind.Full,
        $"每个部门最多保存 {most} 个班次。", $"A department keeps at most {most} shifts.",
        "请减少班次，或填报较短的时段。", "Write fewer shifts, or a shorter span.");

    public static Refusal HandOverPast(int days) => Of("hand-over-span-wrong", RefusalKind.Invalid,
        $"交接班的终止时间须在当前时间之后，且不超过 {days} 天。", $"A hand-over must end in the future, within {days} days.",
        "请填写未来的终止时间。", "Give an end that is to come.");

    public static Refusal TooManySubscriptions(int most) => Of("too-many-subscriptions", RefusalKind.Full,
        $"每人最多在 {most} 个浏览器上接收推送。", $"One person is told by at most {most} browsers.",
        "请先取消一个订阅。", "End one subscription first.");

    public static Refusal NotAdministrator() => Of("not-administrator", RefusalKind.Forbidden,
        "仅系统管理员可以进行此操作。", "Only an administrator may do this.",
        "请由系统管理员操作。", "Let an administrator do it.");

    public static Refusal WritesNoRoster() => Of("writes-no-roster", RefusalKind.Forbidden,
        "仅填报值班表的人员与系统管理员可以查看回调名称。", "Only those who write a roster, and administrators, see the names of webhooks.",
        "请由部门值守人员或系统管理员查看。", "Let a dispatcher or an administrator look.");

    public static Refusal UnknownDeadLetter(string notice) => Of("unknown-dead-letter", RefusalKind.Unknown,
        $"没有编号为 {notice} 的未送达通知。", $"There is no undelivered notice {notice}.",
        "请从未送达通知清单中选择。", "Choose one from the list of undelivered notices.");

    private static Refusal Of(string code, RefusalKind kind, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, kind, new(zh, en), new(remedyZh, remedyEn));
}
