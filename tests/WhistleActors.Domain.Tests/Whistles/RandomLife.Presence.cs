using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    private (Func<Summons, bool> Fits, Func<DepartmentCode, (GridCommand, Officer)> Ask) ComingAndGoing(WhistleId id) => chance.Next(11) switch
    {
        0 => (s => s is { Owes: true, Signature: null, Role: DutyRole.Cooperating }, d => (new ReleaseDepartment(id, d, "无需到场"), JudgeOf(id, d))),
        < 5 => (s => s is { Owes: true, CheckIn: not null }, d => (ACheckIn(id, d), SomeoneOf(d))),
        < 8 => (s => s.CheckIn is not null, d => (new LeaveSite(id, d, ANumber(), chance.Next(2) == 0 ? "去取设备" : null), SomeoneOf(d))),
        _ => (s => s.BoundCheckIns().Count() > 1, d => (
            new ReleaseCrew(id, d, ANumber() ?? 1, chance.Next(3) == 0 ? null : "另有任务"),
            Pick([JudgeOf(id, d), JudgeOf(id, d), TestCity.Command, TestCity.OtherStreet]))),
    };

    private int? ANumber() => chance.Next(3) == 0 ? null : chance.Next(1, 4);

    private ImmutableArray<Attendee>? Persons() =>
        chance.Next(3) != 0 ? null : [.. Enumerable.Range(0, chance.Next(1, 3)).Select(i => new Attendee($"队员{i}", i == 0 ? "队长" : null))];
}
