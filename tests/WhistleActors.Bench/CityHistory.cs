using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Bench;

/// <summary>What happened in a city, by the rules themselves: lives of whistles, with what the departments heard of them.</summary>
/// <param name="write">Takes each event: whose it is, its number, when it happened.</param>
internal sealed class CityHistory(CityPack pack, Action<string, long, DateTimeOffset, object> write)
{
    private readonly Dictionary<GridCode, GridState> grids = [];
    private readonly Dictionary<DepartmentCode, DepartmentState> departments = [];

    /// <summary>Told of the state after each event: whose it is, the event's number. What actors keep as snapshots.</summary>
    internal Action<string, long, object>? Reached { get; init; }

    /// <summary>A whistle that stays open.</summary>
    internal WhistleId Blow(Grid grid, MatterCode matter, DateTimeOffset now) => Do(grid, Initiator(grid), now, new BlowWhistle(
        matter, WhistleOccasion.PublicDemand, WhistleLevel.Daily, WhistleChain.Service, "自来水管破裂，路面积水", null, null, null));

    /// <summary>A whistle that was a mistake.</summary>
    internal WhistleId Withdraw(Grid grid, MatterCode matter, DateTimeOffset now)
    {
        var id = Blow(grid, matter, now);
        return Do(grid, Initiator(grid), now.AddSeconds(20), new WithdrawWhistle(id, "误报"));
    }

    /// <summary>A whistle from its first to its last moment.</summary>
    internal WhistleId Live(Grid grid, MatterCode matter, DateTimeOffset now)
    {
        var id = Blow(grid, matter, now);
        var inner = grid.Area.InnerPoint();
        foreach (var summons in grids[grid.Code].Whistles[id].Summonses.Where(summons => summons.Owes))
        {
            now = now.AddSeconds(20);
            var (department, dispatcher) = (summons.Department, Officer(summons.Department.Text, Role.Dispatcher));
            Do(grid, dispatcher, now, new SignSummons(id, department));
            Do(grid, dispatcher, now, new CheckInCrew(id, department, new PositionFix(new Position(inner.Lon, inner.Lat, Datum.Wgs84), 10, now), null, null, 3));
            Do(grid, dispatcher, now, new ReportOutcome(id, department, OutcomeKind.Resolved, "已修复，恢复供水", null));
            Do(grid, Initiator(grid), now, new AcceptOutcome(id, department));
            Do(grid, Initiator(grid), now, new ReleaseDepartment(id, department, null));
        }

        return Do(grid, Initiator(grid), now, new CloseWhistle(id, null));
    }

    private WhistleId Do(Grid grid, Officer by, DateTimeOffset now, GridCommand command)
    {
        var (id, state) = ($"grid-{grid.Code}", grids.GetValueOrDefault(grid.Code) ?? GridState.Empty(grid.Code));
        if (GridRules.Decide(state, new Order(command, by), new GridContext(pack, grid, now)) is not Decision.Accepted accepted)
            throw new InvalidOperationException($"{command} was not accepted.");
        foreach (var happened in accepted.Events)
        {
            state = GridFold.Apply(state, happened);
            write(id, state.Sequence, happened.At, happened);
        }

        grids[grid.Code] = state;
        Reached?.Invoke(id, state.Sequence, state);
        var whistle = state.Whistles[accepted.Events[^1].Whistle];
        Tell(whistle, now);
        return whistle.Id;
    }

    private void Tell(Whistle whistle, DateTimeOffset now)
    {
        foreach (var summons in whistle.Summonses)
        {
            var state = departments.GetValueOrDefault(summons.Department) ?? DepartmentState.Empty(summons.Department);
            if (DepartmentRules.Hear(state, whistle.Id, HeldSummons.Of(whistle, summons), now) is not { } happened)
                continue;
            departments[summons.Department] = state = DepartmentRules.Apply(state, happened);
            write($"department-{summons.Department}", state.Version, now, happened);
            Reached?.Invoke($"department-{summons.Department}", state.Version, state);
        }
    }

    private static Officer Initiator(Grid grid) => Officer(grid.Subdistrict.Text, Role.SubdistrictOfficer);

    private static Officer Officer(string organisation, Role role) =>
        new(PersonId.Parse("zhang.san"), "张三", OrganisationCode.Parse(organisation), role);
}
