using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The command centre called the substitute of a department (替补).</summary>
/// <param name="Department">Who cannot come, and stays bound.</param>
/// <param name="Summoned">The substitute's summons, with time limits of its own.</param>
/// <param name="Schedules">The clocks that it runs by; they come after those that the whistle has.</param>
public sealed record SubstituteCalled(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    StampedSummons Summoned,
    string Reason,
    ImmutableArray<ClockSchedule>? Schedules = null) : GridEvent(Whistle, At, By, Key);
