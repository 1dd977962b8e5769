using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>From the whistle to its trace: every attempt by every way stands there, and the count is that of what really came.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private static readonly string[] Ways = ["console", "email", "sms", "voice", "web-push", "webhook"];

    private readonly AlertServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Fact]
    public async Task Every_attempt_by_every_way_is_in_the_trace_and_counted()
    {
        var an = await fixture.Server.AsAsync("an", "waterworks", "dispatcher");
        using var browser = new BrowserKeys();
        (await an.PostAsync("departments/waterworks/push-subscriptions", browser.Subscription($"{fixture.Webhook.Url}push/1"))).Status.ShouldBe(204);
        await fixture.StaffAsync(
            ("an", "on-duty", [("webhook", "desk"), ("email", "an@example.org"), ("sms", "+8613800000000"), ("voice", "+8613800000000")]),
            ("bo", "deputy", [("webhook", "desk")]));
        var failures = 1;
        fixture.Webhook.Answer = http => http.Request.Path == "/alerts" && Interlocked.Decrement(ref failures) >= 0 ? 503 : 204;
        await using var console = await AlertConsole.OfAsync(fixture, an);
        var whistle = await fixture.BlowAsync();
        await console.UntilAsync(frame => frame.Alerts.Count > 0);
        await console.Connection.InvokeAsync("Shown", "waterworks", "desk-1", new[] { whistle }, TestContext.Current.CancellationToken);

        // The deputy is told too, after a minute.
        var street = await fixture.Server.StreetAsync();
        await fixture.RunUntilAsync(async () => (await TraceAsync(street, whistle)).Ways.Values.Sum(way => way.Delivered) == 7, TimeSpan.FromSeconds(5));

        var (trace, ways) = await TraceAsync(street, whistle);
        trace.GetProperty("events")[0].GetProperty("manifest").GetString().ShouldBe("whistle-blown.1");
        ways.Keys.Order(StringComparer.Ordinal).ShouldBe(Ways);
        ways["webhook"].ShouldBe((3, 2));
        foreach (var once in Ways.Where(way => way != "webhook"))
            ways[once].ShouldBe((1, 1), once);
        trace.GetProperty("alerts").GetProperty("attempts").GetInt32().ShouldBe(8);

        // What came is what is told of.
        var sent = Attempts(trace).Where(attempt => attempt.GetProperty("kind").GetString() == "sent").ToList();
        var came = fixture.Webhook.All.GroupBy(received => received.Path).ToDictionary(path => path.Key, path => path.Count());
        (came["/alerts"], came["/gateway"], came["/push/1"], fixture.Mail.Letters.Count).ShouldBe((3, 2, 1, 1));
        fixture.Webhook.All.Where(received => received.Headers.ContainsKey("webhook-id")).Select(received => received.Headers["webhook-id"]).Order(StringComparer.Ordinal)
            .ShouldBe(sent.Where(attempt => attempt.GetProperty("channel").GetString() is "webhook" or "sms" or "voice").Select(attempt => attempt.GetProperty("notice").GetString()).Order(StringComparer.Ordinal));
        PushCipher.Decrypt(fixture.Webhook.All.Single(received => received.Path == "/push/1").Body, browser.Key, browser.Secret).ShouldNotBeEmpty();

        // Each attempt has its answer, and says who, how, when and with what result; none says where the person can be reached.
        sent.Count.ShouldBe(7);
        foreach (var attempt in sent)
        {
            var answers = Attempts(trace).Where(answer => answer.GetProperty("kind").GetString() == "answered"
                && answer.GetProperty("notice").GetString() == attempt.GetProperty("notice").GetString() && answer.GetProperty("attempt").GetInt32() == attempt.GetProperty("attempt").GetInt32());
            answers.ShouldHaveSingleItem().GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(attempt.GetProperty("at").GetDateTimeOffset());
            attempt.GetProperty("person").GetString().ShouldBeOneOf("an", "bo");
        }

        trace.GetRawText().ShouldNotContain("+86138");
        trace.GetRawText().ShouldNotContain("push/1");
        (await street.GetAsync($"whistles/{whistle}/trace")).ShouldSucceed().Json.TryGetProperty("alerts", out _).ShouldBeFalse("it was not asked for");
    }

    [Fact]
    public async Task An_exercise_is_told_as_one()
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        await using var console = await AlertConsole.OfAsync(fixture, await fixture.Server.WaterworksAsync());
        var blow = Bodies.Blow.Replace("\"matter\"", "\"exercise\":true,\"matter\"", StringComparison.Ordinal);
        (await (await fixture.Server.StreetAsync()).PostAsync("grids/99010100100101/whistles", blow)).ShouldSucceed(201);

        (await console.UntilAsync(frame => frame.Alerts.Count > 0)).Alerts.Single().Exercise.ShouldBeTrue();
        await fixture.RunUntilAsync(() => Task.FromResult(!fixture.Webhook.All.IsEmpty));
        var told = (await fixture.Webhook.NextAsync()).Json.GetProperty("data");
        told.GetProperty("exercise").GetBoolean().ShouldBeTrue();
        told.GetProperty("text").GetProperty("zh").GetString()!.ShouldStartWith("【演练】");
    }

    private static IEnumerable<JsonElement> Attempts(JsonElement trace) =>
        trace.GetProperty("alerts").GetProperty("departments").EnumerateArray().SelectMany(department => department.GetProperty("attempts").EnumerateArray());

    private static async Task<(JsonElement Trace, Dictionary<string, (int Attempts, int Delivered)> Ways)> TraceAsync(Person reader, string whistle)
    {
        var trace = (await reader.GetAsync($"whistles/{whistle}/trace?alerts=true")).ShouldSucceed().Json;
        var ways = trace.GetProperty("alerts").GetProperty("ways").EnumerateArray()
            .ToDictionary(way => way.GetProperty("channel").GetString()!, way => (way.GetProperty("attempts").GetInt32(), way.GetProperty("delivered").GetInt32()));
        return (trace, ways);
    }
}
