using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Crews;

/// <summary>The refusals that concern orders about crews, in both languages. A code, once released, keeps its meaning.</summary>
public static class RefuseCrewOrder
{
    public static Refusal NotYourCommand(DepartmentCode department) => Of("not-your-command", RefusalKind.Forbidden,
        $"仅部门 {department} 所在区的指挥中心可以进行此操作。", $"Only the command centre of the district of department {department} may do this.",
        "请由该区指挥中心操作。", "Let an officer of that command centre do it.");

    public static Refusal SummonsNotWaiting(WhistleId whistle) => Of("summons-not-waiting", RefusalKind.Conflict,
        $"该部门在哨 {whistle} 下没有待派力量的召集。", $"The department has no summons under whistle {whistle} that waits for a crew.",
        "请从待派召集中选择。", "Choose one of the summonses that wait.");

    public static Refusal WhistleHasCrew(WhistleId whistle, CrewCode crew) => Of("whistle-has-crew", RefusalKind.Conflict,
        $"哨 {whistle} 已派力量 {crew}。", $"Crew {crew} was assigned to whistle {whistle} already.",
        "请先撤销原派单。", "Take that assignment back first.");

    public static Refusal CrewAssignedElsewhere(CrewCode crew, WhistleId whistle) => Of("crew-assigned", RefusalKind.Conflict,
        $"力量 {crew} 已派往哨 {whistle}。", $"Crew {crew} is assigned to whistle {whistle}.",
        "请先撤销该派单，或改派其他力量。", "Take that assignment back first, or send another crew.");

    public static Refusal TripMalformed(int most) => Of("trip-malformed", RefusalKind.Invalid,
        $"一趟最多 {most} 个哨，且每个只能列出一次。", $"A trip has at most {most} whistles, each of them once.",
        "请删除重复的哨，或分几趟派单。", "Leave out what is there twice, or make several trips of it.");

    public static Refusal CrewBusy(CrewCode crew, WhistleId whistle) => Of("crew-busy", RefusalKind.Conflict,
        $"力量 {crew} 正在处置哨 {whistle}。", $"Crew {crew} is on the way to whistle {whistle}, or on the spot.",
        "请改派其他力量，或待其解除。", "Send another crew, or wait until it is released.");

    public static Refusal CrewOffDuty(CrewCode crew) => Of("crew-off-duty", RefusalKind.Conflict,
        $"力量 {crew} 不在班。", $"Crew {crew} is off duty.",
        "请改派其他力量，或先将其设为在班。", "Send another crew, or say first that it is on duty.");

    public static Refusal CrewOnLoan(CrewCode crew, DepartmentCode to, DateTimeOffset until) => Of("crew-on-loan", RefusalKind.Conflict,
        $"力量 {crew} 已借调至部门 {to}，至 {until:O}。", $"Crew {crew} is lent to department {to} until {until:O}.",
        "请先召回该力量。", "Call it back first.");

    public static Refusal LevelThrottled(WhistleLevel level, DateTimeOffset until) => Of("level-throttled", RefusalKind.Conflict,
        $"该级别的哨（{Zh(level)}）限流至 {until:O}。", $"Whistles of this level ({level}) are held back until {until:O}.",
        "请待限流结束，或由指挥中心解除。", "Wait until then, or let the command centre end it.");

    public static Refusal EmergencyNotThrottled() => Of("emergency-not-throttled", RefusalKind.Invalid,
        "应急哨不得限流。", "Emergencies are never held back.",
        "仅可对日常哨、攻坚哨限流。", "Only daily whistles and campaigns can be.");

    public static Refusal UntilOutOfSpan(int days) => Of("until-out-of-span", RefusalKind.Invalid,
        $"终止时间须在当前时间之后，且不超过 {days} 天。", $"The end must be in the future, within {days} days.",
        "请填写未来的终止时间。", "Give an end that is to come.");

    public static Refusal LoanToOtherBureau(DepartmentCode to) => Of("loan-to-other-bureau", RefusalKind.Invalid,
        $"部门 {to} 不是其他区的同一委办局。", $"Department {to} is not the same bureau of another district.",
        "只能借调给其他区的同一委办局。", "Lend to the same bureau of another district.");

    public static Refusal PriorityOutOfRange(int most) => Of("priority-out-of-range", RefusalKind.Invalid,
        $"优先级调整须在 -{most} 至 {most} 分钟之间。", $"A priority is between -{most} and {most} minutes.",
        "请填写该范围内的分钟数。", "Give minutes within that range.");

    private static string Zh(WhistleLevel level) => level switch
    {
        WhistleLevel.Daily => "日常哨",
        WhistleLevel.Campaign => "攻坚哨",
        _ => "应急哨",
    };

    private static Refusal Of(string code, RefusalKind kind, string zh, string en, string remedyZh, string remedyEn) =>
        new(code, kind, new(zh, en), new(remedyZh, remedyEn));
}
