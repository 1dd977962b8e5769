using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>Who comes where a department cannot (替补), as the duty list names it.</summary>
public static class SubstituteRules
{
    /// <summary>Who may be called for a department of a whistle now; null when the duty list names nobody, or that one has its part already.</summary>
    public static DepartmentCode? Callable(Whistle whistle, DepartmentCode department, CityPack pack, DateTimeOffset now) =>
        Named(whistle, department, pack, now) is { } substitute && MayCome(whistle, substitute) ? substitute : null;

    internal static ImmutableArray<GridEvent> Call(Whistle whistle, CallSubstitute command, Order order, GridContext context)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            throw new RefusedException(Refuse.NotYourDistrict(whistle.District));
        var summons = Require.OfOpen(whistle, command.Department);
        Require.Working(summons);
        if (Named(whistle, summons.Department, context.Pack, context.Now) is not { } substitute)
            throw new RefusedException(Refuse.NoSubstitute(summons.Department));
        if (!MayCome(whistle, substitute))
            throw new RefusedException(Refuse.SubstituteAlreadySummoned(substitute));
        if (whistle.SummonsOf(substitute) is null && whistle.Summonses.Length >= GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));

        // It cooperates: there is one lead at any time, and the department is bound as before.
        var further = new FurtherSummonses(whistle, context);
        var summoned = further.Stamp(substitute, DutyRole.Cooperating);
        return [new SubstituteCalled(whistle.Id, context.Now, order.By, order.Key, summons.Department, summoned, command.Reason, further.Schedules)];
    }

    private static DepartmentCode? Named(Whistle whistle, DepartmentCode department, CityPack pack, DateTimeOffset now) =>
        DutyList.SubstituteOf(pack, whistle.Matter, whistle.District, pack.Calendar.DayOf(now), department);

    // Who was only told can come; who was let go by a ruling does not come back.
    private static bool MayCome(Whistle whistle, DepartmentCode substitute) =>
        whistle.SummonsOf(substitute) is null or { Role: DutyRole.Notified, Release: null };
}
