using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Confirm that the summons was received (签收).</summary>
public sealed record SignSummons(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Say that a crew is on the way.</summary>
public sealed record Depart(WhistleId Whistle, DepartmentCode Department, CrewCode? Crew, DateTimeOffset? ArrivesAt) : WhistleCommand(Whistle);
