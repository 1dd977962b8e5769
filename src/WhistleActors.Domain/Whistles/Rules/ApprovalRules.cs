using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>The approval that a level can need: before the whistle sounds, or after.</summary>
internal static class ApprovalRules
{
    /// <summary>The approval that is still needed; none when whoever blows it could give it.</summary>
    internal static ApprovalRule? Needed(WhistleLevel level, Officer by, Department? initiator, Grid grid, CityPack pack) =>
        pack.Blowing.Approvals.GetValueOrDefault(level) is { } rule && !May(rule.By, by, initiator is not null, grid.Subdistrict, grid.District) ? rule : null;

    internal static ImmutableArray<GridEvent> Approve(Whistle whistle, Order order, GridContext context)
    {
        var approval = Awaited(whistle, order);
        var approved = new WhistleApproved(whistle.Id, context.Now, order.By, order.Key, Late: context.Now > approval.Due, Summonses: null);
        if (approval.Draft is not { } draft)
            return [approved];
        var stamps = new ScheduleStamps(whistle.Level, whistle.Matter, context);
        var summonses = BlowingRules.Stamp(draft, stamps, context);
        return [approved with { Summonses = summonses, Schedules = stamps.Schedules }];
    }

    internal static ImmutableArray<GridEvent> Reject(Whistle whistle, RejectWhistle command, Order order, GridContext context)
    {
        Awaited(whistle, order);
        return [new WhistleRejected(whistle.Id, context.Now, order.By, order.Key, command.Reason)];
    }

    private static Approval Awaited(Whistle whistle, Order order)
    {
        if (!May(whistle.Blowing?.Approval?.By ?? Role.SubdistrictLeader, order.By, whistle.IsOfDepartment, whistle.Subdistrict, whistle.District))
            throw new RefusedException(Refuse.NotYourApproval());
        Require.Open(whistle);
        return whistle.Blowing?.Approval is { IsAwaited: true } approval ? approval : throw new RefusedException(Refuse.NoApprovalAwaited());
    }

    // A department binds others beyond any one subdistrict: only the command centre approves that.
    private static bool May(Role approver, Officer by, bool ofDepartment, SubdistrictCode subdistrict, DistrictCode district) =>
        (by.Role == Role.Commander && by.Holds(Powers.Approve, district.Text))
        || (approver == Role.SubdistrictLeader && !ofDepartment && by.Role == Role.SubdistrictLeader && by.Holds(Powers.Approve, subdistrict.Text));
}
