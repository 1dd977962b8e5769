using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    /// <summary>What was ruled in the city before.</summary>
    public Precedents Precedents { get; init; } = Precedents.None;

    public Story Dispute(DepartmentCode department, DepartmentCode? instead = null) => Do(ADispute(department, instead), TestCity.Dispatcher(department));

    public Story Refer(DepartmentCode department) => Do(AReferral(department), TestCity.Command);

    public Story Uphold(DepartmentCode department) => Do(AnUphold(department), TestCity.Command);

    public Story Reassign(DepartmentCode department, DepartmentCode instead) => Do(AReassignment(department, instead), TestCity.Command);

    public DisputeSummons ADispute(DepartmentCode department, DepartmentCode? instead = null) => new(Id, department, "不属我单位职责", instead);

    public RuleDispute AReferral(DepartmentCode department) => new(Id, department, RulingKind.Referred, "权属不清，先行会商", null, null);

    public RuleDispute AnUphold(DepartmentCode department) => new(Id, department, RulingKind.Upheld, "属其职责", "供水条例第十二条", null);

    public RuleDispute AReassignment(DepartmentCode department, DepartmentCode instead) =>
        new(Id, department, RulingKind.Reassigned, "应由另一部门承担", "市容条例第三十条", instead);
}
