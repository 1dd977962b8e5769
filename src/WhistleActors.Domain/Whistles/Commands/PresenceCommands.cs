using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Check in on the spot (报到).</summary>
/// <param name="Persons">Who came, as far as they are named.</param>
public sealed record CheckInCrew(
    WhistleId Whistle,
    DepartmentCode Department,
    PositionFix? Fix,
    Witness? Witness,
    CrewCode? Crew,
    int? Headcount,
    ImmutableArray<Attendee>? Persons = null) : WhistleCommand(Whistle);

/// <summary>A measured position.</summary>
/// <param name="AccuracyMetres">What the device states; not negative.</param>
public sealed record PositionFix(Position Position, double AccuracyMetres, DateTimeOffset MeasuredAt);

/// <summary>Let a department go (解除).</summary>
public sealed record ReleaseDepartment(WhistleId Whistle, DepartmentCode Department, string? Reason) : WhistleCommand(Whistle);

/// <summary>Let one crew go (解除) while others of its department stay.</summary>
/// <param name="CheckIn">The number of its check-in.</param>
public sealed record ReleaseCrew(WhistleId Whistle, DepartmentCode Department, int CheckIn, string? Reason) : WhistleCommand(Whistle);

/// <summary>Say that a crew left the spot (离场).</summary>
/// <param name="CheckIn">The number of its check-in; null for the officer's own, or the only one.</param>
public sealed record LeaveSite(WhistleId Whistle, DepartmentCode Department, int? CheckIn, string? Reason) : WhistleCommand(Whistle);
