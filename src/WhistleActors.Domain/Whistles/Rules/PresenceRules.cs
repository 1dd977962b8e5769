using System.Collections.Immutable;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>On the spot: arriving, and being let go.</summary>
internal static class PresenceRules
{
    /// <summary>How far a device's clock may run ahead before its position is doubted.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    internal static ImmutableArray<GridEvent> CheckIn(Whistle whistle, CheckInCrew command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Attend, order);
        Require.Working(summons);
        if (summons.CheckIn is { } checkIn)
            throw new RefusedException(Refuse.AlreadyCheckedIn(checkIn.At));
        Require.Crew(command.Crew, summons.Department, context.Pack);
        var presence = Prove(whistle, summons, command, context);
        return AnsweringRules.WithSignature(whistle, summons, order, context, new CrewCheckedIn(
            whistle.Id,
            context.Now,
            order.By,
            order.Key,
            summons.Department,
            Late: context.Now > summons.CheckInBy,
            command.Crew ?? summons.Departure?.Crew,
            command.Headcount,
            presence));
    }

    // On the spot: a position inside the grid, or as near as the device's stated accuracy allows up to the limit; anything else needs a witness.
    private static Presence Prove(Whistle whistle, Summons summons, CheckInCrew command, GridContext context)
    {
        if (command.Witness is { } witness)
        {
            if (witness.Organisation.Text == summons.Department.Text)
                throw new RefusedException(Refuse.WitnessOfOwnDepartment(summons.Department));
            if (!Require.IsOrganisation(witness.Organisation, context.Pack))
                throw new RefusedException(Refuse.UnknownWitnessOrganisation(witness.Organisation.Text));
        }

        if (command.Fix is not { } fix)
            return Witnessed(Refuse.PositionOrWitnessMissing);

        // A position of another time proves nothing about now, and is not kept as if it did.
        var (age, limits) = (context.Now - fix.MeasuredAt, context.Pack.CheckIn);
        if (age < -ClockTolerance)
            return Witnessed(() => Refuse.PositionFromTheFuture(-age));
        if (age > limits.MaxAge)
            return Witnessed(() => Refuse.PositionTooOld(age, limits.MaxAge));

        var place = fix.Position.ToWgs84();
        if (context.Grid is not { } grid)
            return Witnessed(() => Refuse.GridNotDrawn(whistle.Id.Grid)) with { Place = place, AccuracyMetres = fix.AccuracyMetres };

        var distance = JointRules.DistanceMetres(whistle.Blowing?.Joint ?? [], grid, place, context.Pack);
        var tolerance = Math.Min(fix.AccuracyMetres, limits.MaxAccuracyMetres);
        var inside = distance <= tolerance;
        if (!inside && command.Witness is null)
            throw new RefusedException(Refuse.OutsideGrid(distance, tolerance));
        return new Presence(place, fix.AccuracyMetres, distance, inside ? null : command.Witness);

        Presence Witnessed(Func<Refusal> otherwise) => command.Witness is { } vouching
            ? new Presence(Place: null, AccuracyMetres: null, DistanceMetres: null, vouching)
            : throw new RefusedException(otherwise());
    }

    internal static ImmutableArray<GridEvent> Release(Whistle whistle, ReleaseDepartment command, Order order, GridContext context)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            Require.Judge(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        if (summons.Release is { } release)
            throw new RefusedException(Refuse.AlreadyReleased(release.At));
        if (summons.Role == DutyRole.Notified)
            throw new RefusedException(Refuse.NothingToRelease(summons.Department));
        if (summons.State != SummonsState.Settled)
        {
            if (summons.Role == DutyRole.Lead)
                throw new RefusedException(Refuse.LeadStays(summons.Department));
            if (command.Reason is null)
                throw new RefusedException(Refuse.ReleaseWithoutReason(summons.Department));
        }

        return [new DepartmentReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)];
    }
}
