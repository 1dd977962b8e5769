using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Crews;

/// <summary>What was ordered of a department's crews and still holds. What is for a while ends by itself: whoever looks says when it is.</summary>
/// <param name="Assigned">Where each crew was told to go and has not set out to; it ends with the summons, or as soon as a crew is on the way.</param>
/// <param name="Priorities">Minutes of urgency that were added to a summons.</param>
/// <param name="Lent">The crews that work elsewhere, by the department that they belong to.</param>
public sealed record DepartmentCrews(
    bool Automatic,
    ImmutableDictionary<CrewCode, CrewAssignment> Assigned,
    ImmutableDictionary<CrewCode, CrewDuty> Duties,
    ImmutableDictionary<WhistleId, int> Priorities,
    ImmutableDictionary<CrewCode, CrewLoan> Lent,
    Throttle? Throttle = null)
{
    /// <summary>Nothing was ordered.</summary>
    public static DepartmentCrews None { get; } = new(
        Automatic: false,
        ImmutableDictionary<CrewCode, CrewAssignment>.Empty,
        ImmutableDictionary<CrewCode, CrewDuty>.Empty,
        ImmutableDictionary<WhistleId, int>.Empty,
        ImmutableDictionary<CrewCode, CrewLoan>.Empty);

    /// <summary>Whether a crew is at work by order; null when nobody said.</summary>
    public bool? OnDuty(CrewCode crew, DateTimeOffset now) => Duties.TryGetValue(crew, out var duty) && now < duty.Until ? duty.OnDuty : null;

    /// <summary>Where a crew works; null when at home.</summary>
    public CrewLoan? LoanOf(CrewCode crew, DateTimeOffset now) => Lent.TryGetValue(crew, out var loan) && now < loan.Until ? loan : null;

    /// <summary>True while a level is held back. Emergencies never are.</summary>
    public bool Holds(WhistleLevel level, DateTimeOffset now) =>
        level != WhistleLevel.Emergency && Throttle is { } throttle && now < throttle.Until && throttle.Levels.Contains(level);

    /// <summary>The crew that was told to go to a whistle; null when none was.</summary>
    public CrewCode? AssignedTo(WhistleId whistle)
    {
        foreach (var (crew, assignment) in Assigned)
        {
            if (assignment.Whistle == whistle || assignment.Then?.Contains(whistle) == true)
                return crew;
        }

        return null;
    }

    /// <summary>The same after one more order.</summary>
    internal DepartmentCrews Apply(CrewEvent happened) => happened switch
    {
        CrewAssigned assigned => this with { Assigned = Assigned.SetItem(assigned.Crew, new CrewAssignment(assigned.Whistle, assigned.At, assigned.By, assigned.Reason, assigned.Then)) },
        CrewUnassigned unassigned => this with { Assigned = Assigned.Remove(unassigned.Crew) },
        CrewDutyChanged changed => this with
        {
            Duties = Duties.RemoveRange(Duties.Where(duty => duty.Value.Until <= changed.At).Select(duty => duty.Key))
                .SetItem(changed.Crew, new CrewDuty(changed.OnDuty, changed.Until, changed.At, changed.By, changed.Reason)),
        },
        AllocationModeSet set => this with { Automatic = set.Automatic },
        SummonsPrioritised prioritised => this with
        {
            Priorities = prioritised.Minutes == 0 ? Priorities.Remove(prioritised.Whistle) : Priorities.SetItem(prioritised.Whistle, prioritised.Minutes),
        },
        LevelsThrottled throttled => this with
        {
            Throttle = throttled.Levels.IsEmpty ? null : new Throttle(throttled.Levels, throttled.Until, throttled.At, throttled.By, throttled.Reason),
        },
        CrewLent lent => this with
        {
            Lent = Lent.RemoveRange(Lent.Where(loan => loan.Value.Until <= lent.At).Select(loan => loan.Key))
                .SetItem(lent.Crew, new CrewLoan(lent.To, lent.Until, lent.At, lent.By, lent.Reason)),
        },
        CrewReturned returned => this with { Lent = Lent.Remove(returned.Crew) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
    };

    /// <summary>The same after news of a summons: one that a crew is on the way to waits for none, and one that is over for nothing.</summary>
    internal DepartmentCrews Hear(DepartmentEvent news) => news switch
    {
        SummonsHeld { Summons: { Owes: true, Committed: false } } => this,
        SummonsHeld { Summons.Owes: true } held => this with { Assigned = Without(held.Whistle) },
        _ => this with { Assigned = Without(news.Whistle), Priorities = Priorities.Remove(news.Whistle) },
    };

    // A trip goes on without the whistle: whoever is on the way to the first of it still has to go to the others.
    private ImmutableDictionary<CrewCode, CrewAssignment> Without(WhistleId whistle) =>
        AssignedTo(whistle) is not { } crew ? Assigned
        : Assigned[crew].Without(whistle) is { } rest ? Assigned.SetItem(crew, rest)
        : Assigned.Remove(crew);
}

/// <summary>A crew was told to go to a whistle; by nobody when the rule did.</summary>
/// <param name="Then">Where it goes from there, in order; null for nowhere.</param>
public sealed record CrewAssignment(WhistleId Whistle, DateTimeOffset At, Officer? By, string? Reason, ImmutableArray<WhistleId>? Then = null)
{
    /// <summary>All whistles of the trip that it has not set out to, in order.</summary>
    public ImmutableArray<WhistleId> Trip => [Whistle, .. Then ?? []];

    internal CrewAssignment? Without(WhistleId whistle) => Trip.Remove(whistle) switch
    {
        [] => null,
        [var next] => this with { Whistle = next, Then = null },
        [var next, .. var rest] => this with { Whistle = next, Then = rest },
    };
}

/// <summary>A crew is at work or not, until then.</summary>
public sealed record CrewDuty(bool OnDuty, DateTimeOffset Until, DateTimeOffset At, Officer? By, string? Reason);

/// <summary>A crew works for another department, until then.</summary>
public sealed record CrewLoan(DepartmentCode To, DateTimeOffset Until, DateTimeOffset At, Officer? By, string Reason);

/// <summary>Levels that are held back, until then.</summary>
public sealed record Throttle(ImmutableArray<WhistleLevel> Levels, DateTimeOffset Until, DateTimeOffset At, Officer? By, string Reason);
