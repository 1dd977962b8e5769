using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Crews;

/// <summary>What somebody wants of a department's crews. Given twice it takes effect once: what is so already is not done again.</summary>
public abstract record CrewCommand;

/// <summary>Tell a crew to go to a whistle (派单). It sets out with <c>Depart</c>, or checks in.</summary>
/// <param name="Reason">Why not as proposed, where it is not.</param>
/// <param name="Then">Where it goes from there, in order: one trip for several whistles (合并派单). All of it is ordered, or nothing.</param>
public sealed record AssignCrew(CrewCode Crew, WhistleId Whistle, string? Reason = null, ImmutableArray<WhistleId>? Then = null) : CrewCommand
{
    /// <summary>All whistles of the trip, in order.</summary>
    public ImmutableArray<WhistleId> Trip => [Whistle, .. Then ?? []];
}

/// <summary>Take that back.</summary>
public sealed record UnassignCrew(CrewCode Crew, string? Reason = null) : CrewCommand;

/// <summary>Say that a crew is at work or not, whatever its hours are, for a while (上下班).</summary>
public sealed record SetCrewDuty(CrewCode Crew, bool OnDuty, DateTimeOffset Until, string? Reason = null) : CrewCommand;

/// <summary>Let the rule assign by itself, or only propose.</summary>
public sealed record SetAllocationMode(bool Automatic) : CrewCommand;

/// <summary>Let a whistle come sooner or later to its turn (调整优先级).</summary>
/// <param name="Minutes">Of urgency: more than none for sooner, less for later, none for as the rule has it.</param>
public sealed record PrioritiseSummons(WhistleId Whistle, int Minutes, string Reason) : CrewCommand;

/// <summary>Hold back levels below an emergency while there is too much to do (限流). They wait, visibly, and are given no crew.</summary>
/// <param name="Levels">None to hold back nothing any more.</param>
public sealed record ThrottleLevels(ImmutableArray<WhistleLevel> Levels, DateTimeOffset Until, string Reason) : CrewCommand;

/// <summary>Lend a crew to the same bureau of another district (跨区借调). It comes back by itself.</summary>
public sealed record LendCrew(CrewCode Crew, DepartmentCode To, DateTimeOffset Until, string Reason) : CrewCommand;

/// <summary>Call a lent crew back before its time.</summary>
public sealed record ReturnCrew(CrewCode Crew, string? Reason = null) : CrewCommand;

/// <summary>A command, and who gives it; nobody when the rule does, of a department that lets it.</summary>
public sealed record CrewOrder(CrewCommand Command, Officer? By);
