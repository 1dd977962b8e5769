using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal UnknownWitnessOrganisation(string organisation) => Unknown("unknown-witness-organisation",
        $"本市没有代码为 {organisation} 的单位。", $"This city has no organisation {organisation}.",
        "见证人须属于本市的街乡、部门或区。", "The witness must belong to a subdistrict, department or district of this city.");

    public static Refusal AlreadyCheckedIn(DateTimeOffset at) => Conflict("already-checked-in",
        $"已于 {Time(at)} 报到。", $"It checked in at {Time(at)} already.",
        "无需重复报到；请开展处置并反馈处置结果。", "There is no need to check in again; work on it and report the outcome.");

    public static Refusal NotCheckedIn(DepartmentCode department) => Conflict("not-checked-in",
        $"部门 {department} 尚未报到。", $"Department {department} has not checked in.",
        "请先在网格内报到。", "Check in inside the grid first.");

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

    public static Refusal TooManyCheckIns(int most) => Conflict("too-many-check-ins",
        $"该哨的增派报到已达 {most} 次上限。", $"This whistle has {most} further check-ins already.",
        "请在已有的报到中说明人数。", "State the headcount in a check-in that is there.");

    public static Refusal TooManyPersons(int most) => Conflict("too-many-persons",
        $"该哨登记的到场人员将超过 {most} 人上限。", $"More than {most} persons would be named under this whistle.",
        "请只登记主要人员，其余以人数说明。", "Name the main persons, and state the headcount.");

    public static Refusal NoSuchCheckIn(DepartmentCode department, int number) => Conflict("no-such-check-in",
        $"部门 {department} 没有序号为 {number} 的现行报到。", $"Department {department} has no current check-in with number {number}.",
        "请使用召集中列出的报到序号；同一力量多次报到的，以最近一次为准。", "Use a number that the summons lists; of a crew that came back, its last one.");

    public static Refusal CheckInNotNamed(int there) => Invalid("check-in-not-named",
        $"现场有 {there} 个报到，未说明是哪一个离场。", $"There are {there} check-ins on the spot; it is not said which one leaves.",
        "请填写报到序号。", "Give the number of the check-in.");

    public static Refusal AlreadyLeft(DateTimeOffset at) => Conflict("already-left",
        $"已于 {Time(at)} 离场。", $"This crew left at {Time(at)} already.",
        "返回现场后请重新报到。", "Check in again after coming back.");

    public static Refusal LastCrewStays(DepartmentCode department) => Conflict("last-crew-stays",
        $"除该力量外，部门 {department} 已无其他力量在现场。", $"Department {department} has no other crew on the spot.",
        "请解除该部门，或待其他力量到场后再解除该力量。", "Release the department, or let another crew come first.");
}
