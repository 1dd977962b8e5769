using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Departments;

/// <summary>People of a department who can be sent together (力量).</summary>
/// <param name="Size">How many people.</param>
/// <param name="PostedTo">The subdistrict that it is posted to (力量下沉); it belongs to its department all the same.</param>
public sealed record Crew(CrewCode Code, DepartmentCode Department, LocalizedText Name, int Size, SubdistrictCode? PostedTo = null);
