using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Confirm that the summons was received (签收).</summary>
public sealed record SignSummons(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Say that a crew is on the way.</summary>
public sealed record Depart(WhistleId Whistle, DepartmentCode Department, CrewCode? Crew, DateTimeOffset? ArrivesAt) : WhistleCommand(Whistle);

/// <summary>Call back a crew that has set out and not arrived (召回).</summary>
/// <param name="For">The emergency that it is wanted for; null where it cannot come for another reason.</param>
public sealed record RecallCrew(WhistleId Whistle, DepartmentCode Department, string Reason, WhistleId? For = null) : WhistleCommand(Whistle);
