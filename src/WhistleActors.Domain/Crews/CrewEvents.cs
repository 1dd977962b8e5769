using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Crews;

/// <summary>What happened to a department's crews by order, as it is stored. That a crew sets out or is there, the whistle's own events tell.</summary>
/// <param name="By">Null when the rule did it.</param>
public abstract record CrewEvent(DateTimeOffset At, Officer? By);

/// <summary>A crew was told to go to a whistle.</summary>
/// <param name="Then">Where it goes from there, in order; null for nowhere.</param>
public sealed record CrewAssigned(DateTimeOffset At, Officer? By, CrewCode Crew, WhistleId Whistle, string? Reason, ImmutableArray<WhistleId>? Then = null)
    : CrewEvent(At, By);

/// <summary>A crew need not go to a whistle any more, though it was told to; nor to what came after it on the same trip.</summary>
public sealed record CrewUnassigned(DateTimeOffset At, Officer? By, CrewCode Crew, WhistleId Whistle, string? Reason) : CrewEvent(At, By);

/// <summary>A crew is at work or not, whatever its hours are.</summary>
public sealed record CrewDutyChanged(DateTimeOffset At, Officer? By, CrewCode Crew, bool OnDuty, DateTimeOffset Until, string? Reason) : CrewEvent(At, By);

/// <summary>The rule assigns by itself from now on, or only proposes.</summary>
public sealed record AllocationModeSet(DateTimeOffset At, Officer? By, bool Automatic) : CrewEvent(At, By);

/// <summary>A whistle comes sooner or later to its turn.</summary>
public sealed record SummonsPrioritised(DateTimeOffset At, Officer? By, WhistleId Whistle, int Minutes, string Reason) : CrewEvent(At, By);

/// <summary>Levels are held back, or none any more.</summary>
public sealed record LevelsThrottled(DateTimeOffset At, Officer? By, ImmutableArray<WhistleLevel> Levels, DateTimeOffset Until, string Reason) : CrewEvent(At, By);

/// <summary>A crew works for the same bureau of another district.</summary>
public sealed record CrewLent(DateTimeOffset At, Officer? By, CrewCode Crew, DepartmentCode To, DateTimeOffset Until, string Reason) : CrewEvent(At, By);

/// <summary>A lent crew was called back before its time.</summary>
public sealed record CrewReturned(DateTimeOffset At, Officer? By, CrewCode Crew, string? Reason) : CrewEvent(At, By);
