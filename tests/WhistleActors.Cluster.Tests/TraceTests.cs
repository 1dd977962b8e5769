using System.Collections.Concurrent;
using System.Security.Cryptography;
using Shouldly;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>Commands that one node took and another carried out, as a collector of traces sees them.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task What_other_nodes_do_for_a_request_is_in_its_trace_under_what_asked_for_it()
    {
        await using var database = await TestPostgres.StartAsync();
        await using var collector = await Receiver.StartAsync();
        var spans = new ConcurrentBag<OtlpSpan>();
        collector.Answer = _ => 200;
        collector.Before = request =>
        {
            foreach (var span in OtlpSpan.Read(request.Body))
                spans.Add(span);
            return Task.CompletedTask;
        };
        int[] ports = [FreePorts.Next(), FreePorts.Next()];
        var nodes = ports.Select(port => new ServerProcess(
            ("WHISTLE_CITY_PACK", Town.Folder),
            ("WHISTLE_POSTGRES", database.ConnectionString),
            ("WHISTLE_NODE", $"127.0.0.1:{port}"),
            ("WHISTLE_SEEDS", string.Join(',', ports.Select(seed => $"127.0.0.1:{seed}"))),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"))).ToList();
        await using var first = nodes[0];
        await using var second = nodes[1];
        var key = RandomNumberGenerator.GetBytes(32);
        foreach (var node in nodes)
        {
            node.GiveKey(key);
            node.Start();
        }

        foreach (var node in nodes)
            await node.ReadyAsync();

        // Each grid lives on one of the two: through both of them every order of one crosses over.
        foreach (var node in nodes)
        {
            foreach (var grid in Town.Grids)
                await node.As("street", "990101001", "subdistrict-officer").BlowAsync(grid, Town.BurstMain);
        }

        await Eventually.TrueAsync(() => Requests().Any(IsOfTwoNodes), TimeSpan.FromSeconds(30), () => $"{string.Join('\n', spans)} {nodes[0].Output}");
        Requests().SelectMany(trace => trace).Where(span => span.Name is "grid order" or "department summons").ShouldAllBe(span => span.Parent != null);

        IEnumerable<List<OtlpSpan>> Requests() => spans.GroupBy(span => span.Trace).Select(trace => trace.ToList()).Where(trace => trace.Exists(span => span.Name == "grid order"));

        // Complete from the request to a department, across nodes.
        static bool IsOfTwoNodes(List<OtlpSpan> trace) =>
            trace.Select(span => span.Node).Distinct().Count() == 2
            && trace.Exists(span => span.Name == "department summons")
            && trace.Exists(span => span.Name.StartsWith("POST ", StringComparison.Ordinal))
            && trace.TrueForAll(span => span.Parent is null || trace.Exists(other => other.Id == span.Parent));
    }
}
