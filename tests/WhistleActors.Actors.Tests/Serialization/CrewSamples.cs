using System.Collections.Immutable;
using WhistleActors.Actors.Crews;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>The part of <see cref="Samples"/> about orders to crews.</summary>
internal static class CrewSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 10, 0, 0, 123, TimeSpan.FromHours(8));
    private static readonly WhistleId Id = new(GridCode.Parse("99010100100101"), 7);
    private static readonly DepartmentCode Roads = DepartmentCode.Parse("990101-roads");
    private static readonly DepartmentCode Elsewhere = DepartmentCode.Parse("990102-roads");
    private static readonly CrewCode Crew = CrewCode.Parse("roads-1");
    private static readonly Officer Wang = new(PersonId.Parse("wang"), "王强", OrganisationCode.Parse("990101-roads"), Role.Dispatcher) { Powers = Powers.Answer };

    /// <summary>A department of which everything was ordered.</summary>
    internal static DepartmentCrews Everything { get; } = new(
        Automatic: true,
        ImmutableDictionary<CrewCode, CrewAssignment>.Empty.Add(Crew, new CrewAssignment(Id, At, Wang, "近")),
        ImmutableDictionary<CrewCode, CrewDuty>.Empty.Add(Crew, new CrewDuty(OnDuty: false, At.AddHours(2), At, Wang, "车坏了")),
        ImmutableDictionary<WhistleId, int>.Empty.Add(Id, -30),
        ImmutableDictionary<CrewCode, CrewLoan>.Empty.Add(Crew, new CrewLoan(Elsewhere, At.AddHours(3), At, Wang, "积水")),
        new Throttle([WhistleLevel.Daily, WhistleLevel.Campaign], At.AddHours(1), At, By: null, "暴雨"));

    /// <summary>By manifest.</summary>
    internal static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["crew-assigned.1"] = new CrewAssigned(At, Wang, Crew, Id, "近"),
        ["crew-unassigned.1"] = new CrewUnassigned(At, Wang, Crew, Id, "改派"),
        ["crew-duty-changed.1"] = new CrewDutyChanged(At, Wang, Crew, OnDuty: true, At.AddHours(2), Reason: null),
        ["allocation-mode-set.1"] = new AllocationModeSet(At, Wang, Automatic: true),
        ["summons-prioritised.1"] = new SummonsPrioritised(At, Wang, Id, 60, "学校门口"),
        ["levels-throttled.1"] = new LevelsThrottled(At, Wang, [WhistleLevel.Daily], At.AddHours(1), "暴雨"),
        ["crew-lent.1"] = new CrewLent(At, Wang, Crew, Elsewhere, At.AddHours(3), "积水"),
        ["crew-returned.1"] = new CrewReturned(At, Wang, Crew, "本区告急"),
        ["give-crew-order.1"] = new GiveCrewOrder(Roads, new CrewOrder(new AssignCrew(Crew, Id), By: null)),
        ["crews.1"] = new PublishedCrews(Roads, 12, Everything),
    };

    /// <summary>An order about crews of every kind.</summary>
    internal static IReadOnlyList<GiveCrewOrder> Orders { get; } =
    [
        (GiveCrewOrder)All["give-crew-order.1"],
        .. ((CrewCommand[])
        [
            new AssignCrew(Crew, Id, "顺路", [new WhistleId(Id.Grid, 8)]),
            new UnassignCrew(Crew, "改派"),
            new SetCrewDuty(Crew, OnDuty: true, At),
            new SetAllocationMode(Automatic: true),
            new PrioritiseSummons(Id, 60, "学校门口"),
            new ThrottleLevels([WhistleLevel.Daily], At, "暴雨"),
            new LendCrew(Crew, Elsewhere, At, "积水"),
            new ReturnCrew(Crew),
        ]).Select(command => new GiveCrewOrder(Roads, new CrewOrder(command, Wang))),
    ];
}
