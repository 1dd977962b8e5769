using System.Collections.Immutable;
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

        var stamps = new ScheduleStamps(blow.Level, blow.Matter, context);
        var summonses = Summon(blow, grid.District, stamps, context);
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
            summonses,
            stamps.Schedules);
    }

    private static ImmutableArray<StampedSummons> Summon(BlowWhistle blow, DistrictCode district, ScheduleStamps stamps, GridContext context)
    {
        var proposal = DutyList.Propose(context.Pack, blow.Matter, district, context.Pack.Calendar.DayOf(context.Now), context.Precedents);
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
            var department = Require.Department(code, district, context.Pack);
            if (stamped.Any(other => other.Department == code))
                throw new RefusedException(Refuse.DepartmentTwice(code));
            stamped.Add(stamps.Stamp(department, role, proposal.FirstOrDefault(p => p.Department == code && p.Role == role)?.Basis));
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
}
