using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The department said "not ours" (退哨).</summary>
/// <param name="Round">The whistle's round in which it did.</param>
/// <param name="Instead">Who should have been summoned, as the department sees it.</param>
public sealed record SummonsDisputed(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, int Round, string Reason, DepartmentCode? Instead)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The command centre ruled the department's dispute (裁定), or called a conference on it.</summary>
/// <param name="Basis">The legal basis; null only for a referral.</param>
/// <param name="Role">The role that it was about.</param>
/// <param name="Instead">Who takes the department's place, when it was reassigned.</param>
/// <param name="Summoned">That one's summons with its own time limits; null when it was summoned before and only takes over the role.</param>
/// <param name="Schedules">The clocks that it runs by; they come after those that the whistle has.</param>
public sealed record DisputeRuled(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    RulingKind Kind,
    string Text,
    string? Basis,
    DutyRole Role,
    DepartmentCode? Instead,
    StampedSummons? Summoned,
    ImmutableArray<ClockSchedule>? Schedules = null) : SummonsEvent(Whistle, At, By, Key, Department);
