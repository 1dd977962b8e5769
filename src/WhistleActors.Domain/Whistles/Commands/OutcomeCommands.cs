using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Report what became of the work (处置结果).</summary>
public sealed record ReportOutcome(WhistleId Whistle, DepartmentCode Department, OutcomeKind Kind, string Note, LedgerEntry? Ledger) : WhistleCommand(Whistle);

/// <summary>Accept a department's outcome.</summary>
public sealed record AcceptOutcome(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse a department's outcome (否决); the work goes back.</summary>
public sealed record VetoOutcome(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);
