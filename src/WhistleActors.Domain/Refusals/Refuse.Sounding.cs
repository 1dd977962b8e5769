using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal DirectionNotAllowed() => Forbidden("direction-not-allowed",
        "本市未开通这一吹哨方向。", "This city does not allow whistles in this direction.",
        "请按城市配置包规定的吹哨方向召集。", "Summon in one of the directions that the city pack allows.");

    public static Refusal LevelNotForRole() => Forbidden("level-not-for-role",
        "您的角色不能发起该级别的哨。", "Your role may not start a whistle of this level.",
        "请由城市配置包规定的角色发起，或改用其他级别。", "Let a role start it that the city pack names for this level, or choose another level.");

    public static Refusal LeadIsNotInitiator(DepartmentCode initiator) => Invalid("lead-is-not-initiator",
        $"部门 {initiator} 吹哨召集其他部门，须由其自身主责；或由街乡落实。", $"Department {initiator} whistles for others: it leads itself, or a subdistrict does.",
        $"请以部门 {initiator} 或街乡为主责。", $"Name department {initiator} or a subdistrict as the lead.");

    public static Refusal JointByDepartment() => Invalid("joint-by-department",
        "联合吹哨只能由街乡发起。", "Only subdistricts blow a whistle together.",
        "请删除 jointGrids，或由街乡吹哨。", "Leave jointGrids out, or let the subdistrict whistle.");

    public static Refusal TooManyJointGrids(int most) => Invalid("too-many-joint-grids",
        $"一个哨最多联合 {most} 个其他网格。", $"A whistle joins at most {most} other grids.",
        "请减少联合的网格。", "Name fewer joint grids.");

    public static Refusal JointGridTwice(GridCode grid) => Invalid("joint-grid-twice",
        $"网格 {grid} 重复列出，或就是吹哨所在的网格。", $"Grid {grid} is listed twice, or is the grid of the whistle itself.",
        "每个其他网格只能列出一次。", "List each other grid once.");

    public static Refusal UnknownJointGrid(GridCode grid) => Unknown("unknown-joint-grid",
        $"城市配置包中没有网格 {grid}。", $"The city pack has no grid {grid}.",
        "请使用本市的网格代码。", "Use grid codes of this city.");

    public static Refusal JointGridApart(GridCode grid) => Invalid("joint-grid-apart",
        $"网格 {grid} 与吹哨所在网格不相邻。", $"Grid {grid} does not meet the grid of the whistle.",
        "只能联合相邻的网格。", "Join grids that meet at the boundary.");

    public static Refusal NotSounded() => Conflict("whistle-not-sounded",
        "该哨尚待审批，还没有吹响。", "This whistle waits for its approval and has not sounded.",
        "请先审批，或撤回。", "Approve it first, or withdraw it.");

    public static Refusal NotYourApproval() => Forbidden("not-your-approval",
        "您不能审批该哨。", "You may not approve this whistle.",
        "街乡吹的哨由本街乡领导或区指挥中心审批，部门吹的哨由区指挥中心审批。",
        "A subdistrict's whistle is approved by its leader or the district's command centre, as the city pack says; a department's by the command centre.");

    public static Refusal NoApprovalAwaited() => Conflict("no-approval-awaited",
        "该哨无需审批，或已经审批。", "This whistle needs no approval, or it was decided already.",
        "无需再次审批。", "There is nothing to decide.");

    public static Refusal ApprovalAwaited(DateTimeOffset due) => Conflict("approval-awaited",
        $"该哨先行吹响，尚待补批（期限 {Time(due)}）。", $"This whistle sounded first and still awaits its approval (until {Time(due)}).",
        "请先完成补批。", "Have it approved or rejected first.");

    public static Refusal NotACoInitiator() => Forbidden("not-a-co-initiator",
        "您所在街乡未受邀联合吹哨，或您没有召集权。", "Your subdistrict was not asked to join this whistle, or you may not convene.",
        "请由受邀街乡具有召集权的人员操作。", "Let an officer of a subdistrict that was asked do it, one who may convene.");

    public static Refusal AlreadyJoined(DateTimeOffset at) => Conflict("already-joined",
        $"已于 {Time(at)} 加入联合吹哨。", $"The subdistrict joined at {Time(at)} already.",
        "无需重复加入；加入后不能再谢绝。", "There is no need to join again; having joined, it cannot decline.");

    public static Refusal AlreadyDeclined(DateTimeOffset at) => Conflict("already-declined",
        $"已于 {Time(at)} 谢绝联合吹哨。", $"The subdistrict declined at {Time(at)} already.",
        "无需重复谢绝；仍可加入。", "There is no need to decline again; it may still join.");

    public static Refusal OwnWhistle(DepartmentCode department) => Forbidden("own-whistle",
        $"部门 {department} 不得评判自身的处置结果，也不得结束自己吹的哨。", $"Department {department} neither judges its own outcome nor ends its own whistle.",
        "请由网格所属街乡或区指挥中心操作。", "Let the grid's subdistrict or the district's command centre do it.");

    public static Refusal MergeIntoItself() => Invalid("merge-into-itself",
        "不能将哨并入其自身。", "A whistle cannot be merged into itself.",
        "请选择同一网格中另一个未结束的哨。", "Name another open whistle of the same grid.");

    public static Refusal MergeAcrossGrids() => Invalid("merge-across-grids",
        "只能并入同一网格的哨。", "A whistle can be merged only into one of the same grid.",
        "请选择同一网格的哨；其他网格的情况可作为反映并入。", "Name a whistle of the same grid; what belongs to another grid's whistle can be added there as a report.");

    public static Refusal MergeTargetNotOpen(WhistleId whistle) => Conflict("merge-target-not-open",
        $"哨 {whistle} 不存在、尚未吹响或已结束。", $"Whistle {whistle} does not exist, has not sounded, or has ended.",
        "请选择同一网格中未结束的哨。", "Name an open whistle of the same grid.");

    public static Refusal MergeOfExercise() => Conflict("merge-of-exercise",
        "演练哨与实战哨不能合并。", "An exercise and a real whistle cannot be merged.",
        "请并入同类的哨。", "Merge an exercise into an exercise, a real one into a real one.");

    public static Refusal MergeTargetFull(int most) => Conflict("merge-target-full",
        $"该哨已并入 {most} 个哨。", $"That whistle has taken in {most} others already.",
        "请撤回重复的哨，或作为反映并入。", "Withdraw the whistle that is one too many, or add it as a report.");
}
