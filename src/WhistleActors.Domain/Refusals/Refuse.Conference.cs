using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal ConferenceUndecided(int number) => Conflict("conference-undecided",
        $"第 {number} 次会商尚未作出决定。", $"Conference {number} is not decided yet.",
        "请先由召集单位作出会商决定。", "Let its chair decide it first.");

    public static Refusal NoConference() => Conflict("no-conference",
        "该哨当前没有正在进行的会商。", "This whistle has no open conference.",
        "请先由街乡或区指挥中心召集会商。", "Let the subdistrict or the command centre convene one first.");

    public static Refusal TooManyConferences(int most) => Conflict("too-many-conferences",
        $"一个哨最多会商 {most} 次。", $"A whistle has at most {most} conferences.",
        "请按已有会商决定的行动计划落实。", "Carry out the action plan that was decided.");

    public static Refusal JointTooEarly() => Conflict("joint-conference-too-early",
        "首次吹哨尚未经再次吹哨，不能升级为区级联席会议。", "The whistle is in its first round; a joint conference follows when that did not work.",
        "请先再次吹哨，或召集一般会商。", "Blow again first, or convene an ordinary conference.");

    public static Refusal MeetingInThePast(DateTimeOffset meetsAt) => Invalid("meeting-in-the-past",
        $"会商时间 {Time(meetsAt)} 已过。", $"The meeting time {Time(meetsAt)} has passed.",
        "请填写未来的时间，或留空。", "Give a time to come, or leave it out.");

    public static Refusal UnknownOrganisation(OrganisationCode organisation) => Unknown("unknown-organisation",
        $"本市没有代码为 {organisation} 的单位。", $"This city has no organisation {organisation}.",
        "请填写本市的街乡、部门或区。", "Name a subdistrict, department or district of this city.");

    public static Refusal TooManyParties(int most) => Invalid("too-many-parties",
        $"一次会商最多另行邀请 {most} 个单位。", $"At most {most} other organisations are invited to a conference.",
        "请减少另行邀请的单位。", "Invite fewer.");

    public static Refusal NotAParty(OrganisationCode organisation) => Forbidden("not-a-party",
        $"单位 {organisation} 未参加本次会商，或您不能代表该单位发言。", $"Organisation {organisation} takes no part in this conference, or you may not speak for it.",
        "请由参加单位具有召集、答复或指挥权限的人员发言。", "Let an officer of a party who may convene, answer or command speak.");

    public static Refusal NotTheChair(OrganisationCode chair) => Forbidden("not-the-chair",
        $"本次会商由 {chair} 主持，仅其具有相应权限的人员可以作出决定。", $"This conference is chaired by {chair}; only its officers with that power may decide it.",
        $"请由 {chair} 具有相应权限的人员操作。", $"Let an officer of {chair} with that power do it.");

    public static Refusal TooManyProposals(int most) => Conflict("too-many-proposals",
        $"一次会商最多提出 {most} 项措施。", $"At most {most} measures are proposed in a conference.",
        "请就已提出的措施表态，或由召集单位作出决定。", "Answer those that are proposed, or let the chair decide.");

    public static Refusal UnknownProposal(int number) => Unknown("unknown-proposal",
        $"本次会商没有第 {number} 项措施。", $"This conference has no proposal {number}.",
        "请核对措施编号。", "Check the proposal's number.");

    public static Refusal ObjectionWithoutReason() => Invalid("reason-for-objection-missing",
        "不同意该措施，但未说明理由。", "An objection is raised without a reason.",
        "请填写不同意的理由。", "Give the reason.");

    public static Refusal TaskDatePast(DateOnly day) => Invalid("task-date-past",
        $"完成日期 {Day(day)} 已过。", $"The due day {Day(day)} has passed.",
        "请填写今天或今天之后的日期。", "Give today or a later day.");

    public static Refusal TooManyTasks(int most) => Conflict("too-many-tasks",
        $"一个哨的行动计划最多 {most} 项任务。", $"The action plan of a whistle has at most {most} tasks.",
        "请合并任务。", "Merge some tasks.");

    public static Refusal UnknownTask(int number) => Unknown("unknown-task",
        $"该哨的行动计划没有第 {number} 项任务。", $"The whistle's action plan has no task {number}.",
        "请核对任务编号。", "Check the task's number.");

    public static Refusal TaskCompletedAlready(DateTimeOffset at) => Conflict("task-already-completed",
        $"该任务已于 {Time(at)} 报告完成。", $"The task was reported as done at {Time(at)} already.",
        "无需重复报告。", "There is no need to report it again.");

    public static Refusal TaskConfirmedAlready(DateTimeOffset at) => Conflict("task-already-confirmed",
        $"该任务已于 {Time(at)} 确认完成。", $"The task was confirmed at {Time(at)} already.",
        "已确认的任务不再变更。", "A confirmed task does not change any more.");

    public static Refusal TaskNotCompleted(int number) => Conflict("task-not-completed",
        $"第 {number} 项任务尚未报告完成。", $"Task {number} is not reported as done.",
        "部门报告完成后，方可确认或退回。", "Confirm it or send it back after the department has reported.");

    public static Refusal TasksOpen(IEnumerable<DepartmentCode> departments) => Conflict("tasks-open",
        $"以下部门在行动计划中尚有未确认完成的任务：{Join("、", departments)}。", $"These departments have tasks in the action plan that are not confirmed: {Join(", ", departments)}.",
        "每项任务均须报告完成并经确认。", "Each task must be reported as done and confirmed.");
}
