using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>When the last round did not work: the second and third whistle (二次哨、三次哨), and the reopening after a revisit (回访).</summary>
internal static class RoundRules
{
    internal static ImmutableArray<GridEvent> BlowAgain(Whistle whistle, BlowAgain command, Order order, GridContext context)
    {
        Require.Own(whistle, Powers.Convene, order);
        Require.Open(whistle);
        var most = Math.Min(context.Pack.Rounds.Most, RoundLimits.MostEver);
        if (whistle.Round >= most)
            throw new RefusedException(Refuse.RoundsExhausted(most));
        if (command.Add.IsEmpty && !whistle.Summonses.Any(summons => summons.Owes))
            throw new RefusedException(Refuse.NothingToBlowAgain());
        var roles = RolesAfter(whistle, command);
        if (roles.Count > GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));
        var leads = roles.Where(entry => entry.Value == DutyRole.Lead).Select(entry => entry.Key).ToList();
        if (leads.Count != 1)
            throw new RefusedException(Refuse.ExactlyOneLead(leads.Count));
        if (whistle.IsOfDepartment)
            BlowingRules.RequireLead(leads[0], DepartmentCode.Parse(whistle.Initiator.Text), context.Pack);
        var further = new FurtherSummonses(whistle, context);
        return
        [
            new WhistleBlownAgain(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                whistle.Round + 1,
                command.Reason,
                leads[0],
                [.. Afresh(whistle, command, leads[0]).Select(department => further.Stamp(department, roles[department]))],
                further.Schedules),
        ];
    }

    internal static ImmutableArray<GridEvent> Reopen(GridState state, Whistle whistle, ReopenWhistle command, Order order, GridContext context)
    {
        Require.EndsOrCommand(whistle, order);
        if (whistle.Ending is not { } ending)
            throw new RefusedException(Refuse.WhistleStillOpen());
        if (ending.Stage != WhistleStage.Closed)
            throw new RefusedException(Refuse.NotReopenable(ending.Stage));
        var calendar = context.Pack.Calendar;
        var days = context.Pack.Rounds.ReopenWithinDays;
        if (calendar.DayOf(context.Now).DayNumber - calendar.DayOf(ending.At).DayNumber > days)
            throw new RefusedException(Refuse.ReopenTooLate(ending.At, days));
        if (whistle.Round >= RoundLimits.MostEver)
            throw new RefusedException(Refuse.RoundsExhausted(RoundLimits.MostEver));
        BlowingRules.RequireRoom(state, whistle.Level);
        var further = new FurtherSummonses(whistle, context);
        return
        [
            new WhistleReopened(
                whistle.Id,
                context.Now,
                order.By,
                order.Key,
                whistle.Round + 1,
                command.Reason,
                command.Found,
                [.. whistle.Summonses.Where(summons => summons.Role != DutyRole.Notified).Select(summons => further.Stamp(summons.Department, summons.Role))],
                whistle,
                further.Schedules),
        ];
    }

    private static Dictionary<DepartmentCode, DutyRole> RolesAfter(Whistle whistle, BlowAgain command)
    {
        var roles = whistle.Summonses.ToDictionary(summons => summons.Department, summons => summons.Role);
        var before = roles.Single(entry => entry.Value == DutyRole.Lead).Key;
        if (command.Lead is { } lead)
        {
            if (whistle.SummonsOf(lead) is null or { IsLetGo: true })
                throw new RefusedException(Refuse.DepartmentNotSummoned(lead));
            roles[before] = DutyRole.Cooperating;
            roles[lead] = DutyRole.Lead;
        }
        else if (command.Add.Any(added => added.Role == DutyRole.Lead))
        {
            roles[before] = DutyRole.Cooperating;
        }

        var seen = new HashSet<DepartmentCode>();
        foreach (var (department, role) in command.Add)
        {
            // Summoned already: only who owes nothing any more can be summoned again, only to do something, and not against a ruling.
            if (!seen.Add(department) || (whistle.SummonsOf(department) is { } summons && (summons.Owes || summons.IsLetGo || role == DutyRole.Notified)))
                throw new RefusedException(Refuse.DepartmentTwice(department));
            roles[department] = role;
        }

        return roles;
    }

    // Who still owes and is not on the spot, who is added, and a new lead that owes nothing so far.
    private static IEnumerable<DepartmentCode> Afresh(Whistle whistle, BlowAgain command, DepartmentCode lead) =>
        whistle.Summonses
            .Where(summons => summons.Owes ? !summons.CrewPresent : summons.Department == lead && command.Lead == lead && summons.Role != DutyRole.Lead)
            .Select(summons => summons.Department)
            .Union(command.Add.Select(added => added.Department));
}
