using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>The rules of a whistle's life: what may happen to it, and what then has happened. Pure.</summary>
public static class GridRules
{
    /// <summary>More departments than any duty list names: a limit against mistakes and abuse.</summary>
    public const int MostDepartments = 50;

    /// <summary>More open whistles than one cell can sensibly have: a limit that keeps a grid's state small.</summary>
    public const int MostOpenWhistles = 200;

    /// <summary>Room beyond that, for emergencies alone: a full grid still lets them sound.</summary>
    public const int EmergencyReserve = 50;

    /// <summary>How far a device's clock may run ahead before its position is doubted.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>Decides an order: the events that it causes, the answer that it had before, or a refusal.</summary>
    public static Decision Decide(GridState state, Order order, GridContext context)
    {
        if (order.Key is { } key && state.Commands.TryGetValue(key.For(order.By), out var before))
            return before.Fingerprint == key.Fingerprint ? new Decision.Repeated(before) : new Decision.Refused(Refuse.KeyReused());
        try
        {
            context = context with { Now = NotBefore(state, context.Now) };
            return new Decision.Accepted(order.Command switch
            {
                BlowWhistle blow => [Blow(state, blow, order, context)],
                WhistleCommand command => Change(state, command, order, context),
                _ => throw new ArgumentOutOfRangeException(nameof(order), order.Command, "unknown command"),
            });
        }
        catch (RefusedException refused)
        {
            return new Decision.Refused(refused.Refusal);
        }
    }

    /// <summary>The clocks that have run out by <paramref name="now"/> and were not recorded yet, in the order in which they ran out.</summary>
    public static ImmutableArray<GridEvent> PassDeadlines(GridState state, DateTimeOffset now)
    {
        var at = NotBefore(state, now);
        return [.. state.OpenWhistles.SelectMany(whistle => PassDeadlines(whistle, at)).OrderBy(passed => passed.Due).ThenBy(passed => passed.Whistle.Number)];
    }

    // Clocks of two nodes differ; within a grid time never runs backwards.
    private static DateTimeOffset NotBefore(GridState state, DateTimeOffset now) => now > state.LastAt ? now : state.LastAt;

    private static IEnumerable<DeadlinePassed> PassDeadlines(Whistle whistle, DateTimeOffset now) =>
        from summons in whistle.Summonses
        from clock in summons.RunningClocks()
        where clock.Due < now
        orderby clock.Due
        select new DeadlinePassed(whistle.Id, now, By: null, Key: null, summons.Department, clock.Clock, clock.Due);

    private static WhistleBlown Blow(GridState state, BlowWhistle blow, Order order, GridContext context)
    {
        var grid = context.Grid ?? throw new RefusedException(Refuse.UnknownGrid(state.Grid.Text));
        if (!order.By.Holds(Powers.Convene, grid.Subdistrict.Text))
            throw new RefusedException(Refuse.NotYourGrid(grid.Subdistrict));
        if (!context.Pack.Matters.ContainsKey(blow.Matter))
            throw new RefusedException(Refuse.UnknownMatter(blow.Matter));
        var room = blow.Level == WhistleLevel.Emergency ? MostOpenWhistles + EmergencyReserve : MostOpenWhistles;
        if (state.OpenWhistles.Count() >= room)
            throw new RefusedException(Refuse.GridFull(room));

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
        if (summon.Length > MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(MostDepartments));

        var changed = !proposed.SetEquals(summon);
        var stamped = ImmutableArray.CreateBuilder<StampedSummons>(summon.Length);
        foreach (var (code, role) in summon.OrderBy(summons => summons.Role))
        {
            var department = context.Pack.Departments.GetValueOrDefault(code) ?? throw new RefusedException(Refuse.UnknownDepartment(code));
            if (department.District is { } served && served != district)
                throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, district));
            if (stamped.Any(other => other.Department == code))
                throw new RefusedException(Refuse.DepartmentTwice(code));
            stamped.Add(Stamp(blow, department, role, proposal.FirstOrDefault(p => p.Department == code && p.Role == role)?.Basis, context));
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

    private static StampedSummons Stamp(BlowWhistle blow, Department department, DutyRole role, string? basis, GridContext context)
    {
        if (role == DutyRole.Notified)
            return new StampedSummons(department.Code, role, SignBy: null, CheckInBy: null, basis);
        return new StampedSummons(department.Code, role, DueAt(Clock.Sign), DueAt(Clock.CheckIn), basis);

        DateTimeOffset DueAt(Clock clock) =>
            context.Pack.Calendar.DueAt(context.Now, context.Pack.Deadlines.LimitFor(clock, blow.Level, blow.Matter, department.Kind));
    }

    private static ImmutableArray<GridEvent> Change(GridState state, WhistleCommand command, Order order, GridContext context)
    {
        if (state.Ended.TryGetValue(command.Whistle, out var ended))
            throw new RefusedException(Refuse.WhistleNotOpen(ended.Stage, ended.At));
        var whistle = state.Whistles.GetValueOrDefault(command.Whistle) ?? throw new RefusedException(Refuse.UnknownWhistle(command.Whistle.Text));
        if (order.IfVersion is { } expected && expected != whistle.Version)
            throw new RefusedException(Refuse.Outdated(expected, whistle.Version));
        var caused = command switch
        {
            SignSummons sign => Sign(whistle, sign, order, context),
            Depart depart => Depart(whistle, depart, order, context),
            CheckInCrew checkIn => CheckIn(whistle, checkIn, order, context),
            ReportOutcome report => Report(whistle, report, order, context),
            AcceptOutcome accept => Accept(whistle, accept, order, context),
            VetoOutcome veto => VetoOutcome(whistle, veto, order, context),
            ReleaseDepartment release => Release(whistle, release, order, context),
            WithdrawWhistle withdraw => Withdraw(whistle, withdraw, order, context),
            CloseWhistle close => Close(whistle, close, order, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };

        // What ran out before this command is recorded before it, even if the alarm that would have done so is a moment late.
        return [.. PassDeadlines(whistle, context.Now), .. caused];
    }

    private static ImmutableArray<GridEvent> Sign(Whistle whistle, SignSummons command, Order order, GridContext context)
    {
        var summons = ForDepartment(whistle, command.Department, Powers.Answer, order);
        if (summons.Signature is { } signature)
            throw new RefusedException(Refuse.AlreadySigned(signature.At));
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
        return [Signed(whistle, summons, order, context)];
    }

    private static ImmutableArray<GridEvent> Depart(Whistle whistle, Depart command, Order order, GridContext context)
    {
        var summons = ForDepartment(whistle, command.Department, Powers.Attend, order);
        RequireWorking(summons);
        if (summons.CheckIn is { } checkIn)
            throw new RefusedException(Refuse.AlreadyCheckedIn(checkIn.At));
        if (summons.Departure is { } departure)
            throw new RefusedException(Refuse.AlreadyDeparted(departure.At));
        RequireCrew(command.Crew, summons.Department, context.Pack);
        if (command.ArrivesAt is { } arrivesAt && arrivesAt < context.Now)
            throw new RefusedException(Refuse.ArrivalInThePast(arrivesAt));
        return WithSignature(whistle, summons, order, context,
            new CrewDeparted(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Crew, command.ArrivesAt));
    }

    private static ImmutableArray<GridEvent> CheckIn(Whistle whistle, CheckInCrew command, Order order, GridContext context)
    {
        var summons = ForDepartment(whistle, command.Department, Powers.Attend, order);
        RequireWorking(summons);
        if (summons.CheckIn is { } checkIn)
            throw new RefusedException(Refuse.AlreadyCheckedIn(checkIn.At));
        RequireCrew(command.Crew, summons.Department, context.Pack);
        var presence = Prove(whistle, summons, command, context);
        return WithSignature(whistle, summons, order, context, new CrewCheckedIn(
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
            if (!IsOrganisation(witness.Organisation, context.Pack))
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

        var distance = grid.Area.DistanceMetres(place);
        var tolerance = Math.Min(fix.AccuracyMetres, limits.MaxAccuracyMetres);
        var inside = distance <= tolerance;
        if (!inside && command.Witness is null)
            throw new RefusedException(Refuse.OutsideGrid(distance, tolerance));
        return new Presence(place, fix.AccuracyMetres, distance, inside ? null : command.Witness);

        Presence Witnessed(Func<Refusal> otherwise) => command.Witness is { } vouching
            ? new Presence(Place: null, AccuracyMetres: null, DistanceMetres: null, vouching)
            : throw new RefusedException(otherwise());
    }

    private static ImmutableArray<GridEvent> Report(Whistle whistle, ReportOutcome command, Order order, GridContext context)
    {
        var summons = ForDepartment(whistle, command.Department, Powers.Answer, order);
        RequireWorking(summons);
        if (summons.CheckIn is null)
            throw new RefusedException(Refuse.NotCheckedIn(summons.Department));
        if (summons.Outcome is { } outcome)
            throw new RefusedException(Refuse.OutcomeAwaitsAnswer(outcome.At));
        if (command.Kind == OutcomeKind.Ledgered != (command.Ledger is not null))
            throw new RefusedException(Refuse.LedgerMismatch(command.Ledger is not null));
        if (command.Ledger is { } ledger)
            RequireDates(ledger, context.Pack.Calendar.DayOf(context.Now));
        return [new OutcomeReported(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Kind, command.Note, command.Ledger)];
    }

    private static ImmutableArray<GridEvent> Accept(Whistle whistle, AcceptOutcome command, Order order, GridContext context)
    {
        var summons = WithOutcome(whistle, command.Department, order);
        return [new OutcomeAccepted(whistle.Id, context.Now, order.By, order.Key, summons.Department)];
    }

    private static ImmutableArray<GridEvent> VetoOutcome(Whistle whistle, VetoOutcome command, Order order, GridContext context)
    {
        var summons = WithOutcome(whistle, command.Department, order);
        return [new OutcomeVetoed(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason)];
    }

    private static ImmutableArray<GridEvent> Release(Whistle whistle, ReleaseDepartment command, Order order, GridContext context)
    {
        if (!order.By.Holds(Powers.Convene, whistle.Subdistrict.Text) && !order.By.Holds(Powers.Command, whistle.District.Text))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Subdistrict));
        var summons = OfOpen(whistle, command.Department);
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

    private static ImmutableArray<GridEvent> Withdraw(Whistle whistle, WithdrawWhistle command, Order order, GridContext context)
    {
        RequireOwn(whistle, Powers.Convene, order);
        RequireOpen(whistle);

        // Nobody leaves unreleased: who stands on the spot is let go in so many words, and the trace shows by whom and why.
        var released = whistle.Summonses
            .Where(summons => summons.CrewPresent)
            .Select(summons => new DepartmentReleased(whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Reason));
        return [.. released, new WhistleWithdrawn(whistle.Id, context.Now, order.By, order.Key, command.Reason)];
    }

    private static ImmutableArray<GridEvent> Close(Whistle whistle, CloseWhistle command, Order order, GridContext context)
    {
        RequireOwn(whistle, Powers.Convene, order);
        RequireOpen(whistle);
        var owing = whistle.Summonses.Where(summons => summons.Owes).Select(summons => summons.Department).ToList();
        if (owing.Count > 0)
            throw new RefusedException(Refuse.SummonsesUnsettled(owing));
        var present = whistle.Summonses.Where(summons => summons.CrewPresent).Select(summons => summons.Department).ToList();
        if (present.Count > 0)
            throw new RefusedException(Refuse.CrewsPresent(present));
        return [new WhistleClosed(whistle.Id, context.Now, order.By, order.Key, command.Note)];
    }

    // Whoever sets out or stands on the spot has evidently received the summons: an unsigned one counts as signed at that moment.
    private static ImmutableArray<GridEvent> WithSignature(Whistle whistle, Summons summons, Order order, GridContext context, GridEvent caused) =>
        summons.Signature is null ? [Signed(whistle, summons, order, context), caused] : [caused];

    private static SummonsSigned Signed(Whistle whistle, Summons summons, Order order, GridContext context) =>
        new(whistle.Id, context.Now, order.By, order.Key, summons.Department, Late: context.Now > summons.SignBy);

    private static Summons ForDepartment(Whistle whistle, DepartmentCode department, Powers power, Order order)
    {
        if (!order.By.Holds(power, department.Text))
            throw new RefusedException(Refuse.NotYourDepartment(department));
        return OfOpen(whistle, department);
    }

    private static Summons WithOutcome(Whistle whistle, DepartmentCode department, Order order)
    {
        RequireOwn(whistle, Powers.Veto, order);
        var summons = OfOpen(whistle, department);
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(department));
        if (summons.Outcome is null)
            throw new RefusedException(Refuse.NoOutcome(department));
        return summons;
    }

    private static Summons OfOpen(Whistle whistle, DepartmentCode department)
    {
        var summons = whistle.SummonsOf(department) ?? throw new RefusedException(Refuse.DepartmentNotSummoned(department));
        RequireOpen(whistle);
        return summons;
    }

    private static void RequireOpen(Whistle whistle)
    {
        if (whistle.Ending is { } ending)
            throw new RefusedException(Refuse.WhistleNotOpen(ending.Stage, ending.At));
    }

    private static void RequireOwn(Whistle whistle, Powers power, Order order)
    {
        if (!order.By.Holds(power, whistle.Subdistrict.Text))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Subdistrict));
    }

    private static void RequireWorking(Summons summons)
    {
        if (summons.Role == DutyRole.Notified)
            throw new RefusedException(Refuse.NotifiedOnly(summons.Department));
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
    }

    private static void RequireCrew(CrewCode? crew, DepartmentCode department, CityPack pack)
    {
        if (crew is { } code && pack.Crews.GetValueOrDefault(code)?.Department != department)
            throw new RefusedException(Refuse.UnknownCrew(code, department));
    }

    private static void RequireDates(LedgerEntry ledger, DateOnly today)
    {
        if (ledger.DueOn <= today)
            throw new RefusedException(Refuse.LedgerDatePast(ledger.DueOn));
        var previous = today;
        foreach (var milestone in ledger.Milestones)
        {
            if (milestone.On <= today)
                throw new RefusedException(Refuse.LedgerDatePast(milestone.On));
            if (milestone.On < previous || milestone.On > ledger.DueOn)
                throw new RefusedException(Refuse.MilestonesOutOfOrder(milestone.On, ledger.DueOn));
            previous = milestone.On;
        }
    }

    private static bool IsOrganisation(OrganisationCode code, CityPack pack) =>
        (SubdistrictCode.TryParse(code.Text, out var subdistrict) && pack.Territory.Subdistricts.ContainsKey(subdistrict))
        || (DepartmentCode.TryParse(code.Text, out var department) && pack.Departments.ContainsKey(department))
        || (DistrictCode.TryParse(code.Text, out var district) && pack.Territory.Districts.ContainsKey(district));

    // Leaves a rule at the first thing that is wrong. It never leaves Decide: outside, a refusal is a value.
    private sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
    {
        public Refusal Refusal { get; } = refusal;
    }
}
