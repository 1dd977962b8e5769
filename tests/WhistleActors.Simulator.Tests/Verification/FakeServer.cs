using System.Text.Json;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Tests.Verification;

/// <summary>A server whose memory the test may tamper with.</summary>
internal sealed class FakeServer : IServerRecord
{
    public Dictionary<string, WhistleView> Whistles { get; } = [];

    public Dictionary<string, List<(string Manifest, string? Department)>> Traces { get; } = [];

    public static WhistleView View(string id, long version, string description = "x", WhistleStage stage = WhistleStage.Open) => new(
        id, version, "g1", "110101001", "110101", "20401", Occasion.Emergency, Level.Emergency, Chain.Service, 1, description, null, "sample/1", null, stage,
        DateTimeOffset.UnixEpoch, new OfficerView("sim.r.sub.110101001", "王伟", "110101001", "subdistrict-officer"), null, null, null, []);

    public Task<WhistleView?> WhistleAsync(string id, CancellationToken cancel) => Task.FromResult(Whistles.GetValueOrDefault(id));

    public Task<TraceView?> TraceAsync(string id, CancellationToken cancel) => Task.FromResult(
        Traces.TryGetValue(id, out var events)
            ? new TraceView(id, [.. events.Select((happened, index) => new TraceEventView(
                index + 1, index + 11, $"{happened.Manifest}.1", DateTimeOffset.UnixEpoch, null, JsonSerializer.SerializeToElement(new { department = happened.Department })))])
            : null);
}
