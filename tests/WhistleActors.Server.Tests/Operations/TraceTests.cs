using System.Collections.Concurrent;
using Shouldly;
using WhistleActors.Server.Tests.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>The spans of a real server, as a collector gets them.</summary>
[Collection(nameof(AloneInTheProcess))]
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
    public async Task An_order_about_a_crew_is_one_tree_of_spans_from_the_request_to_its_storing()
    {
        await StartAsync(traced: true);
        var whistle = await fixture.BlowAsync();
        var water = await fixture.Server.WaterworksAsync();
        Task<Answer> AssignAsync(string crew) => water.PostAsync($"departments/waterworks/crews/{crew}/assign", $$"""{"whistle":"{{whistle}}"}""");

        // The department hears of the whistle in its own time; until then there is nothing to assign a crew to.
        await fixture.RunUntilAsync(async () => (await AssignAsync("waterworks-1")).Status == 204);
        (await AssignAsync("waterworks-2")).ShouldBeRefused(409, "whistle-has-crew");

        bool Assigned(OtlpSpan span, string answer) => span.Name == "department order" && span.Tags["whistle.command"] == "AssignCrew" && span.Tags["whistle.answer"] == answer;
        await Eventually.TrueAsync(() => spans.Any(span => Assigned(span, "accepted")) && spans.Any(span => Assigned(span, "whistle-has-crew")) && spans.Any(span => span.Name.EndsWith("/assign", StringComparison.Ordinal)));
        var order = spans.Single(span => Assigned(span, "accepted"));
        await Eventually.TrueAsync(() => spans.Any(span => span.Id == order.Parent));
        (order.Tags["whistle.department"], order.Tags["whistle.id"]).ShouldBe(("waterworks", whistle));
        var tree = spans.Where(span => span.Trace == order.Trace).ToDictionary(span => span.Id);
        UpFrom(tree.Values.Single(span => span.Name == "department persist"), tree).Select(span => span.Name).ShouldBe(["department persist", "department order", "POST /api/v1/departments/{department}/crews/{crew}/assign"]);
    }

    [Fact]
    public async Task A_notice_that_an_administrator_has_sent_again_belongs_to_that_request()
    {
        await StartAsync(traced: true);
        fixture.Webhook.Answer = _ => 403;
        await fixture.BlowAsync();
        var root = await fixture.Server.AsAsync("root", "city", "administrator");
        string? letter = null;
        await fixture.RunUntilAsync(async () => (letter = (await root.GetAsync("/api/v1/webhooks/dead-letters")).Json.GetProperty("deadLetters").EnumerateArray().Select(one => one.GetProperty("notice").GetString()).FirstOrDefault()) is not null);

        fixture.Webhook.Answer = _ => 200;
        (await root.PostAsync($"webhooks/dead-letters/{letter}/resend")).Status.ShouldBe(204);
        await fixture.RunUntilAsync(() => Task.FromResult(spans.Any(span => span.Name == "alert notice" && span.Tags["whistle.answer"] == "delivered") && spans.Any(span => span.Name.EndsWith("resend", StringComparison.Ordinal))));

        var order = spans.Single(span => span.Name == "department order" && span.Tags["whistle.command"] == "ReviveNotice");
        await Eventually.TrueAsync(() => spans.Any(span => span.Trace == order.Trace && span.Name == "send webhook"));
        var tree = spans.Where(span => span.Trace == order.Trace).ToDictionary(span => span.Id);
        UpFrom(tree.Values.Single(span => span.Name == "send webhook"), tree).Select(span => span.Name)
            .ShouldBe(["send webhook", "alert notice", "department order", "POST /api/v1/webhooks/dead-letters/{notice}/resend"]);
        tree.Values.Single(span => span.Name == "department persist").Parent.ShouldBe(order.Id);
    }

    [Fact]
    public async Task A_whistle_that_a_report_desk_has_blown_is_under_the_order_that_the_desk_was_given()
    {
        await StartAsync(traced: true);
        var (roads, street) = (await fixture.Server.RoadsAsync(), await fixture.Server.StreetAsync());
        var report = (await roads.PostAsync("reports", """{"source":"hotline","number":"N-1","title":"井盖冒水","text":"主街井盖处持续冒水","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"},"matter":"burst-main"}""")).ShouldSucceed(201).Id;
        (await street.PostAsync($"reports/{report}/whistle")).ShouldSucceed();
        (await street.PostAsync($"reports/{report}/whistle")).ShouldBeRefused(409, "report-not-open");

        await Eventually.TrueAsync(() => spans.Count(span => span.Name == "desk order") == 3 && spans.Count(span => span.Name == "desk persist") == 3 && spans.Count(span => span.Name.EndsWith("reports/{id}/whistle", StringComparison.Ordinal)) == 2);
        var order = spans.Single(span => span.Name == "grid order" && span.Tags["whistle.command"] == "BlowWhistle");
        var tree = spans.Where(span => span.Trace == order.Trace).ToDictionary(span => span.Id);
        UpFrom(tree.Values.First(span => span.Name == "department summons"), tree).Select(span => span.Name)
            .ShouldBe(["department summons", "grid order", "desk order", "POST /api/v1/reports/{id}/whistle"]);
        tree.Values.Where(span => span.Name == "desk persist").Select(span => tree[span.Parent!].Name).ShouldBe(["desk order", "desk order"], "that it began, and what the grid answered");
        spans.Where(span => span.Name == "desk order").Select(span => span.Tags["whistle.answer"]).ShouldBe(["accepted", "accepted", "report-not-open"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_order_about_access_is_one_tree_of_spans_from_the_request_to_its_storing()
    {
        await StartAsync(traced: true);
        var admin = await fixture.Server.AsAsync("admin", "city", "administrator");
        (await admin.PostAsync("access/leaver/withdraw", """{"reason":"调离岗位"}""")).ShouldSucceed();

        await Eventually.TrueAsync(() => spans.Any(span => span.Name == "access order") && spans.Any(span => span.Name.EndsWith("/withdraw", StringComparison.Ordinal)));
        var order = spans.Single(span => span.Name == "access order");
        (order.Tags["whistle.command"], order.Tags["whistle.answer"]).ShouldBe(("WithdrawAccess", "accepted"));
        var tree = spans.Where(span => span.Trace == order.Trace).ToDictionary(span => span.Id);
        UpFrom(tree.Values.Single(span => span.Name == "access persist"), tree).Select(span => span.Name).ShouldBe(["access persist", "access order", "POST /api/v1/access/{person}/withdraw"]);
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
