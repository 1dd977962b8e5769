using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    private (Func<Summons, bool> Fits, Func<DepartmentCode, (GridCommand, Officer)> Ask) Disputing(WhistleId id) => chance.Next(2) == 0
        ? (s => s is { Owes: true, Outcome: null, Dispute: null },
            d => (new DisputeSummons(id, d, "不属我单位职责", chance.Next(3) == 0 ? Another() : null), AnswererOf(d)))
        : (s => s.Dispute is { IsOpen: true }, d => (ARuling(id, d), TestCity.Command));

    private RuleDispute ARuling(WhistleId id, DepartmentCode department)
    {
        var kind = Pick([RulingKind.Upheld, RulingKind.Reassigned, RulingKind.Reassigned, RulingKind.Referred]);
        return new RuleDispute(
            id,
            department,
            kind,
            "经核实",
            chance.Next(10) == 0 ? null : "供水条例第十二条",
            (kind == RulingKind.Reassigned) == (chance.Next(12) != 0) ? Another() : null);
    }

    private DepartmentCode Another() => chance.Next(12) == 0 ? DepartmentCode.Parse("atlantis") : Pick(Departments);
}
