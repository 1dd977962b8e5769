using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>Who may blow a whistle, and whom it summons.</summary>
internal static class BlowingRules
{
    internal static WhistleBlown Blow(GridState state, BlowWhistle blow, Order order, GridContext context)
    {
        var grid = context.Grid ?? throw new RefusedException(Refuse.UnknownGrid(state.Grid.Text));
        if (!order.By.Holds(Powers.Convene, grid.Subdistrict.Text))
            throw new RefusedException(Refuse.NotYourGrid(grid.Subdistrict));
        if (!context.Pack.Matters.ContainsKey(blow.Matter))
            throw new RefusedException(Refuse.UnknownMatter(blow.Matter));
        RequireRoom(state, blow.Level);

        var place = blow.Place?.ToWgs84();
        if (place is { } point && grid.Area.DistanceMetres(point) is not 0 and var metres)
            throw new RefusedException(Refuse.PlaceOutsideGrid(metres));

        return new WhistleBlown(
            new WhistleId(state.Grid, state.Sequence + 1),
            context.Now,
            order.By,
            order.Key,
            grid.Subdistrict,
            grid.District,
            blow.Matter,
            blow.Occasion,
            blow.Level,
            blow.Chain,
            Round: 1,
            blow.Description,
            place,
            $"{context.Pack.Id}/{context.Pack.Version}",
            blow.ChangedProposal,
            Summon(blow, grid.District, context));
    }

    private static ImmutableArray<StampedSummons> Summon(BlowWhistle blow, DistrictCode district, GridContext context)
    {
        var proposal = DutyList.Propose(context.Pack, blow.Matter, district, context.Pack.Calendar.DayOf(context.Now));
        var proposed = proposal.Select(summons => new SummonedDepartment(summons.Department, summons.Role)).ToHashSet();
        if (blow.Summon is null && proposal.Length == 0)
            throw new RefusedException(Refuse.NoLeadProposed(blow.Matter));
        var summon = blow.Summon ?? [.. proposed];
        if (summon.Length > GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));

        var changed = !proposed.SetEquals(summon);
        var stamped = ImmutableArray.CreateBuilder<StampedSummons>(summon.Length);
        foreach (var (code, role) in summon.OrderBy(summons => summons.Role))
        {
            var department = DepartmentOf(code, district, context);
            if (stamped.Any(other => other.Department == code))
                throw new RefusedException(Refuse.DepartmentTwice(code));
            stamped.Add(Stamp(blow.Level, blow.Matter, department, role, proposal.FirstOrDefault(p => p.Department == code && p.Role == role)?.Basis, context));
        }

        var leads = stamped.Count(summons => summons.Role == DutyRole.Lead);
        if (leads != 1)
            throw new RefusedException(Refuse.ExactlyOneLead(leads));
        if (changed && blow.ChangedProposal is null)
            throw new RefusedException(Refuse.ChangeWithoutReason());
        if (!changed && blow.ChangedProposal is not null)
            throw new RefusedException(Refuse.ReasonWithoutChange());
        return stamped.ToImmutable();
    }

    internal static void RequireRoom(GridState state, WhistleLevel level)
    {
        var room = level == WhistleLevel.Emergency ? GridRules.MostOpenWhistles + GridRules.EmergencyReserve : GridRules.MostOpenWhistles;
        if (state.OpenWhistles.Count() >= room)
            throw new RefusedException(Refuse.GridFull(room));
    }

    internal static Department DepartmentOf(DepartmentCode code, DistrictCode district, GridContext context)
    {
        var department = context.Pack.Departments.GetValueOrDefault(code) ?? throw new RefusedException(Refuse.UnknownDepartment(code));
        if (department.District is { } served && served != district)
            throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, district));
        return department;
    }

    /// <summary>Summons a department under a whistle that was blown already, as the first blow would do it now.</summary>
    internal static StampedSummons Stamp(Whistle whistle, DepartmentCode code, DutyRole role, GridContext context)
    {
        var department = DepartmentOf(code, whistle.District, context);
        var basis = DutyList.Propose(context.Pack, whistle.Matter, whistle.District, context.Pack.Calendar.DayOf(context.Now))
            .FirstOrDefault(proposed => proposed.Department == code && proposed.Role == role)?.Basis;
        return Stamp(whistle.Level, whistle.Matter, department, role, basis, context);
    }

    private static StampedSummons Stamp(
        WhistleLevel level, MatterCode matter, Department department, DutyRole role, string? basis, GridContext context)
    {
        if (role == DutyRole.Notified)
            return new StampedSummons(department.Code, role, SignBy: null, CheckInBy: null, basis);
        return new StampedSummons(department.Code, role, DueAt(Clock.Sign), DueAt(Clock.CheckIn), basis);

        DateTimeOffset DueAt(Clock clock) =>
            context.Pack.Calendar.DueAt(context.Now, context.Pack.Deadlines.LimitFor(clock, level, matter, department.Kind));
    }
}
