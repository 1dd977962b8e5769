using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Plans;

namespace WhistleActors.Client;

/// <content>Simulations in virtual time, for command centres and administrators.</content>
public sealed partial class WhistleClient
{
    /// <summary>The plans that the server has.</summary>
    public Task<IReadOnlyList<ScenarioView>> ScenariosAsync(CancellationToken cancel = default) => AskAsync<IReadOnlyList<ScenarioView>>("plans/scenarios", cancel);

    /// <summary>One of them, with the departments that its whistles can summon.</summary>
    public Task<ScenarioDetailView> ScenarioAsync(string id, CancellationToken cancel = default) => AskAsync<ScenarioDetailView>($"plans/scenarios/{Escape(id)}", cancel);

    /// <summary>Begins a simulation. The server gives it up when nobody asks after it for a minute.</summary>
    public async Task<PlanView> StartPlanAsync(PlanRequest request, CancellationToken cancel = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Type<PlanRequest>());
        var key = Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
        var reply = await caller.SendAsync(new Call(HttpMethod.Post, "api/v1/plans", body, key), session, cancel).ConfigureAwait(false);
        return JsonSerializer.Deserialize(reply.Body, ClientJson.Type<PlanView>())!;
    }

    /// <summary>How far a simulation is, and what came of it.</summary>
    public Task<PlanView> PlanAsync(string id, CancellationToken cancel = default) => AskAsync<PlanView>($"plans/{Escape(id)}", cancel);

    /// <summary>Stops a simulation; <see cref="PlanAsync"/> then gives what was done.</summary>
    public Task StopPlanAsync(string id, CancellationToken cancel = default) =>
        caller.SendAsync(new Call(HttpMethod.Delete, $"api/v1/plans/{Escape(id)}"), session, cancel);

    /// <summary>Simulates to the end. Cancelling stops it at the server too.</summary>
    /// <param name="progress">Told how far it is, about twice a second.</param>
    public async Task<PlanView> RunPlanAsync(PlanRequest request, IProgress<PlanView>? progress = null, CancellationToken cancel = default)
    {
        var plan = await StartPlanAsync(request, cancel).ConfigureAwait(false);
        try
        {
            while (plan.State == "running")
            {
                progress?.Report(plan);
                await Task.Delay(TimeSpan.FromMilliseconds(500), Clock, cancel).ConfigureAwait(false);
                plan = await PlanAsync(plan.Id, cancel).ConfigureAwait(false);
            }

            return plan;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await StopPlanAsync(plan.Id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
