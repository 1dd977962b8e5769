using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal UnknownCrew(CrewCode crew, DepartmentCode department) => Unknown("unknown-crew",
        $"部门 {department} 没有代码为 {crew} 的力量。", $"Department {department} has no crew {crew}.",
        "请选择本部门的力量，或留空。", "Choose one of the department's crews, or leave it out.");

    public static Refusal NotYourDepartment(DepartmentCode department) => Forbidden("not-your-department",
        $"仅部门 {department} 具有相应权限的人员可以进行此操作。", $"Only officers of department {department} with that power may do this.",
        $"请由部门 {department} 具有相应权限的人员操作。", $"Let an officer of department {department} with that power do it.");

    public static Refusal DepartmentNotSummoned(DepartmentCode department) => Conflict("department-not-summoned",
        $"该哨未召集部门 {department}。", $"Department {department} was not summoned by this whistle.",
        "请选择该哨已召集的部门。", "Name a department that this whistle summoned.");

    public static Refusal AlreadySigned(DateTimeOffset at) => Conflict("already-signed",
        $"已于 {Time(at)} 签收。", $"It was signed at {Time(at)} already.",
        "无需重复签收。", "There is no need to sign again.");

    public static Refusal AlreadyDeparted(DateTimeOffset at) => Conflict("already-departed",
        $"已于 {Time(at)} 出发。", $"The crew departed at {Time(at)} already.",
        "到达网格后请及时报到。", "Check in once in the grid.");

    public static Refusal NotDeparted(DepartmentCode department) => Conflict("not-departed",
        $"部门 {department} 没有在途力量。", $"No crew of department {department} is on the way.",
        "仅能召回已出发、尚未报到的力量。", "Only a crew that has set out and not checked in can be called back.");

    public static Refusal RecallForItself(WhistleId whistle) => Invalid("recall-for-itself",
        $"不能为哨 {whistle} 召回正赶赴该哨的力量。", $"A crew that is on the way to {whistle} cannot be called back for it.",
        "请填写需要该力量的另一个紧急哨，或留空。", "Name the emergency that wants it, or none.");

    public static Refusal EmergencyKeepsCrew(WhistleId whistle) => Conflict("emergency-keeps-crew",
        $"哨 {whistle} 为紧急级，不得为其他哨召回其力量。", $"{whistle} is an emergency: its crew is not called back for another whistle.",
        "请调派其他力量，或由区指挥中心调剂。", "Send another crew, or ask the command centre for one.");

    public static Refusal NotifiedOnly(DepartmentCode department) => Conflict("notified-only",
        $"部门 {department} 仅为知会部门，不承担报到和处置义务。", $"Department {department} was only notified; it owes neither check-in nor outcome.",
        "知会部门只需签收。", "A notified department can only sign.");

    public static Refusal SummonsSettled(DepartmentCode department) => Conflict("summons-settled",
        $"部门 {department} 的召集已了结。", $"The summons of department {department} is settled.",
        "已了结的召集不再变更。", "A settled summons does not change any more.");

    public static Refusal ArrivalInThePast(DateTimeOffset arrivesAt) => Invalid("arrival-in-the-past",
        $"预计到达时间 {Time(arrivesAt)} 已过。", $"The expected arrival {Time(arrivesAt)} has passed.",
        "请填写未来的时间，或留空。", "Give a time to come, or leave it out.");
}
