using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Check in on the spot (报到).</summary>
public sealed record CheckInCrew(WhistleId Whistle, DepartmentCode Department, PositionFix? Fix, Witness? Witness, CrewCode? Crew, int? Headcount)
    : WhistleCommand(Whistle);

/// <summary>A measured position.</summary>
/// <param name="AccuracyMetres">What the device states; not negative.</param>
public sealed record PositionFix(Position Position, double AccuracyMetres, DateTimeOffset MeasuredAt);

/// <summary>Let a department go (解除).</summary>
public sealed record ReleaseDepartment(WhistleId Whistle, DepartmentCode Department, string? Reason) : WhistleCommand(Whistle);
