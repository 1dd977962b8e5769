using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Actors.Crews;

/// <summary>Gives an order about a department's crews; answered by <see cref="DepartmentAnswer"/>.</summary>
/// <param name="Trace">Where the order stands in a trace; null when nobody records it.</param>
public sealed record GiveCrewOrder(DepartmentCode Department, CrewOrder Order, string? Trace = null) : IDepartmentMessage;

/// <summary>What is ordered of a department's crews, for the boards of all nodes.</summary>
/// <param name="Version">Counts the department's events. A higher version supersedes a lower one.</param>
public sealed record PublishedCrews(DepartmentCode Department, long Version, DepartmentCrews Crews) : IWhistleMessage;
