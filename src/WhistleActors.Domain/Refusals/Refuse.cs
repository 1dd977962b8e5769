using System.Globalization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

/// <summary>Every refusal of the rules, in both languages. A code, once released, keeps its meaning.</summary>
public static class Refuse
{
    public static Refusal UnknownGrid(string grid) => Unknown("unknown-grid",
        $"城市配置包中没有网格 {grid}。", $"The city pack has no grid {grid}.",
        "请使用本市的网格代码，或按位置查询所在网格。", "Use a grid code of this city, or look the grid up by position.");

    public static Refusal UnknownWhistle(string whistle) => Unknown("unknown-whistle",
        $"没有编号为 {whistle} 的哨，或该哨早已结束。", $"There is no whistle {whistle}, or it ended long ago.",
        "请核对哨的编号。", "Check the whistle's id.");

    public static Refusal UnknownMatter(MatterCode matter) => Unknown("unknown-matter",
        $"城市配置包中没有事项 {matter}。", $"The city pack has no matter {matter}.",
        "请从事项清单中选择。", "Choose a matter from the list of matters.");

    public static Refusal UnknownDepartment(DepartmentCode department) => Unknown("unknown-department",
        $"城市配置包中没有部门 {department}。", $"The city pack has no department {department}.",
        "请从部门清单中选择。", "Choose a department from the list of departments.");

    public static Refusal UnknownCrew(CrewCode crew, DepartmentCode department) => Unknown("unknown-crew",
        $"部门 {department} 没有代码为 {crew} 的力量。", $"Department {department} has no crew {crew}.",
        "请选择本部门的力量，或留空。", "Choose one of the department's crews, or leave it out.");

    public static Refusal UnknownWitnessOrganisation(string organisation) => Unknown("unknown-witness-organisation",
        $"本市没有代码为 {organisation} 的单位。", $"This city has no organisation {organisation}.",
        "见证人须属于本市的街乡、部门或区。", "The witness must belong to a subdistrict, department or district of this city.");

    public static Refusal NotYourGrid(SubdistrictCode owner) => Forbidden("not-your-grid",
        $"该网格属街乡 {owner} 管辖，仅该街乡具有召集权的人员可以吹哨。", $"This grid belongs to subdistrict {owner}; only its officers with the power to convene may whistle here.",
        $"请由街乡 {owner} 具有召集权的人员操作。", $"Let an officer of subdistrict {owner} who may convene do it.");

    public static Refusal NotYourWhistle(SubdistrictCode initiator) => Forbidden("not-your-whistle",
        $"该哨由街乡 {initiator} 吹响，仅该街乡具有相应权限的人员可以进行此操作。", $"This whistle was blown by subdistrict {initiator}; only its officers with that power may do this.",
        $"请由街乡 {initiator} 具有相应权限的人员操作。", $"Let an officer of subdistrict {initiator} with that power do it.");

    public static Refusal NotYourDepartment(DepartmentCode department) => Forbidden("not-your-department",
        $"仅部门 {department} 具有相应权限的人员可以进行此操作。", $"Only officers of department {department} with that power may do this.",
        $"请由部门 {department} 具有相应权限的人员操作。", $"Let an officer of department {department} with that power do it.");

    public static Refusal DepartmentNotSummoned(DepartmentCode department) => Conflict("department-not-summoned",
        $"该哨未召集部门 {department}。", $"Department {department} was not summoned by this whistle.",
        "请选择该哨已召集的部门。", "Name a department that this whistle summoned.");

    public static Refusal ExactlyOneLead(int leads) => Invalid("exactly-one-lead",
        $"主责部门必须有且只有一个，现为 {leads} 个。", $"A whistle has exactly one lead department; {leads} were given.",
        "请指定唯一的主责部门。", "Name exactly one lead department.");

    public static Refusal DepartmentTwice(DepartmentCode department) => Invalid("department-twice",
        $"部门 {department} 重复列出。", $"Department {department} is listed twice.",
        "同一部门只能列出一次。", "List each department once.");

    public static Refusal DepartmentOfAnotherDistrict(DepartmentCode department, DistrictCode district) => Invalid("department-of-another-district",
        $"部门 {department} 既不属于区 {district}，也不是市级部门。", $"Department {department} does not serve district {district}.",
        "请召集本区部门或市级部门。", "Summon departments of this district or of the city.");

    public static Refusal TooManyDepartments(int most) => Invalid("too-many-departments",
        $"一个哨最多召集 {most} 个部门。", $"A whistle summons at most {most} departments.",
        "请减少召集的部门。", "Summon fewer departments.");

    public static Refusal NoLeadProposed(MatterCode matter) => Conflict("no-lead-proposed",
        $"按现行职责清单，事项 {matter} 在本区没有主责部门。", $"The duty list names no lead of this district for matter {matter} today.",
        "请自行列出拟召集的部门，并说明理由。", "List the departments to summon yourself, with a reason.");

    public static Refusal ChangeWithoutReason() => Invalid("reason-for-change-missing",
        "拟召集的部门与职责清单的建议不一致，但未说明理由。", "The departments differ from what the duty list proposes, and no reason is given.",
        "请在 changedProposal 中说明理由，或采用清单建议。", "Give the reason in changedProposal, or take the proposal.");

    public static Refusal ReasonWithoutChange() => Invalid("reason-without-change",
        "已填写调整理由，但拟召集的部门与职责清单的建议一致。", "A reason for a change is given, but the departments are those that the duty list proposes.",
        "请删除 changedProposal。", "Leave changedProposal out.");

    public static Refusal PlaceOutsideGrid(double metres) => Invalid("place-outside-grid",
        $"该地点位于网格外 {Metres(metres)} 米处。", $"The place is {Metres(metres)} m outside the grid.",
        "请填写网格内的地点，或在该地点所在的网格吹哨。", "Give a place inside the grid, or whistle in the grid where the place is.");

    public static Refusal GridFull(int most) => new("grid-full", RefusalKind.Full,
        new($"该网格已有 {most} 个未结束的哨。", $"This grid has {most} open whistles already."),
        new("请先办结一部分，或并入已有的哨。", "Close some first, or use one that is open."));

    public static Refusal WhistleNotOpen(WhistleStage stage, DateTimeOffset endedAt) => Conflict("whistle-not-open",
        $"该哨已于 {Time(endedAt)} {(stage == WhistleStage.Closed ? "办结" : "撤回")}。", $"This whistle was {(stage == WhistleStage.Closed ? "closed" : "withdrawn")} at {Time(endedAt)}.",
        "已结束的哨不再变更。", "A whistle that has ended does not change any more.");

    public static Refusal AlreadySigned(DateTimeOffset at) => Conflict("already-signed",
        $"已于 {Time(at)} 签收。", $"It was signed at {Time(at)} already.",
        "无需重复签收。", "There is no need to sign again.");

    public static Refusal AlreadyDeparted(DateTimeOffset at) => Conflict("already-departed",
        $"已于 {Time(at)} 出发。", $"The crew departed at {Time(at)} already.",
        "到达网格后请及时报到。", "Check in once in the grid.");

    public static Refusal AlreadyCheckedIn(DateTimeOffset at) => Conflict("already-checked-in",
        $"已于 {Time(at)} 报到。", $"The department checked in at {Time(at)} already.",
        "无需重复报到；请开展处置并反馈处置结果。", "There is no need to check in again; work on it and report the outcome.");

    public static Refusal NotCheckedIn(DepartmentCode department) => Conflict("not-checked-in",
        $"部门 {department} 尚未报到。", $"Department {department} has not checked in.",
        "请先在网格内报到，再反馈处置结果。", "Check in inside the grid first, then report the outcome.");

    public static Refusal NotifiedOnly(DepartmentCode department) => Conflict("notified-only",
        $"部门 {department} 仅为知会部门，不承担报到和处置义务。", $"Department {department} was only notified; it owes neither check-in nor outcome.",
        "知会部门只需签收。", "A notified department can only sign.");

    public static Refusal OutcomeAwaitsAnswer(DateTimeOffset at) => Conflict("outcome-already-reported",
        $"已于 {Time(at)} 反馈处置结果，等待街乡认可或否决。", $"An outcome was reported at {Time(at)} and awaits the subdistrict's answer.",
        "请等待街乡认可或否决。", "Wait until it is accepted or vetoed.");

    public static Refusal NoOutcome(DepartmentCode department) => Conflict("no-outcome",
        $"部门 {department} 没有待认可的处置结果。", $"Department {department} has no outcome that awaits an answer.",
        "部门反馈处置结果后，方可认可或否决。", "Accept or veto after the department has reported.");

    public static Refusal SummonsSettled(DepartmentCode department) => Conflict("summons-settled",
        $"部门 {department} 的召集已了结。", $"The summons of department {department} is settled.",
        "已了结的召集不再变更。", "A settled summons does not change any more.");

    public static Refusal AlreadyReleased(DateTimeOffset at) => Conflict("already-released",
        $"已于 {Time(at)} 解除。", $"It was released at {Time(at)} already.",
        "无需重复解除。", "There is no need to release again.");

    public static Refusal NothingToRelease(DepartmentCode department) => Conflict("nothing-to-release",
        $"部门 {department} 为知会部门，无需解除。", $"Department {department} was only notified and has nobody to release.",
        "知会部门随哨的结束而结束。", "A notified department ends with the whistle.");

    public static Refusal LeadStays(DepartmentCode department) => Conflict("lead-stays",
        $"主责部门 {department} 的处置结果未经认可，不得解除。", $"The lead department {department} cannot be released before its outcome is accepted.",
        "请先认可其处置结果，或撤回该哨。", "Accept its outcome first, or withdraw the whistle.");

    public static Refusal ReleaseWithoutReason(DepartmentCode department) => Invalid("reason-for-release-missing",
        $"部门 {department} 的处置结果尚未认可，解除须说明理由。", $"The outcome of department {department} is not accepted; releasing it needs a reason.",
        "请填写解除理由。", "Give a reason.");

    public static Refusal SummonsesUnsettled(IEnumerable<DepartmentCode> departments) => Conflict("summonses-unsettled",
        $"以下部门的召集尚未了结：{Join("、", departments)}。", $"These departments' summonses are unsettled: {Join(", ", departments)}.",
        "每个召集的处置结果均须经认可，或已解除。", "Each needs an accepted outcome, or a release.");

    public static Refusal CrewsPresent(IEnumerable<DepartmentCode> departments) => Conflict("crews-not-released",
        $"以下部门的力量尚未解除：{Join("、", departments)}。事不完、人不撤。", $"The crews of these departments are not released: {Join(", ", departments)}. Nobody leaves unreleased.",
        "请先解除这些部门。", "Release these departments first.");

    public static Refusal OutsideGrid(double metres, double tolerance) => Conflict("outside-grid",
        $"定位点位于网格外 {Metres(metres)} 米处，超出允许误差 {Metres(Math.Floor(tolerance))} 米。", $"The position is {Metres(metres)} m outside the grid, more than the {Metres(Math.Floor(tolerance))} m of accuracy that count.",
        "请在网格内报到，或由其他单位的人员见证报到。", "Check in inside the grid, or name a witness of another organisation.");

    public static Refusal GridNotDrawn(GridCode grid) => Conflict("grid-not-drawn",
        $"现行城市配置包中已没有网格 {grid}，无法核对定位。", $"The present city pack does not draw grid {grid} any more, so a position cannot be checked against it.",
        "请由其他单位的人员见证报到。", "Name a witness of another organisation.");

    public static Refusal PositionOrWitnessMissing() => Invalid("position-or-witness-missing",
        "报到既无定位，也无见证人。", "The check-in has neither a position nor a witness.",
        "请提供网格内的定位，或填写其他单位的见证人。", "Give a position inside the grid, or a witness of another organisation.");

    public static Refusal PositionTooOld(TimeSpan age, TimeSpan most) => Conflict("position-too-old",
        $"定位于 {Seconds(age)} 秒前测得，已失效。", $"The position was measured {Seconds(age)} s ago.",
        $"请重新定位（有效期 {Seconds(most)} 秒），或由其他单位的人员见证报到。", $"Measure again, at most {Seconds(most)} s before checking in, or name a witness of another organisation.");

    public static Refusal PositionFromTheFuture(TimeSpan ahead) => Conflict("position-from-the-future",
        $"定位时间超前服务器时间 {Seconds(ahead)} 秒。", $"The position's time is {Seconds(ahead)} s ahead of the server's.",
        "请校准设备时间，或由其他单位的人员见证报到。", "Set the device's clock, or name a witness of another organisation.");

    public static Refusal WitnessOfOwnDepartment(DepartmentCode department) => Invalid("witness-of-own-department",
        $"见证人属于报到部门 {department} 本身。", $"The witness belongs to department {department} itself.",
        "见证人须属于其他单位。", "The witness must belong to another organisation.");

    public static Refusal ArrivalInThePast(DateTimeOffset arrivesAt) => Invalid("arrival-in-the-past",
        $"预计到达时间 {Time(arrivesAt)} 已过。", $"The expected arrival {Time(arrivesAt)} has passed.",
        "请填写未来的时间，或留空。", "Give a time to come, or leave it out.");

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

    private static string Join(string separator, IEnumerable<DepartmentCode> departments) => string.Join(separator, departments.Select(d => d.Text));

    private static string Metres(double metres) => Math.Ceiling(metres).ToString("0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
