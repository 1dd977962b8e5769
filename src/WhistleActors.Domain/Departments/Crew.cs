namespace WhistleActors.Domain.Departments;

/// <summary>People of a department who can be sent together (力量).</summary>
/// <param name="Size">How many people.</param>
public sealed record Crew(CrewCode Code, DepartmentCode Department, LocalizedText Name, int Size);
