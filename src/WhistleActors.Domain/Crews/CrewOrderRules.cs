using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Crews;

/// <summary>What may be ordered of a department's crews. Pure.</summary>
public static class CrewOrderRules
{
    /// <summary>The longest time for which a duty is changed, a crew lent, or a level held back.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(31);

    /// <summary>The most minutes of urgency that a priority adds or takes away.</summary>
    public const int MostPriority = 240;

    /// <summary>The most whistles that a crew is sent to on one trip.</summary>
    public const int MostOnTrip = 10;

    /// <summary>What an order causes, which may be nothing new; or why it is refused.</summary>
    public static (ImmutableArray<CrewEvent> Events, Refusal? Refusal) Decide(DepartmentState state, CityPack pack, CrewOrder order, DateTimeOffset now)
    {
        try
        {
            return (new Ordering(state, state.Crews ?? DepartmentCrews.None, pack, order.By, now).Decide(order.Command), null);
        }
        catch (RefusedException refused)
        {
            return ([], refused.Refusal);
        }
    }

    private sealed record Ordering(DepartmentState State, DepartmentCrews Crews, CityPack Pack, Officer? By, DateTimeOffset Now)
    {
        private DepartmentCode Department => State.Department;

        public ImmutableArray<CrewEvent> Decide(CrewCommand command) => command switch
        {
            AssignCrew assign => Assign(assign),
            UnassignCrew unassign => Unassign(unassign),
            SetCrewDuty set => SetDuty(set),
            SetAllocationMode set => SetMode(set),
            PrioritiseSummons prioritise => Prioritise(prioritise),
            ThrottleLevels throttle => Throttle(throttle),
            LendCrew lend => Lend(lend),
            ReturnCrew back => Return(back),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };

        private ImmutableArray<CrewEvent> Assign(AssignCrew assign)
        {
            // The rule orders for itself only where it was let.
            if (By is not null || !Crews.Automatic)
                Dispatching();
            Available(assign.Crew);
            var trip = assign.Trip;
            if (trip.Length > MostOnTrip || trip.Distinct().Count() < trip.Length)
                throw new RefusedException(RefuseCrewOrder.TripMalformed(MostOnTrip));
            foreach (var whistle in trip)
                Goes(whistle, assign.Crew);
            if (Crews.Assigned.TryGetValue(assign.Crew, out var same) && same.Trip.SequenceEqual(trip))
                return [];
            NotBusy(assign.Crew);
            if (Crews.OnDuty(assign.Crew, Now) == false)
                throw new RefusedException(RefuseCrewOrder.CrewOffDuty(assign.Crew));

            // Only an emergency takes a crew from what is none, and that is written down. A trip that goes on over the same whistles is no other.
            if (Crews.Assigned.TryGetValue(assign.Crew, out var elsewhere) && !elsewhere.Trip.All(trip.Contains)
                && !(State.Held[assign.Whistle].Level == WhistleLevel.Emergency && State.Held.GetValueOrDefault(elsewhere.Whistle)?.Level != WhistleLevel.Emergency))
                throw new RefusedException(RefuseCrewOrder.CrewAssignedElsewhere(assign.Crew, elsewhere.Whistle));
            return [.. Freed(assign.Crew, assign.Reason), new CrewAssigned(Now, By, assign.Crew, assign.Whistle, assign.Reason, assign.Then is { IsEmpty: false } then ? then : null)];
        }

        private void Goes(WhistleId whistle, CrewCode crew)
        {
            if (!State.Held.TryGetValue(whistle, out var summons) || !Waits(summons))
                throw new RefusedException(RefuseCrewOrder.SummonsNotWaiting(whistle));
            if (Crews.Holds(summons.Level, Now))
                throw new RefusedException(RefuseCrewOrder.LevelThrottled(summons.Level, Crews.Throttle!.Until));
            if (Crews.AssignedTo(whistle) is { } other && other != crew)
                throw new RefusedException(RefuseCrewOrder.WhistleHasCrew(whistle, other));
        }

        private ImmutableArray<CrewEvent> Unassign(UnassignCrew unassign)
        {
            Dispatching();
            Known(unassign.Crew);
            return Freed(unassign.Crew, unassign.Reason);
        }

        private ImmutableArray<CrewEvent> SetDuty(SetCrewDuty set)
        {
            Dispatching();
            Own(set.Crew);
            Within(set.Until);
            if (Crews.Duties.GetValueOrDefault(set.Crew) is { } known && known.OnDuty == set.OnDuty && known.Until == set.Until)
                return [];
            var changed = new CrewDutyChanged(Now, By, set.Crew, set.OnDuty, set.Until, set.Reason);
            return set.OnDuty ? [changed] : [.. Freed(set.Crew, set.Reason), changed];
        }

        private ImmutableArray<CrewEvent> SetMode(SetAllocationMode set)
        {
            Dispatching();
            return set.Automatic == Crews.Automatic ? [] : [new AllocationModeSet(Now, By, set.Automatic)];
        }

        private ImmutableArray<CrewEvent> Prioritise(PrioritiseSummons prioritise)
        {
            Dispatching();
            if (prioritise.Minutes is < -MostPriority or > MostPriority)
                throw new RefusedException(RefuseCrewOrder.PriorityOutOfRange(MostPriority));
            if (!State.Held.TryGetValue(prioritise.Whistle, out var summons) || !Waits(summons))
                throw new RefusedException(RefuseCrewOrder.SummonsNotWaiting(prioritise.Whistle));
            return Crews.Priorities.GetValueOrDefault(prioritise.Whistle) == prioritise.Minutes
                ? []
                : [new SummonsPrioritised(Now, By, prioritise.Whistle, prioritise.Minutes, prioritise.Reason)];
        }

        private ImmutableArray<CrewEvent> Throttle(ThrottleLevels throttle)
        {
            Commanding();
            if (throttle.Levels.Contains(WhistleLevel.Emergency))
                throw new RefusedException(RefuseCrewOrder.EmergencyNotThrottled());
            ImmutableArray<WhistleLevel> levels = [.. throttle.Levels.Distinct().Order()];
            if (levels.IsEmpty)
                return Crews.Throttle is null ? [] : [new LevelsThrottled(Now, By, [], Now, throttle.Reason)];
            Within(throttle.Until);
            return Crews.Throttle is { } known && known.Until == throttle.Until && known.Levels.SequenceEqual(levels)
                ? []
                : [new LevelsThrottled(Now, By, levels, throttle.Until, throttle.Reason)];
        }

        private ImmutableArray<CrewEvent> Lend(LendCrew lend)
        {
            Commanding();
            Own(lend.Crew);
            Within(lend.Until);
            var of = Pack.Departments[Department];
            if (!Pack.Sisters(of).Any(sister => sister.Code == lend.To))
                throw new RefusedException(RefuseCrewOrder.LoanToOtherBureau(lend.To));
            if (Crews.LoanOf(lend.Crew, Now) is { } loan && loan.To != lend.To)
                throw new RefusedException(RefuseCrewOrder.CrewOnLoan(lend.Crew, loan.To, loan.Until));
            if (Crews.LoanOf(lend.Crew, Now) is { } same && same.Until == lend.Until)
                return [];
            NotBusy(lend.Crew);
            return [.. Freed(lend.Crew, lend.Reason), new CrewLent(Now, By, lend.Crew, lend.To, lend.Until, lend.Reason)];
        }

        private ImmutableArray<CrewEvent> Return(ReturnCrew back)
        {
            Dispatching();
            Own(back.Crew);
            return Crews.LoanOf(back.Crew, Now) is null ? [] : [new CrewReturned(Now, By, back.Crew, back.Reason)];
        }

        private ImmutableArray<CrewEvent> Freed(CrewCode crew, string? reason) =>
            Crews.Assigned.TryGetValue(crew, out var assignment) ? [new CrewUnassigned(Now, By, crew, assignment.Whistle, reason)] : [];

        private static bool Waits(HeldSummons summons) => summons is { Owes: true, Committed: false, State: SummonsState.Summoned or SummonsState.Signed };

        private void Dispatching()
        {
            if (By?.Holds(Powers.Answer, Department.Text) != true && !Commands())
                throw new RefusedException(Refuse.NotYourDepartment(Department));
        }

        // A department of the whole city is of no district; there its own people are the command.
        private void Commanding()
        {
            if (!Commands() && !(Pack.Departments.GetValueOrDefault(Department) is { District: null } && By?.Holds(Powers.Answer, Department.Text) == true))
                throw new RefusedException(RefuseCrewOrder.NotYourCommand(Department));
        }

        private bool Commands() => Pack.Departments.GetValueOrDefault(Department)?.District is { } district && By?.Holds(Powers.Command, district.Text) == true;

        private void Own(CrewCode crew)
        {
            if (Pack.Crews.GetValueOrDefault(crew)?.Department != Department)
                throw new RefusedException(Refuse.UnknownCrew(crew, Department));
        }

        // One's own, or one of the same bureau: whether that is lent to this department its own one knows, and a crew that is not will not come.
        private void Known(CrewCode crew)
        {
            if (!Pack.IsOfBureau(crew, Department))
                throw new RefusedException(Refuse.UnknownCrew(crew, Department));
        }

        private void Available(CrewCode crew)
        {
            Known(crew);
            if (Crews.LoanOf(crew, Now) is { } loan)
                throw new RefusedException(RefuseCrewOrder.CrewOnLoan(crew, loan.To, loan.Until));
        }

        private void NotBusy(CrewCode crew)
        {
            foreach (var (whistle, summons) in State.Held)
            {
                if (summons.Committed && summons.Crew == crew)
                    throw new RefusedException(RefuseCrewOrder.CrewBusy(crew, whistle));
            }
        }

        private void Within(DateTimeOffset until)
        {
            if (until <= Now || until - Now > LongestSpan)
                throw new RefusedException(RefuseCrewOrder.UntilOutOfSpan((int)LongestSpan.TotalDays));
        }
    }
}
