using WhistleActors.Contract.Allocations;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Tells a crew to go to a whistle. Given twice it takes effect once; so does all that follows.</summary>
    public Task AssignCrewAsync(string department, string crew, AssignCrewRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Crew(department, crew)}/assign", request, cancel);

    /// <summary>Takes an assignment back.</summary>
    public Task UnassignCrewAsync(string department, string crew, CrewReasonRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Crew(department, crew)}/unassign", request, cancel);

    /// <summary>Says that a crew is at work or not, for a while.</summary>
    public Task SetCrewDutyAsync(string department, string crew, CrewDutyRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Crew(department, crew)}/duty", request, cancel);

    /// <summary>Lends a crew to the same bureau of another district.</summary>
    public Task LendCrewAsync(string department, string crew, LendCrewRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Crew(department, crew)}/lend", request, cancel);

    /// <summary>Calls a lent crew back.</summary>
    public Task ReturnCrewAsync(string department, string crew, CrewReasonRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Crew(department, crew)}/return", request, cancel);

    /// <summary>Lets the rule assign by itself, or only propose.</summary>
    public Task SetAllocationModeAsync(string department, AllocationModeRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Put, $"{Department(department)}/allocation/mode", request, cancel);

    /// <summary>Lets a whistle come sooner or later to its turn.</summary>
    public Task PrioritiseAsync(string department, PriorityRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Department(department)}/priorities", request, cancel);

    /// <summary>Holds levels below an emergency back for a while.</summary>
    public Task ThrottleAsync(string department, ThrottleRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Put, $"{Department(department)}/throttle", request, cancel);

    private static string Crew(string department, string crew) => $"{Department(department)}/crews/{Escape(crew)}";
}
