using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>A department for which more summonses wait than it has free crews (力量争用): which whistles have its crews, which go without, and who could help.</summary>
/// <param name="OnDuty">Its crews that are at work now; of those <paramref name="Free"/> can be sent.</param>
/// <param name="Waiting">Summonses without a crew.</param>
/// <param name="Holding">The whistles that its crews are at or on the way to, by when they should be free.</param>
/// <param name="Starved">The whistles that are left when each free crew has gone where it is wanted most; what presses most first.</param>
/// <param name="Spare">Free crews of the same bureau elsewhere that nobody waits for there, the nearest to the first of the starved first.</param>
public sealed record Contention(
    DepartmentCode Department,
    int OnDuty,
    int Free,
    int Waiting,
    ImmutableArray<CrewStanding> Holding,
    ImmutableArray<StarvedWhistle> Starved,
    ImmutableArray<SpareCrew> Spare)
{
    /// <summary>How many summonses are left without a crew.</summary>
    public int Shortage => Waiting - Free;
}

/// <summary>A whistle that waits for a crew, and there is none for it.</summary>
public sealed record StarvedWhistle(WhistleId Whistle, WhistleLevel Level, DateTimeOffset Since, DateTimeOffset? CheckInBy, double Pressure);

/// <summary>A crew that could be borrowed.</summary>
/// <param name="ArrivesAt">When it would be at the first of the starved whistles, if it set out now.</param>
public sealed record SpareCrew(Crew Crew, DateTimeOffset ArrivesAt);
