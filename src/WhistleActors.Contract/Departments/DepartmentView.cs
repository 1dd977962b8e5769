namespace WhistleActors.Contract.Departments;

/// <summary>A body that can be summoned.</summary>
/// <param name="Bureau">The kind of work it does; the same code in every district.</param>
/// <param name="District">The district that it serves; null when it serves the whole city.</param>
public sealed record DepartmentView(string Code, string Bureau, Text Name, Text ShortName, string Kind, string? District, IReadOnlyList<CrewView> Crews);

/// <summary>People of a department who can be sent together.</summary>
/// <param name="PostedTo">The subdistrict that they are posted to.</param>
public sealed record CrewView(string Code, Text Name, int Size, string? PostedTo = null);
