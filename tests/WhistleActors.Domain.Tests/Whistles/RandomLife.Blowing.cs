using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    // By a department, jointly, as an exercise; rightly and wrongly.
    private (GridCommand, Officer) Specially(BlowWhistle blow)
    {
        switch (chance.Next(12))
        {
            case 0:
                return (blow with { ChangedProposal = null, Summon = null }, TestCity.Dispatcher(Pick([TestCity.Urban, TestCity.Water, TestCity.FarUrban])));
            case 1:
                return (blow with
                {
                    Summon = [new SummonedDepartment(TestCity.DonghuamenAsParty, DutyRole.Lead), new SummonedDepartment(TestCity.Water, DutyRole.Cooperating)],
                    ChangedProposal = "防汛",
                }, TestCity.Dispatcher(TestCity.Urban));
            case 2:
                return (blow with
                {
                    Summon = [new SummonedDepartment(Pick([TestCity.Water, TestCity.Urban]), DutyRole.Lead), new SummonedDepartment(TestCity.DonghuamenAsParty, DutyRole.Cooperating)],
                    ChangedProposal = "防汛",
                }, TestCity.Dispatcher(TestCity.Urban));
            case 3 or 4 or 5:
                return (blow with { JointGrids = JointGrids() }, chance.Next(12) == 0 ? TestCity.Dispatcher(TestCity.Urban) : TestCity.Street);
            case 6:
                return (blow with { Exercise = true }, TestCity.Street);
            case 7:
                return (blow, TestCity.Leader);
            default:
                return (blow, TestCity.Street);
        }
    }

    private ImmutableArray<GridCode> JointGrids() => chance.Next(12) switch
    {
        0 => [TestCity.Home],
        1 => [TestCity.Far],
        2 => [GridCode.Parse("999")],
        3 => [TestCity.Border, TestCity.Border],
        4 => [TestCity.Border, TestCity.Next, TestCity.Other, TestCity.Far, TestCity.Home, GridCode.Parse("999")],
        5 => [TestCity.Next, TestCity.Border],
        _ => [TestCity.Border],
    };

    private (GridCommand, Officer)? AboutSounding(Whistle whistle, WhistleId id, ImmutableArray<Whistle> all)
    {
        if (whistle.Blowing?.Approval is { IsAwaited: true } && chance.Next(3) == 0)
        {
            var approver = whistle.Level == WhistleLevel.Campaign && !whistle.IsOfDepartment && chance.Next(3) != 0 ? TestCity.Leader : TestCity.Command;
            return chance.Next(3) == 0 ? (new RejectWhistle(id, "非本级职责"), approver) : (new ApproveWhistle(id), approver);
        }

        if (whistle.Blowing?.Joint.Any(other => other.Subdistrict == TestCity.Jianwai) == true && chance.Next(4) == 0)
            return chance.Next(3) == 0 ? (new DeclineWhistle(id, "不在本辖区"), TestCity.BorderStreet) : (new JoinWhistle(id), TestCity.BorderStreet);
        return chance.Next(60) switch
        {
            0 => (new ApproveWhistle(id), chance.Next(2) == 0 ? TestCity.Leader : TestCity.Command),
            1 => (new RejectWhistle(id, "非本级职责"), TestCity.Command),
            2 => (chance.Next(2) == 0 ? new JoinWhistle(id) : new DeclineWhistle(id, "不在本辖区"), TestCity.BorderStreet),
            3 => (new AddReport(id, "又有人反映", chance.Next(2) == 0 ? null : PositionOf(Spot(), Datum.Gcj02)), chance.Next(3) == 0 ? TestCity.Command : TestCity.Street),
            4 or 5 => (new MergeWhistle(id, Into(all), "同一处漏水"), EnderOf(whistle)),
            _ => null,
        };
    }

    private WhistleId Into(ImmutableArray<Whistle> all) => chance.Next(10) == 0 ? new WhistleId(TestCity.Next, 1) : Pick(all).Id;

    private Officer JudgeOf(WhistleId id, DepartmentCode department) =>
        State.Whistles.GetValueOrDefault(id) is { } whistle ? JudgeOf(whistle, department) : TestCity.Street;

    private Officer JudgeOf(Whistle whistle, DepartmentCode department)
    {
        if (whistle.IsOfDepartment && whistle.Initiator.Text != department.Text && chance.Next(8) != 0)
            return TestCity.Dispatcher(DepartmentCode.Parse(whistle.Initiator.Text));
        if (whistle.IsOfDepartment && chance.Next(3) == 0)
            return chance.Next(3) == 0 ? TestCity.Dispatcher(department) : TestCity.Command;
        return whistle.HasJoined(TestCity.Jianwai) && chance.Next(2) == 0 ? TestCity.BorderStreet : TestCity.Street;
    }

    private Officer InitiatorOf(Whistle whistle) =>
        whistle.IsOfDepartment ? TestCity.Dispatcher(DepartmentCode.Parse(whistle.Initiator.Text))
        : whistle.HasJoined(TestCity.Jianwai) && chance.Next(3) == 0 ? TestCity.BorderStreet
        : TestCity.Street;

    private Officer EnderOf(Whistle whistle) =>
        !whistle.IsOfDepartment ? TestCity.Street
        : chance.Next(4) == 0 ? TestCity.Dispatcher(DepartmentCode.Parse(whistle.Initiator.Text))
        : chance.Next(2) == 0 ? TestCity.Street : TestCity.Command;

    private static Officer AnswererOf(DepartmentCode department) =>
        department == TestCity.DonghuamenAsParty ? TestCity.Street : TestCity.Dispatcher(department);
}
