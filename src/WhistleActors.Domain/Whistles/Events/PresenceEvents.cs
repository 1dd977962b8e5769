using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>A crew checked in on the spot (报到).</summary>
public sealed record CrewCheckedIn(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    bool Late,
    CrewCode? Crew,
    int? Headcount,
    Presence Presence) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department was let go (解除).</summary>
public sealed record DepartmentReleased(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string? Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);
