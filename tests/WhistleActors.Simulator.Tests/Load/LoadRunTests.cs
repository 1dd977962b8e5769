using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Contract;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Load;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Tests.Verification;
using WhistleActors.Simulator.Verification;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

/// <summary>A load: whistles come at their times, whatever the server does.</summary>
public sealed class LoadRunTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"whistle-load-{Guid.NewGuid():N}");
    private readonly FakeTimeProvider clock = new();
    private readonly Server server;
    private readonly HttpClient http;
    private readonly LedgerFile ledger;
    private readonly LoadMeter meter;
    private readonly Stage stage;

    public LoadRunTests()
    {
        server = new Server(clock);
        http = new HttpClient(server) { BaseAddress = new Uri("http://127.0.0.1:1/"), Timeout = Timeout.InfiniteTimeSpan };
        ledger = new LedgerFile(path, new LedgerHead(LedgerHead.Version, "r", http.BaseAddress, "c", "s", 1, DateTimeOffset.UnixEpoch));
        meter = new LoadMeter(ledger, new Timeline(clock, TimeSpan.FromSeconds(1)));
        var city = SampleCity.Map();
        var options = new WhistleClientOptions { AttemptTimeout = TimeSpan.FromMinutes(5), GiveUpAfter = TimeSpan.FromMinutes(10), RepeatsRefused = false };
        stage = new Stage(
            "r", city, new Cast(http, options, clock, city, "r"), new Planner(1, city, new Temper(0, 0, 0, 0, 0, 0)), new Pace(1, TimeSpan.Zero), new PushMeter(clock), clock,
            concurrency: 100, giveUpAfter: TimeSpan.FromMinutes(1), meter);
    }

    public void Dispose()
    {
        ledger.Dispose();
        http.Dispose();
        server.Dispose();
        File.Delete(path);
    }

    [Fact]
    public async Task A_server_that_never_answers_delays_no_whistle()
    {
        server.Answer = Never;
        var run = Run(compress: 10, mostOpen: 100, Arrival(0), Arrival(300), Arrival(900));
        using var stop = new CancellationTokenSource();
        var running = run.RunAsync(stop.Token);

        await clock.PassUntilAsync(() => server.Blown.Count == 3);
        server.Blown.Zip([0, 30, 90], (blown, due) => blown.At.TotalSeconds - due).ShouldAllBe(late => late >= 0 && late < 200, "the scenario's times, compressed");
        (run.Open, meter.Due).ShouldBe((3, 3));
        running.IsCompleted.ShouldBeFalse("lives go on");

        // Who is told to stop gives answers three seconds to come.
        await stop.CancelAsync();
        await clock.PassAsync(2);
        running.IsCompleted.ShouldBeFalse();
        await clock.PassUntilAsync(() => running.IsCompleted);
        (run.IsPartial, run.Open, run.LivedFor >= TimeSpan.FromSeconds(93)).ShouldBe((true, 0, true));
    }

    [Fact]
    public async Task What_comes_while_as_many_lives_go_on_as_this_machine_is_to_hold_is_not_sent_and_counted_by_its_level()
    {
        server.Answer = Never;
        var run = Run(compress: 1, mostOpen: 2, Arrival(0), Arrival(1), Arrival(2), Arrival(3, level: "emergency"), Arrival(4));
        using var stop = new CancellationTokenSource();
        var running = run.RunAsync(stop.Token);

        await clock.PassUntilAsync(() => meter.Due == 5);
        await stop.CancelAsync();
        await clock.PassUntilAsync(() => running.IsCompleted);

        (server.Blown.Count, meter.NotSentInAll).ShouldBe((2, 3));
        meter.NotSentByLevel.ShouldBe([(Level.Daily, 2), (Level.Emergency, 1)]);
    }

    [Fact]
    public async Task The_departments_that_an_arrival_names_are_summoned_the_first_in_the_lead_with_a_reason()
    {
        var run = Run(compress: 1, mostOpen: 9, Arrival(0, departments: ["a", "b"]), Arrival(1));

        var running = run.RunAsync(TestContext.Current.CancellationToken);
        await clock.PassUntilAsync(() => running.IsCompleted);

        var (named, proposed) = (server.Blown.First().Body, server.Blown.Last().Body);
        named.GetProperty("summon").EnumerateArray().Select(summon => $"{summon.GetProperty("department")} {summon.GetProperty("role")}").ShouldBe(["a lead", "b cooperating"]);
        named.GetProperty("changedProposal").GetString().ShouldBe("按压测方案召集。");
        proposed.TryGetProperty("changedProposal", out _).ShouldBeFalse();
        (run.IsPartial, run.Expected).ShouldBe((false, 2));
        stage.Findings.Select(finding => finding.Kind).ShouldBe([FindingKind.Refused, FindingKind.Refused], "the server of this test refuses what it answers");
    }

    [Fact]
    public async Task What_a_server_that_is_saturated_has_refused_comes_again_under_its_key_when_that_has_said()
    {
        var refused = 0;
        server.Answer = _ => Task.FromResult(++refused == 1 ? Refuse(HttpStatusCode.ServiceUnavailable, "saturated", after: 7) : Refuse(HttpStatusCode.UnprocessableEntity, "unknown-matter"));
        var run = Run(compress: 1, mostOpen: 9, Arrival(1, level: "emergency"));

        var running = run.RunAsync(TestContext.Current.CancellationToken);
        await clock.PassUntilAsync(() => running.IsCompleted);

        server.Blown.Zip([1, 8], (blown, due) => blown.At.TotalSeconds - due).ShouldAllBe(late => late >= 0, "an emergency comes again when the server has said, and not before");
        meter.Refusals.Select(refusal => (refusal.Code, refusal.Level, refusal.IsFinal)).ShouldBe([("saturated", Level.Emergency, false), ("unknown-matter", Level.Emergency, true)], ignoreOrder: true);
        server.Blown.Select(blown => blown.Key).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Latency_counts_from_when_a_whistle_was_due_and_not_from_when_it_was_sent()
    {
        server.Answer = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created)
        {
            Content = new StringContent(JsonSerializer.Serialize(FakeServer.View("w", 1), ContractJson.Types.WhistleView), Encoding.UTF8, "application/json"),
        });
        var run = Run(compress: 1, mostOpen: 9, Arrival(1));
        using var stop = new CancellationTokenSource();
        var running = run.RunAsync(stop.Token);

        // This machine sleeps over the time of the whistle.
        clock.Advance(TimeSpan.FromSeconds(5));
        await clock.PassUntilAsync(() => meter.Timeline.Rows().Any(row => row.BlowP50 is not null));
        await stop.CancelAsync();
        await clock.PassUntilAsync(() => running.IsCompleted);

        meter.Behind.ShouldBe(1);
        var row = meter.Timeline.Rows().Single(row => row.BlowP50 is not null);
        (row.Second, row.Due).ShouldBe((1, 1));
        row.BlowP50!.Value.ShouldBeGreaterThan(3_900, "four seconds, as exactly as the histogram keeps it");
    }

    private static async Task<HttpResponseMessage> Never(CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        throw new InvalidOperationException("This is not reached.");
    }

    private static HttpResponseMessage Refuse(HttpStatusCode status, string code, int? after = null)
    {
        var refusal = new HttpResponseMessage(status)
        {
            Content = new StringContent($$"""{"type":"about:blank","title":"{{code}}","status":{{(int)status}},"code":"{{code}}"}""", Encoding.UTF8, "application/problem+json"),
        };
        refusal.Headers.RetryAfter = after is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : null;
        return refusal;
    }

    private static Arrival Arrival(double second, string level = "daily", ImmutableArray<string> departments = default) =>
        new(TimeSpan.FromSeconds(second), SampleCity.Cells[0], SampleCity.Map().Matters[0], level, departments.IsDefault ? [] : departments);

    private LoadRun Run(double compress, int mostOpen, params Arrival[] arrivals) =>
        new(stage, new LoadScenario(new("x", "x"), compress, mostOpen, [], Screens.None, Slow: null), arrivals, meter);

    /// <summary>Signs everybody in, and answers whistles as the test says.</summary>
    private sealed class Server(FakeTimeProvider clock) : HttpMessageHandler
    {
        private readonly DateTimeOffset began = clock.GetUtcNow();

        public ConcurrentQueue<(TimeSpan At, string? Key, JsonElement Body)> Blown { get; } = new();

        public Func<CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = _ => Task.FromResult(Refuse(HttpStatusCode.UnprocessableEntity, "unknown-matter"));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/api/v1/sign-in")
            {
                var token = JsonSerializer.Serialize(new SignInAnswer("t", clock.GetUtcNow().AddHours(1)), ContractJson.Types.SignInAnswer);
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(token, Encoding.UTF8, "application/json") };
            }

            request.RequestUri.AbsolutePath.ShouldBe("/api/v1/grids/g1/whistles");
            Blown.Enqueue((clock.GetUtcNow() - began, request.Headers.GetValues("Idempotency-Key").Single(), JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken)).RootElement));
            return await Answer(cancellationToken);
        }
    }
}
