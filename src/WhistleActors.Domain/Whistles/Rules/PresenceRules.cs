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
        var crew = command.Crew ?? (summons.CheckIn is null ? summons.Departure?.Crew : null);
        if (summons.CurrentCheckIns().Select(current => current.CheckIn).FirstOrDefault(checkIn =>
                checkIn is { Left: null, Released: null } && checkIn.IsOfSameCrewAs(crew, order.By.Person)) is { } there)
            throw new RefusedException(Refuse.AlreadyCheckedIn(there.At));
        Require.Crew(command.Crew, summons.Department, context.Pack);
        RequireRoom(whistle, summons, command);
        var presence = Prove(whistle, summons, command, context);
        var postedTo = crew is { } code ? context.Pack.Crews.GetValueOrDefault(code)?.PostedTo : null;
        if (summons.CheckIn is not null)
            return
            [
                new CrewJoined(
                    whistle.Id,
                    context.Now,
                    order.By,
                    order.Key,
                    summons.Department,
                    summons.CheckIns.Length + 1,
                    crew,
                    command.Headcount,
                    presence,
                    command.Persons,
                    postedTo),
            ];
        return AnsweringRules.WithSignature(whistle, summons, order, context, new CrewCheckedIn(
            whistle.Id,
            context.Now,
            order.By,
            order.Key,
            summons.Department,
            Late: context.Now > summons.CheckInBy,
            crew,
            command.Headcount,
            presence,
            command.Persons,
            postedTo));
    }

    // The first check-in of a department is owed, and never refused for want of room.
    private static void RequireRoom(Whistle whistle, Summons summons, CheckInCrew command)
    {
        if (summons.CheckIn is not null && whistle.Summonses.Sum(other => other.Attendance?.Further.Length ?? 0) >= Attendance.MostFurtherCheckIns)
            throw new RefusedException(Refuse.TooManyCheckIns(Attendance.MostFurtherCheckIns));
        if (command.Persons is not { } persons)
            return;
        var named = whistle.Summonses.SelectMany(other => other.CheckIns).Sum(checkIn => checkIn.Persons?.Length ?? 0);
        if (named + persons.Length > Attendance.MostPersons)
            throw new RefusedException(Refuse.TooManyPersons(Attendance.MostPersons));
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
        var bound = whistle.SummonsOf(command.Department)?.BoundCheckIns().Select(current => current.CheckIn).ToList() ?? [];
        if (!(bound.Count > 0 && bound.TrueForAll(checkIn => IsPostedWith(checkIn, order))))
            Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
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

    internal static ImmutableArray<GridEvent> ReleaseCrew(Whistle whistle, ReleaseCrew command, Order order, GridContext context)
    {
        var current = whistle.SummonsOf(command.Department)?.CurrentCheckIns().FirstOrDefault(current => current.Number == command.CheckIn).CheckIn;
        if (current is null || !IsPostedWith(current, order))
            Require.JudgeOrCommand(whistle, command.Department, Powers.Convene, order);
        var summons = Require.OfOpen(whistle, command.Department);
        if (current is null)
            throw new RefusedException(Refuse.NoSuchCheckIn(summons.Department, command.CheckIn));
        if ((current.Released ?? summons.Release) is { } release)
            throw new RefusedException(Refuse.AlreadyReleased(release.At));
        if (!summons.CrewPresent)
            throw new RefusedException(Refuse.AlreadyReleased(summons.Outcome!.Acceptance!.At));
        if (command.Reason is null && summons.State != SummonsState.Settled)
            throw new RefusedException(Refuse.ReleaseWithoutReason(summons.Department));
        if (!summons.BoundCheckIns().Any(other => other.Number != command.CheckIn && other.CheckIn.Left is null))
            throw new RefusedException(Refuse.LastCrewStays(summons.Department));
        return [new CrewReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.CheckIn, current.Crew, command.Reason)];
    }

    // A subdistrict has a say over the crews that are posted to it, wherever they were called to.
    private static bool IsPostedWith(CheckIn checkIn, Order order) => checkIn.PostedTo is { } post && order.By.Holds(Powers.Convene, post.Text);

    // Leaving cannot be prevented; what matters is that it shows when nobody had let the crew go.
    internal static ImmutableArray<GridEvent> Leave(Whistle whistle, LeaveSite command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Attend, order);
        if (summons.CheckIn is null)
            throw new RefusedException(Refuse.NotCheckedIn(summons.Department));
        var number = command.CheckIn ?? OwnOrOnly(summons, order);
        var current = summons.CurrentCheckIns().FirstOrDefault(current => current.Number == number).CheckIn
            ?? throw new RefusedException(Refuse.NoSuchCheckIn(summons.Department, number));
        if (current.Left is { } left)
            throw new RefusedException(Refuse.AlreadyLeft(left.At));
        var unreleased = summons.BoundCheckIns().Any(bound => bound.Number == number);
        return [new CrewLeft(whistle.Id, context.Now, order.By, order.Key, summons.Department, number, current.Crew, unreleased, command.Reason)];
    }

    private static int OwnOrOnly(Summons summons, Order order)
    {
        var there = summons.CurrentCheckIns().Where(current => current.CheckIn.Left is null).ToList();
        var own = there.Where(current => current.CheckIn.By.Person == order.By.Person).ToList();
        return own.Count == 1 ? own[0].Number
            : there.Count == 1 ? there[0].Number
            : throw new RefusedException(Refuse.CheckInNotNamed(there.Count));
    }
}
