using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Says that a crew left the spot.</summary>
    public Task<CommandAnswer> LeaveAsync(
        string whistle, string department, LeaveRequest? request = null, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"{Summons(whistle, department)}/leave", request ?? new LeaveRequest(), options, cancel);
}
