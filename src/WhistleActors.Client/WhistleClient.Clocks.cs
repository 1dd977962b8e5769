using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Says that the department has spoken to the initiator.</summary>
    public Task<CommandAnswer> ContactAsync(
        string whistle, string department, ContactRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/contact", request, options, cancel);

    /// <summary>Records a measure on the spot.</summary>
    public Task<CommandAnswer> RecordMeasureAsync(
        string whistle, string department, MeasureRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/measures", request, options, cancel);

    /// <summary>Files the written report.</summary>
    public Task<CommandAnswer> FileReportAsync(
        string whistle, string department, WrittenReportRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/report", request, options, cancel);

    /// <summary>Asks for more time for one clock.</summary>
    public Task<CommandAnswer> RequestExtensionAsync(
        string whistle, string department, ExtensionRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/extension", request, options, cancel);

    /// <summary>Gives the time that was asked for.</summary>
    public Task<CommandAnswer> ApproveExtensionAsync(string whistle, string department, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/extension/approve", new ApproveRequest(), options, cancel);

    /// <summary>Refuses the time that was asked for.</summary>
    public Task<CommandAnswer> RefuseExtensionAsync(
        string whistle, string department, RefuseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/extension/refuse", request, options, cancel);

    /// <summary>Asks that all clocks of the summons stand still through a day.</summary>
    public Task<CommandAnswer> RequestSuspensionAsync(
        string whistle, string department, SuspensionRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/suspension", request, options, cancel);

    /// <summary>Lets the clocks stand still.</summary>
    public Task<CommandAnswer> ApproveSuspensionAsync(string whistle, string department, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/suspension/approve", new ApproveRequest(), options, cancel);

    /// <summary>Refuses to let the clocks stand still.</summary>
    public Task<CommandAnswer> RefuseSuspensionAsync(
        string whistle, string department, RefuseRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/suspension/refuse", request, options, cancel);

    /// <summary>Lets the clocks run on before the suspension's last day.</summary>
    public Task<CommandAnswer> EndSuspensionAsync(
        string whistle, string department, EndSuspensionRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/suspension/end", request, options, cancel);
}
