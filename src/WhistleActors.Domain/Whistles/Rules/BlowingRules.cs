using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
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
    internal static GridEvent Blow(GridState state, BlowWhistle blow, Order order, GridContext context)
    {
        var grid = context.Grid ?? throw new RefusedException(Refuse.UnknownGrid(state.Grid.Text));
        var initiator = Initiator(order.By, grid, context.Pack);
        if (!context.Pack.Matters.ContainsKey(blow.Matter))
            throw new RefusedException(Refuse.UnknownMatter(blow.Matter));
        if (context.Pack.Blowing.Starters.TryGetValue(blow.Level, out var starters) && !starters.Contains(order.By.Role))
            throw new RefusedException(Refuse.LevelNotForRole());
        RequireRoom(state, blow.Level);

        var joint = JointRules.Ask(blow, grid, initiator, order, context);
        var place = blow.Place?.ToWgs84();
        if (place is { } point && JointRules.DistanceMetres(joint, grid, point, context.Pack) is not 0 and var metres)
            throw new RefusedException(Refuse.PlaceOutsideGrid(metres));

        var stamps = new ScheduleStamps(blow.Level, blow.Matter, context);
        var (draft, backstop) = Summon(blow, grid.District, joint, initiator, context);
        var approval = ApprovalRules.Needed(blow.Level, order.By, initiator, grid, context.Pack);
        var id = new WhistleId(state.Grid, state.Sequence + 1);
        var waits = approval is { Within: null };
        var summonses = waits ? draft : Stamp(draft, stamps, context);
        var blown = new WhistleBlown(
            id,
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
            waits ? null : stamps.Schedules,
            Special(new BlownAs(
                initiator is null ? null : OrganisationCode.Parse(initiator.Code.Text),
                backstop,
                blow.Exercise ?? false,
                [.. draft.Select(summons => summons.Department).Where(code => context.Pack.PartyOf(code)!.Kind == DepartmentKind.Subdistrict)],
                joint,
                blow.Exercise == true ? null : RepeatRules.Find(state, blow.Matter, place, context),
                approval?.By,
                approval?.Within is { } within ? context.Now + within : null)));
        return waits ? new WhistleProposed(id, context.Now, order.By, order.Key, blown) : blown;
    }

    internal static void RequireRoom(GridState state, WhistleLevel level)
    {
        var room = level == WhistleLevel.Emergency ? GridRules.MostOpenWhistles + GridRules.EmergencyReserve : GridRules.MostOpenWhistles;
        if (state.Whistles.Values.Count(whistle => whistle.Ending is null) >= room)
            throw new RefusedException(Refuse.GridFull(room));
    }

    /// <summary>Starts the clocks of whom a whistle summons, at the moment when it sounds.</summary>
    internal static ImmutableArray<StampedSummons> Stamp(ImmutableArray<StampedSummons> draft, ScheduleStamps stamps, GridContext context) =>
    [
        .. draft.Select(summons => stamps.Stamp(
            context.Pack.PartyOf(summons.Department) ?? throw new RefusedException(Refuse.UnknownDepartment(summons.Department)),
            summons.Role,
            summons.Basis)),
    ];

    // The subdistrict of the grid, or a department that serves it. Null is the subdistrict.
    private static Department? Initiator(Officer by, Grid grid, CityPack pack)
    {
        if (by.Holds(Powers.Convene, grid.Subdistrict.Text))
        {
            RequireDirection(WhistleDirection.SubdistrictToDepartments, pack);
            return null;
        }

        if (!pack.Blowing.DepartmentsMay
            || !DepartmentCode.TryParse(by.Organisation.Text, out var code)
            || !by.Holds(Powers.Call, code.Text)
            || pack.Departments.GetValueOrDefault(code) is not { } department)
            throw new RefusedException(Refuse.NotYourGrid(grid.Subdistrict));
        if (department.District is { } served && served != grid.District)
            throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, grid.District));
        return department;
    }

    private static (ImmutableArray<StampedSummons> Draft, bool Backstop) Summon(
        BlowWhistle blow, DistrictCode district, ImmutableArray<CoInitiator> joint, Department? initiator, GridContext context)
    {
        var proposal = DutyList.Propose(context.Pack, blow.Matter, district, context.Pack.Calendar.DayOf(context.Now), context.Precedents);
        if (initiator is not null)
            proposal = DutyList.ProposeFor(initiator.Code, proposal);
        var proposed = proposal.Select(summons => new SummonedDepartment(summons.Department, summons.Role)).ToHashSet();
        if (blow.Summon is null && proposal.Length == 0)
            throw new RefusedException(Refuse.NoLeadProposed(blow.Matter));
        var summon = blow.Summon ?? [.. proposed];
        if (summon.Length > GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));

        var changed = !proposed.SetEquals(summon);
        var draft = ImmutableArray.CreateBuilder<StampedSummons>(summon.Length);
        foreach (var (code, role) in summon.OrderBy(summons => summons.Role))
        {
            var party = context.Pack.PartyOf(code) ?? throw new RefusedException(Refuse.UnknownDepartment(code));
            if (party.District is { } served && served != district && !joint.Any(other => other.District == served))
                throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, district));
            if (party.Kind == DepartmentKind.Subdistrict && initiator is null)
                throw new RefusedException(Refuse.DirectionNotAllowed());
            if (party.Kind == DepartmentKind.Subdistrict)
                RequireDirection(WhistleDirection.DepartmentToSubdistricts, context.Pack);
            if (draft.Any(other => other.Department == code))
                throw new RefusedException(Refuse.DepartmentTwice(code));
            draft.Add(new StampedSummons(
                code, role, SignBy: null, CheckInBy: null, proposal.FirstOrDefault(p => p.Department == code && p.Role == role)?.Basis));
        }

        var leads = draft.Count(summons => summons.Role == DutyRole.Lead);
        if (leads != 1)
            throw new RefusedException(Refuse.ExactlyOneLead(leads));
        if (initiator is not null)
            RequireLead(draft[0].Department, initiator.Code, context.Pack);
        if (changed && blow.ChangedProposal is null)
            throw new RefusedException(Refuse.ChangeWithoutReason());
        if (!changed && blow.ChangedProposal is not null)
            throw new RefusedException(Refuse.ReasonWithoutChange());
        return (draft.ToImmutable(), proposal.Any(p => p.Backstop && p.Department == draft[0].Department));
    }

    // Who calls other departments leads them; only a subdistrict may carry out what a department asks for (DOMAIN 3.2).
    internal static void RequireLead(DepartmentCode lead, DepartmentCode initiator, CityPack pack)
    {
        if (lead == initiator)
            RequireDirection(WhistleDirection.DepartmentToDepartments, pack);
        else if (pack.PartyOf(lead)!.Kind != DepartmentKind.Subdistrict)
            throw new RefusedException(Refuse.LeadIsNotInitiator(initiator));
    }

    private static void RequireDirection(WhistleDirection direction, CityPack pack)
    {
        if (!pack.Blowing.Directions.Contains(direction))
            throw new RefusedException(Refuse.DirectionNotAllowed());
    }

    private static BlownAs? Special(BlownAs blown) => blown is
        { Initiator: null, Backstop: false, Exercise: false, Subdistricts: [], Joint: [], Repeat: null, Approver: null } ? null : blown;
}
