using System.Collections.Immutable;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Report what became of the work (处置结果).</summary>
/// <param name="Evidence">What shows it.</param>
public sealed record ReportOutcome(
    WhistleId Whistle, DepartmentCode Department, OutcomeKind Kind, string Note, LedgerEntry? Ledger, ImmutableArray<Evidence>? Evidence = null)
    : WhistleCommand(Whistle);

/// <summary>Accept a department's outcome.</summary>
public sealed record AcceptOutcome(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse a department's outcome (否决); the work goes back.</summary>
public sealed record VetoOutcome(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);
