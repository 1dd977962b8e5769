using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal AlreadyDisputed(DateTimeOffset at) => Conflict("already-disputed",
        $"已于 {Time(at)} 提出退哨。", $"This summons was disputed at {Time(at)} already.",
        "每一轮吹哨只能提出一次退哨；裁定前仍须履行首接责任。", "A summons can be disputed once a round; until it is ruled the department stays bound.");

    public static Refusal DisputeWindowClosed(DateTimeOffset until) => Conflict("dispute-window-closed",
        $"退哨期限已于 {Time(until)} 届满。", $"The time for disputing ended at {Time(until)}.",
        "请继续处置；确有困难的，可提请指挥中心协调。", "Go on with the work; the command centre can help where it is hard.");

    public static Refusal InsteadOfItself(DepartmentCode department) => Invalid("instead-of-itself",
        $"部门 {department} 即提出退哨的部门。", $"Department {department} is the one that disputes.",
        "请填写另一个部门。", "Name another department.");

    public static Refusal NotYourDistrict(DistrictCode district) => Forbidden("not-your-district",
        $"该哨发生在区 {district}，仅该区指挥中心具有相应权限的人员可以进行此操作。", $"This whistle is in district {district}; only officers of its command centre with that power may do this.",
        $"请由区 {district} 指挥中心的人员操作。", $"Let an officer of the command centre of district {district} do it.");

    public static Refusal NoDispute(DepartmentCode department) => Conflict("no-dispute",
        $"部门 {department} 没有待裁定的退哨。", $"Department {department} has no dispute that awaits a ruling.",
        "部门提出退哨后，方可裁定。", "Rule after the department has disputed its summons.");

    public static Refusal InsteadMismatch(bool given) => Invalid("instead-mismatch",
        given ? "裁定不是改派，但填写了改派的部门。" : "裁定为改派，但未填写改派的部门。",
        given ? "The ruling is not 'reassigned' but names a department instead." : "The ruling is 'reassigned' but names no department instead.",
        "改派的部门仅在裁定为改派时填写，且必须填写。", "A department instead goes with 'reassigned', and only with it.");

    public static Refusal RulingWithoutBasis() => Invalid("ruling-basis-missing",
        "裁定未引用法律依据。", "The ruling cites no legal basis.",
        "请填写法律依据。", "Cite the legal basis.");

    public static Refusal AlreadyReferred(DateTimeOffset at) => Conflict("already-referred",
        $"已于 {Time(at)} 提交会商。", $"It was referred to a conference at {Time(at)} already.",
        "会商后请作出维持或改派的裁定。", "Uphold or reassign after the conference.");

    public static Refusal DepartmentAlreadySummoned(DepartmentCode department) => Conflict("department-already-summoned",
        $"部门 {department} 已在该哨的召集之列，不能再接替该角色。", $"This whistle summoned department {department} already; it cannot take that place.",
        "请改派其他部门，或维持原召集。", "Reassign to another department, or uphold the summons.");

    public static Refusal NoSubstitute(DepartmentCode department) => Conflict("no-substitute",
        $"职责清单没有为部门 {department} 在该事项上指定替补部门。", $"The duty list names no substitute of department {department} for this matter.",
        "可借调同类部门的力量，或再次吹哨增加部门。", "Borrow a crew of the same bureau, or blow again and add a department.");

    public static Refusal SubstituteAlreadySummoned(DepartmentCode substitute) => Conflict("substitute-already-summoned",
        $"替补部门 {substitute} 已在该哨的召集之列。", $"This whistle has summoned the substitute {substitute} already.",
        "请等待其到场，或调整其派单先后。", "Wait for it, or change its priority.");

    public static Refusal DisputesOpen(IEnumerable<DepartmentCode> departments) => Conflict("dispute-open",
        $"以下部门的退哨尚未裁定：{Join("、", departments)}。", $"The disputes of these departments are not ruled: {Join(", ", departments)}.",
        "请先由区指挥中心裁定。", "Let the district's command centre rule first.");
}
