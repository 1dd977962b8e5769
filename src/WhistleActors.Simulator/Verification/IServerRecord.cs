using WhistleActors.Contract.Whistles;

namespace WhistleActors.Simulator.Verification;

/// <summary>What the server says afterwards.</summary>
internal interface IServerRecord
{
    /// <summary>The whistle; null when the server does not know it.</summary>
    Task<WhistleView?> WhistleAsync(string id, CancellationToken cancel);

    /// <summary>Its events; null when the server does not know it.</summary>
    Task<TraceView?> TraceAsync(string id, CancellationToken cancel);
}
