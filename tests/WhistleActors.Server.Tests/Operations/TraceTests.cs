using System.Collections.Concurrent;
using Shouldly;
using WhistleActors.Server.Tests.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>The spans of a real server, as a collector gets them.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly AlertServer fixture = new();
    private readonly ConcurrentBag<OtlpSpan> spans = [];
    private Receiver collector = null!;

    public async ValueTask InitializeAsync()
    {
        collector = await Receiver.StartAsync();
        collector.Answer = _ => 200;
        collector.Before = request =>
        {
            foreach (var span in request.Path == "/v1/traces" ? OtlpSpan.Read(request.Body) : [])
                spans.Add(span);
            return Task.CompletedTask;
        };
    }

    public async ValueTask DisposeAsync()
    {
        await fixture.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Fact]
    public async Task One_whistle_is_one_tree_of_spans_from_the_request_to_the_webhook()
    {
        await StartAsync(traced: true);
        var whistle = await fixture.BlowAsync();
        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty), TimeSpan.FromMilliseconds(300));
        var sent = await fixture.Webhook.NextAsync();
        await Eventually.TrueAsync(() => spans.Any(span => span.Name == "alert notice") && spans.Any(span => span.Name.StartsWith("POST", StringComparison.Ordinal) && span.Name.Contains("whistles", StringComparison.Ordinal)));

        var order = spans.Single(span => span.Name == "grid order" && span.Tags["whistle.command"] == "BlowWhistle");
        var tree = spans.Where(span => span.Trace == order.Trace).ToDictionary(span => span.Id);
        var call = tree.Values.Single(span => span.Name == "send webhook");
        UpFrom(call, tree).Select(span => span.Name).ShouldBe(["send webhook", "alert notice", "department summons", "grid order", "POST /api/v1/grids/{grid}/whistles"]);
        tree.Values.ShouldAllBe(span => span.Parent == null || tree.ContainsKey(span.Parent), "a span of it has no place in the tree");
        tree.Values.Count(span => span.Parent == null).ShouldBe(1);
        tree.Values.Single(span => span.Name == "grid persist").Parent.ShouldBe(order.Id);
        tree.Values.Where(span => span.Name == "department persist").Select(span => tree[span.Parent!].Name).Distinct().ShouldBe(["department summons"]);
        tree.Values.Where(span => span.Name is "grid order" or "department summons" or "alert notice").ShouldAllBe(span => span.Tags["whistle.id"] == whistle);

        // Both say the same: the header of the W3C, and the extension of CloudEvents.
        sent.Headers["traceparent"].ShouldBe($"00-{call.Trace}-{call.Id}-01");
        sent.Json.GetProperty("traceparent").GetString().ShouldBe(sent.Headers["traceparent"]);
    }

    [Fact]
    public async Task Whoever_calls_with_a_trace_of_their_own_finds_what_was_done_for_them_in_it()
    {
        await StartAsync(traced: true);
        var street = await fixture.Server.StreetAsync();
        using var body = new StringContent(Bodies.Blow, System.Text.Encoding.UTF8, "application/json");
        (await street.SendAsync(HttpMethod.Post, $"grids/{ExampleCity.Belfry}/whistles", body, ("traceparent", Sampled))).ShouldSucceed(201);

        await Eventually.TrueAsync(() => spans.Any(span => span.Name == "department summons"));
        spans.Where(span => span.Name is "grid order" or "grid persist" or "department summons").ShouldAllBe(span => span.Trace == Sampled.Substring(3, 32));
    }

    [Fact]
    public async Task A_refusal_ends_its_span_with_its_code()
    {
        await StartAsync(traced: true);
        var whistle = await fixture.BlowAsync();
        var refused = (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{whistle}/close")).Json.GetProperty("code").GetString();

        await Eventually.TrueAsync(() => spans.Any(span => span.Name == "grid order" && span.Tags["whistle.command"] == "CloseWhistle"));
        spans.Single(span => span.Name == "grid order" && span.Tags["whistle.command"] == "CloseWhistle").Tags["whistle.answer"].ShouldBe(refused);
    }

    [Fact]
    public async Task Where_no_collector_is_named_nothing_is_recorded_and_nothing_told_to_webhooks_even_if_the_caller_does()
    {
        await StartAsync(traced: false);
        var street = await fixture.Server.StreetAsync();
        using var body = new StringContent(Bodies.Blow, System.Text.Encoding.UTF8, "application/json");
        (await street.SendAsync(HttpMethod.Post, $"grids/{ExampleCity.Belfry}/whistles", body, ("traceparent", Sampled))).ShouldSucceed(201);

        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty), TimeSpan.FromMilliseconds(300));
        var sent = await fixture.Webhook.NextAsync();
        sent.Headers.ShouldNotContainKey("traceparent");
        sent.Json.TryGetProperty("traceparent", out _).ShouldBeFalse();
        spans.ShouldBeEmpty();
    }

    private async Task StartAsync(bool traced)
    {
        if (traced)
            fixture.Settings = ["--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString(), "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_BSP_SCHEDULE_DELAY", "50"];
        await fixture.InitializeAsync();
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
    }

    private static IEnumerable<OtlpSpan> UpFrom(OtlpSpan span, Dictionary<string, OtlpSpan> tree)
    {
        for (OtlpSpan? now = span; now is not null; now = now.Parent is { } parent ? tree[parent] : null)
            yield return now;
    }
}
