using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Report a milestone of the ledger entry as done.</summary>
/// <param name="Milestone">Its number in the entry, from 1 on.</param>
public sealed record ReportMilestone(WhistleId Whistle, DepartmentCode Department, int Milestone, string Note) : WhistleCommand(Whistle);

/// <summary>Report the ledger entry as done (申请销账).</summary>
public sealed record CompleteLedger(WhistleId Whistle, DepartmentCode Department, string Note) : WhistleCommand(Whistle);

/// <summary>Confirm that the ledger entry is done (销账).</summary>
public sealed record ConfirmLedger(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse that the ledger entry is done; it runs on, or returns at once when its day has passed.</summary>
public sealed record RefuseLedger(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);

/// <summary>Ask for a later due day of the ledger entry.</summary>
public sealed record RequestLedgerExtension(WhistleId Whistle, DepartmentCode Department, DateOnly Until, string Reason) : WhistleCommand(Whistle);

/// <summary>Give the later due day.</summary>
public sealed record ApproveLedgerExtension(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse the later due day.</summary>
public sealed record RefuseLedgerExtension(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);
