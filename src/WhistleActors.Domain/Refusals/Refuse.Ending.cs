using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal SummonsesUnsettled(IEnumerable<DepartmentCode> departments) => Conflict("summonses-unsettled",
        $"以下部门的召集尚未了结：{Join("、", departments)}。", $"These departments' summonses are unsettled: {Join(", ", departments)}.",
        "每个召集的处置结果均须经认可，或已解除。", "Each needs an accepted outcome, or a release.");

    public static Refusal CrewsPresent(IEnumerable<DepartmentCode> departments) => Conflict("crews-not-released",
        $"以下部门的力量尚未解除：{Join("、", departments)}。事不完、人不撤。", $"The crews of these departments are not released: {Join(", ", departments)}. Nobody leaves unreleased.",
        "请先解除这些部门。", "Release these departments first.");
}
