using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Calls;

public sealed class CommandTests : IDisposable
{
    private const string Refusal =
        """{"type":"urn:whistle-actors:problem:already-signed","title":"Conflict","status":409,"code":"already-signed","detail":"It was signed.","detailZh":"已签收。","added-later":1}""";

    private static readonly BlowRequest Blow = new("event-0201", "emergency", "emergency", null, "路面塌陷 🚧");

    private readonly FakeTimeProvider clock = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly StubServer server;
    private readonly HttpClient http;
    private readonly WhistleClient client;

    public CommandTests()
    {
        server = new StubServer(clock);
        http = new HttpClient(server) { BaseAddress = StubServer.Address };
        client = new WhistleClient(http, Sample.Officer, new WhistleClientOptions { Random = new Random(1) }, clock);
    }

    public void Dispose()
    {
        http.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task A_command_that_meets_trouble_is_repeated_under_the_same_key_with_the_same_body()
    {
        server.Then(HttpStatusCode.ServiceUnavailable)
            .Then(HttpStatusCode.TooManyRequests)
            .Then(_ => throw new HttpRequestException("connection reset"))
            .Then(HttpStatusCode.BadGateway, "<html>proxy</html>")
            .ThenWhistle(1, response => response.Headers.Add("Idempotency-Replayed", "true"));

        var answer = await Eventually(client.BlowAsync("110101001001001", Blow, cancel: TestContext.Current.CancellationToken));

        answer.Attempts.ShouldBe(5);
        answer.Replayed.ShouldBeTrue();
        server.Requests.Count.ShouldBe(5);
        server.Requests.Select(seen => seen.Key).Distinct().ShouldHaveSingleItem().ShouldBe(answer.Key);
        server.Requests.Select(seen => seen.Body).Distinct().ShouldHaveSingleItem().ShouldContain("路面塌陷");
    }

    [Fact]
    public async Task Two_commands_have_two_keys_unless_the_caller_names_them()
    {
        server.ThenWhistle(1).ThenWhistle(2).ThenWhistle(3);

        var first = await client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken);
        var second = await client.SignAsync("1-1", "d2", cancel: TestContext.Current.CancellationToken);
        var named = await client.SignAsync("1-1", "d3", new CommandOptions("mine", IfVersion: 2), TestContext.Current.CancellationToken);

        first.Key.ShouldNotBe(second.Key);
        named.Key.ShouldBe("mine");
        server.Requests[2].Key.ShouldBe("mine");
        server.Requests[2].IfMatch.ShouldBe("\"2\"");
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_the_server_has_decided_is_not_asked_twice(HttpStatusCode status)
    {
        server.Then(status, Refusal);

        var refused = await Should.ThrowAsync<RefusedException>(client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken));

        refused.Code.ShouldBe("already-signed");
        refused.Problem.DetailZh.ShouldBe("已签收。");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_server_is_left_alone_for_as_long_as_it_asks()
    {
        server.Then(HttpStatusCode.ServiceUnavailable, also: response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)))
            .ThenWhistle(1);
        var began = clock.GetUtcNow();

        await Eventually(client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken));

        (clock.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_server_that_asks_for_more_time_than_there_is_is_given_up_at_once()
    {
        server.Then(HttpStatusCode.ServiceUnavailable, Refusal, response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(1)));

        await Should.ThrowAsync<RefusedException>(client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_wants_to_wait_oneself_hears_of_the_refusal_at_once_and_of_the_wait_that_is_asked_for()
    {
        server.Then(HttpStatusCode.ServiceUnavailable, Refusal, response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)));
        var own = new WhistleClient(http, Sample.Officer, new WhistleClientOptions { RepeatsRefused = false }, clock);

        var refused = await Should.ThrowAsync<RefusedException>(own.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken));

        refused.MayPass.ShouldBeTrue();
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_stays_away_is_given_up_in_the_end_and_the_key_is_told()
    {
        for (var i = 0; i < 1000; i++)
            server.Then(_ => throw new HttpRequestException("refused"));

        var gone = await Should.ThrowAsync<UnreachableException>(
            Eventually(client.SignAsync("1-1", "d1", new CommandOptions("mine"), TestContext.Current.CancellationToken)));

        gone.Key.ShouldBe("mine");
        gone.Attempts.ShouldBe(server.Requests.Count);
        gone.Attempts.ShouldBeInRange(10, 40);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_counts_as_lost()
    {
        server.Then(async cancelled =>
            {
                await Task.Delay(Timeout.Infinite, cancelled);
                throw new InvalidOperationException();
            })
            .ThenWhistle(1);

        var answer = await Eventually(client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken));

        answer.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_cancels_is_let_go_at_once()
    {
        using var cancel = new CancellationTokenSource();
        server.Then(async cancelled =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancelled);
            throw new InvalidOperationException();
        });

        await Should.ThrowAsync<OperationCanceledException>(client.SignAsync("1-1", "d1", cancel: cancel.Token));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_is_fetched_once_and_renewed_before_it_ends()
    {
        server.TokenLife = TimeSpan.FromMinutes(10);
        server.ThenWhistle(1).ThenWhistle(2).ThenWhistle(3);

        await client.WhistleAsync("1-1", TestContext.Current.CancellationToken);
        await client.WhistleAsync("1-1", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(9));
        await client.WhistleAsync("1-1", TestContext.Current.CancellationToken);

        server.Requests.Select(seen => seen.Token).ShouldBe(["token-1", "token-1", "token-2"]);
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once()
    {
        server.Then(HttpStatusCode.Unauthorized).ThenWhistle(1).Then(HttpStatusCode.Unauthorized).Then(HttpStatusCode.Unauthorized);

        var answer = await client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken);
        await Should.ThrowAsync<RefusedException>(client.SignAsync("1-1", "d2", cancel: TestContext.Current.CancellationToken));

        answer.Whistle.Version.ShouldBe(1);
        server.Requests[0].Key.ShouldBe(server.Requests[1].Key);
        server.Requests.Select(seen => seen.Token).ShouldBe(["token-1", "token-2", "token-2", "token-3"]);
    }

    [Fact]
    public async Task When_access_was_withdrawn_nothing_is_tried_with_another_token()
    {
        server.Then(HttpStatusCode.Unauthorized, """{"type":"x","title":"x","status":401,"code":"access-withdrawn","detail":"x","detailZh":"x"}""");

        (await Should.ThrowAsync<RefusedException>(client.SignAsync("1-1", "d1", cancel: TestContext.Current.CancellationToken))).Code.ShouldBe("access-withdrawn");

        server.Requests.Count.ShouldBe(1);
        server.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task Members_that_a_newer_server_adds_are_passed_over()
    {
        server.Then(HttpStatusCode.OK, """{"whistles":[],"next":"c1","total":17}""");

        var page = await client.OpenWhistlesAsync("district:110101", 50, "a b", TestContext.Current.CancellationToken);

        page.Next.ShouldBe("c1");
        server.Requests[0].Path.ShouldBe("/api/v1/whistles?board=district%3A110101&limit=50&cursor=a%20b");
    }

    // Moves the fake clock until the task is done: pauses and time limits pass at once.
    private async Task<T> Eventually<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(task, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        return await task;
    }
}
