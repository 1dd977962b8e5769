using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The first crew of a department checked in on the spot (报到): it answers the summons.</summary>
public sealed record CrewCheckedIn(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    bool Late,
    CrewCode? Crew,
    int? Headcount,
    Presence Presence,
    ImmutableArray<Attendee>? Persons = null,
    SubdistrictCode? PostedTo = null) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A further crew of the department checked in, or one came back.</summary>
/// <param name="CheckIn">The number of the check-in.</param>
public sealed record CrewJoined(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    int CheckIn,
    CrewCode? Crew,
    int? Headcount,
    Presence Presence,
    ImmutableArray<Attendee>? Persons = null,
    SubdistrictCode? PostedTo = null) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A crew left the spot (离场).</summary>
/// <param name="CheckIn">The number of its check-in.</param>
/// <param name="Unreleased">Nobody had let it go (事不完、人不撤): it stays committed.</param>
public sealed record CrewLeft(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    int CheckIn,
    CrewCode? Crew,
    bool Unreleased,
    string? Reason) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>One crew was let go (解除) while others of its department stay.</summary>
/// <param name="CheckIn">The number of its check-in.</param>
public sealed record CrewReleased(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, int CheckIn, CrewCode? Crew, string? Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department was let go (解除).</summary>
public sealed record DepartmentReleased(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string? Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);
