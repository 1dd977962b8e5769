using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal UnknownGrid(string grid) => Unknown("unknown-grid",
        $"城市配置包中没有网格 {grid}。", $"The city pack has no grid {grid}.",
        "请使用本市的网格代码，或按位置查询所在网格。", "Use a grid code of this city, or look the grid up by position.");

    public static Refusal UnknownMatter(MatterCode matter) => Unknown("unknown-matter",
        $"城市配置包中没有事项 {matter}。", $"The city pack has no matter {matter}.",
        "请从事项清单中选择。", "Choose a matter from the list of matters.");

    public static Refusal UnknownDepartment(DepartmentCode department) => Unknown("unknown-department",
        $"城市配置包中没有部门 {department}。", $"The city pack has no department {department}.",
        "请从部门清单中选择。", "Choose a department from the list of departments.");

    public static Refusal NotYourGrid(SubdistrictCode owner) => Forbidden("not-your-grid",
        $"该网格属街乡 {owner} 管辖，仅该街乡具有召集权的人员可以吹哨。", $"This grid belongs to subdistrict {owner}; only its officers with the power to convene may whistle here.",
        $"请由街乡 {owner} 具有召集权的人员操作。", $"Let an officer of subdistrict {owner} who may convene do it.");

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
}
