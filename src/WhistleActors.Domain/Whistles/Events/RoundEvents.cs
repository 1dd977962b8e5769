using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The whistle was blown again (二次哨, 三次哨).</summary>
/// <param name="Lead">Who leads from now on.</param>
/// <param name="Summonses">Who is summoned afresh; whoever is on the spot and still owes stays as it is.</param>
public sealed record WhistleBlownAgain(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    int Round,
    string Reason,
    DepartmentCode Lead,
    ImmutableArray<StampedSummons> Summonses,
    ImmutableArray<ClockSchedule>? Schedules = null) : GridEvent(Whistle, At, By, Key);

/// <summary>A closed whistle was taken up again after a revisit (回访).</summary>
/// <param name="Ended">
/// The whistle as it had ended. Grids and boards put away what has ended, and a fold reads nothing but events: so this one carries all that
/// is needed to go on.
/// </param>
public sealed record WhistleReopened(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    int Round,
    string Reason,
    string Found,
    ImmutableArray<StampedSummons> Summonses,
    Whistle Ended,
    ImmutableArray<ClockSchedule>? Schedules = null) : GridEvent(Whistle, At, By, Key);
