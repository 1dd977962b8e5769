using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>A crew as allocation sees it.</summary>
/// <param name="At">Where it is, or will be when it is free; WGS-84.</param>
/// <param name="FreeAt">When it can set out; null when now.</param>
/// <param name="Preemptable">The whistle below an emergency that it could be taken from, because it has not arrived there; it is not free otherwise.</param>
public sealed record AllocatableCrew(
    CrewCode Crew, LonLat At, Vehicle Vehicle, SubdistrictCode? PostedTo, ImmutableArray<SkillCode> Skills, DateTimeOffset? FreeAt = null, WhistleId? Preemptable = null)
{
    /// <summary>True when it can be sent now without taking it from elsewhere.</summary>
    public bool IsFree => FreeAt is null && Preemptable is null;

    /// <summary>True when it can do what a summons asks for.</summary>
    public bool Can(SkillCode? skill) => skill is not { } asked || Skills.Contains(asked);
}

/// <summary>A summons that waits for a crew.</summary>
/// <param name="At">The spot, or a point inside the grid.</param>
/// <param name="AskedAt">Since when the department is wanted.</param>
/// <param name="CheckInBy">The end of its check-in clock; null when there is none.</param>
/// <param name="Others">Other departments that are on the spot or on the way there; <paramref name="Missing"/>: that are neither.</param>
/// <param name="CrewsNear">Crews that the department has out in the same subdistrict.</param>
/// <param name="Skill">What the duty asks of a crew; null when any will do.</param>
/// <param name="Priority">Minutes of urgency that the command centre added, or took away.</param>
/// <param name="HeldUntil">Until when its level is throttled: so long it waits, visibly, and is given no crew; null when it is not.</param>
public sealed record WaitingSummons(
    WhistleId Whistle,
    WhistleLevel Level,
    SubdistrictCode Subdistrict,
    DistrictCode District,
    LonLat At,
    DateTimeOffset AskedAt,
    DateTimeOffset? CheckInBy,
    int Others = 0,
    int Missing = 0,
    int CrewsNear = 0,
    SkillCode? Skill = null,
    int Priority = 0,
    DateTimeOffset? HeldUntil = null)
{
    /// <summary>True while its level is throttled.</summary>
    public bool Held => HeldUntil is not null;
}

/// <summary>What a department is advised to do: a crew for as many of its waiting summonses as it has crews, and an honest time for the others.</summary>
public sealed record Allocation(DateTimeOffset At, ImmutableArray<ProposedAssignment> Assignments, ImmutableArray<QueuedSummons> Queue);

/// <summary>A crew that should go to a whistle now.</summary>
/// <param name="Pressure">In minutes of urgency, for this crew.</param>
/// <param name="TakenFrom">The whistle that an emergency takes the crew from.</param>
/// <param name="OnTheSameTrip">Other waiting whistles near by that the crew could serve on the way.</param>
public sealed record ProposedAssignment(
    WhistleId Whistle, CrewCode Crew, DateTimeOffset ExpectedAt, bool InTime, double Pressure, WhistleId? TakenFrom, ImmutableArray<WhistleId> OnTheSameTrip);

/// <summary>A summons for which there is no crew now.</summary>
/// <param name="Place">Its place in the queue, from 1.</param>
/// <param name="ExpectedAt">When a crew will be there if the work goes on as usual; null when no crew of the department can do it. What is held comes after all others, and not before its level is let go.</param>
public sealed record QueuedSummons(WhistleId Whistle, int Place, DateTimeOffset? ExpectedAt, bool InTime, double Pressure, bool Held);
