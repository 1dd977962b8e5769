namespace WhistleActors.Contract.Whistles;

/// <summary>Report a milestone of the ledger entry as done.</summary>
/// <param name="Milestone">Its number in the entry, from 1 on.</param>
public sealed record ReachMilestoneRequest(int? Milestone, string? Note);

/// <summary>Report the ledger entry as done.</summary>
public sealed record CompleteLedgerRequest(string? Note);

/// <summary>Confirm that the ledger entry is done.</summary>
public sealed record ConfirmLedgerRequest();

/// <summary>Ask for a later due day of the ledger entry.</summary>
/// <param name="Until">The later due day.</param>
public sealed record LedgerExtensionRequest(DateOnly? Until, string? Reason);
