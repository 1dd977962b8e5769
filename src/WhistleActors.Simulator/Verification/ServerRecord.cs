using WhistleActors.Client;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Simulator.Verification;

/// <summary>The server's record, asked over its API.</summary>
internal sealed class ServerRecord(WhistleClient client) : IServerRecord
{
    public Task<WhistleView?> WhistleAsync(string id, CancellationToken cancel) => KnownAsync(client.WhistleAsync(id, cancel));

    public Task<TraceView?> TraceAsync(string id, CancellationToken cancel) => KnownAsync(client.TraceAsync(id, cancel));

    private static async Task<T?> KnownAsync<T>(Task<T> asked)
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
    }
}
