using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Call whom the duty list names for a department that cannot come (替补). The department stays bound until it is released.</summary>
public sealed record CallSubstitute(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);
