using WhistleActors.Client;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Simulator.Verification;

/// <summary>The server's record, asked over its API.</summary>
/// <param name="whenGone">Told when the server does not answer any more, where that is no fault; the question then counts as called off.</param>
internal sealed class ServerRecord(WhistleClient client, Action? whenGone = null) : IServerRecord
{
    public Task<WhistleView?> WhistleAsync(string id, CancellationToken cancel) => KnownAsync(client.WhistleAsync(id, cancel));

    public Task<TraceView?> TraceAsync(string id, CancellationToken cancel) => KnownAsync(client.TraceAsync(id, cancel));

    private async Task<T?> KnownAsync<T>(Task<T> asked)
        where T : class
    {
        try
        {
            return await asked;
        }
        catch (RefusedException refused) when (refused.Problem.Status == 404)
        {
            return null;
        }
        catch (UnreachableException unreachable) when (whenGone is not null)
        {
            whenGone();
            throw new OperationCanceledException(unreachable.Message, unreachable);
        }
    }
}
