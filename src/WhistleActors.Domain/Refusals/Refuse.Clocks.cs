using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal AlreadyContacted(DateTimeOffset at) => Conflict("already-contacted",
        $"已于 {Time(at)} 联系街乡或到达现场。", $"The department was in contact, or on the spot, at {Time(at)} already.",
        "无需重复联系。", "There is no need to do so again.");

    public static Refusal TooManyMeasures(int most) => Conflict("too-many-measures",
        $"一个召集最多记录 {most} 项现场措施。", $"A summons holds at most {most} measures on the spot.",
        "请将其余措施写入处置结果或书面反馈。", "Put further measures into the outcome or the written report.");

    public static Refusal ReportAlreadyFiled(DateTimeOffset at) => Conflict("report-already-filed",
        $"已于 {Time(at)} 提交书面反馈。", $"The written report was filed at {Time(at)} already.",
        "无需重复提交。", "There is no need to file it again.");

    public static Refusal ReportsMissing(IEnumerable<DepartmentCode> departments) => Conflict("reports-missing",
        $"以下部门尚未提交书面反馈：{Join("、", departments)}。", $"These departments have not filed their written report: {Join(", ", departments)}.",
        "本市对该事项规定了书面反馈时限，请待部门提交后再办结。", "The city set a time limit for written reports in this matter; close after they are filed.");

    public static Refusal ClockNotRunning(DepartmentCode department, Clock clock) => Conflict("clock-not-running",
        $"部门 {department} 的{NameZh(clock)}时限未设定、已履行、已到期或已不再适用。", $"Department {department} has no {NameEn(clock)} clock that runs: it was not set, was answered, ran out, or does not bind any more.",
        "仅可对尚在计时的时限申请延期。", "Only a clock that runs can be extended.");

    public static Refusal ExtensionAlreadyRequested(DateTimeOffset at) => Conflict("extension-already-requested",
        $"已于 {Time(at)} 申请延期，尚未批复。", $"An extension was asked for at {Time(at)} and is not decided.",
        "请等待批复。", "Wait for the decision.");

    public static Refusal NoExtensionRequested(DepartmentCode department) => Conflict("no-extension-requested",
        $"部门 {department} 没有待批复的延期申请。", $"Department {department} has asked for no extension that awaits a decision.",
        "部门申请延期后，方可批复。", "Decide after the department has asked.");

    public static Refusal ExtensionNotLater(DateTimeOffset until, DateTimeOffset bound) => Invalid("extension-not-later",
        $"延期至 {Time(until)} 不晚于 {Time(bound)}。", $"The extension to {Time(until)} is not later than {Time(bound)}.",
        "新的时限须晚于现有时限和当前时间。", "The new end must be later than the present one, and than now.");

    public static Refusal TooManyDelays(int most) => Conflict("too-many-delays",
        $"延期和挂账各最多申请 {most} 次。", $"Extensions and suspensions can be asked for at most {most} times each.",
        "请与街乡会商解决。", "Confer with the subdistrict.");

    public static Refusal DateTooFar(DateOnly day, DateOnly farthest) => Invalid("date-too-far",
        $"日期 {Day(day)} 过远。", $"The day {Day(day)} is too far away.",
        $"请填写不晚于 {Day(farthest)} 的日期。", $"Give a day not after {Day(farthest)}.");

    public static Refusal SuspensionAlreadyRequested(DateTimeOffset at) => Conflict("suspension-already-requested",
        $"已于 {Time(at)} 申请挂账，尚未批复。", $"A suspension was asked for at {Time(at)} and is not decided.",
        "请等待批复。", "Wait for the decision.");

    public static Refusal NoSuspensionRequested(DepartmentCode department) => Conflict("no-suspension-requested",
        $"部门 {department} 没有待批复的挂账申请。", $"Department {department} has asked for no suspension that awaits a decision.",
        "部门申请挂账后，方可批复。", "Decide after the department has asked.");

    public static Refusal SummonsSuspended(DateOnly until) => Conflict("summons-suspended",
        $"该召集已挂账至 {Day(until)}，各项时限暂停计时。", $"The summons is suspended through {Day(until)}; its clocks stand still.",
        "请待挂账期满，或先解除挂账。", "Wait until it ends, or end the suspension first.");

    public static Refusal NotSuspended(DepartmentCode department) => Conflict("not-suspended",
        $"部门 {department} 的召集未处于挂账状态。", $"The summons of department {department} is not suspended.",
        "仅可解除正在进行的挂账。", "Only a suspension that holds can be ended.");

    public static Refusal SuspensionDatePast(DateOnly day) => Invalid("suspension-date-past",
        $"挂账截止日期 {Day(day)} 已过。", $"The last day of the suspension, {Day(day)}, has passed.",
        "请填写今天或以后的日期。", "Give today or a later day.");

    private static string NameZh(Clock clock) => clock switch
    {
        Clock.Sign => "签收",
        Clock.Contact => "联系",
        Clock.CheckIn => "报到",
        Clock.Measures => "现场措施",
        Clock.Disposal => "处置",
        _ => "书面反馈",
    };

    private static string NameEn(Clock clock) => clock switch
    {
        Clock.Sign => "sign",
        Clock.Contact => "contact",
        Clock.CheckIn => "check-in",
        Clock.Measures => "measures",
        Clock.Disposal => "disposal",
        _ => "report",
    };
}
