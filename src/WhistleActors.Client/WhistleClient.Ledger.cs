using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Reports a milestone of the ledger entry as done.</summary>
    public Task<CommandAnswer> ReachMilestoneAsync(
        string whistle, string department, ReachMilestoneRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/milestone", request, options, cancel);

    /// <summary>Reports the ledger entry as done.</summary>
    public Task<CommandAnswer> CompleteLedgerAsync(
        string whistle, string department, CompleteLedgerRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/complete", request, options, cancel);

    /// <summary>Confirms that the ledger entry is done.</summary>
    public Task<CommandAnswer> ConfirmLedgerAsync(string whistle, string department, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/confirm", new ConfirmLedgerRequest(), options, cancel);

    /// <summary>Refuses that the ledger entry is done.</summary>
    public Task<CommandAnswer> RefuseLedgerAsync(
        string whistle, string department, RefuseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/refuse", request, options, cancel);

    /// <summary>Asks for a later due day of the ledger entry.</summary>
    public Task<CommandAnswer> RequestLedgerExtensionAsync(
        string whistle, string department, LedgerExtensionRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/extension", request, options, cancel);

    /// <summary>Gives the later due day.</summary>
    public Task<CommandAnswer> ApproveLedgerExtensionAsync(string whistle, string department, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/extension/approve", new ApproveRequest(), options, cancel);

    /// <summary>Refuses the later due day.</summary>
    public Task<CommandAnswer> RefuseLedgerExtensionAsync(
        string whistle, string department, RefuseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/ledger/extension/refuse", request, options, cancel);
}
