using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Say "not ours" (退哨).</summary>
/// <param name="Instead">Who should have been summoned.</param>
public sealed record DisputeSummons(WhistleId Whistle, DepartmentCode Department, string Reason, DepartmentCode? Instead) : WhistleCommand(Whistle);

/// <summary>Rule a department's dispute (裁定), or let the parties confer first.</summary>
/// <param name="Basis">The legal basis; only a referral may go without.</param>
/// <param name="Instead">Who is summoned in its place; exactly when it is reassigned.</param>
public sealed record RuleDispute(WhistleId Whistle, DepartmentCode Department, RulingKind Kind, string Text, string? Basis, DepartmentCode? Instead)
    : WhistleCommand(Whistle);
