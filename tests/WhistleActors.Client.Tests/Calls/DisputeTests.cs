using System.Net;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Calls;

/// <summary>Leaving, disputing, ruling and precedents go where the server expects them.</summary>
public sealed class DisputeTests : IDisposable
{
    private readonly FakeTimeProvider clock = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly StubServer server;
    private readonly HttpClient http;
    private readonly WhistleClient client;

    public DisputeTests()
    {
        server = new StubServer(clock);
        http = new HttpClient(server) { BaseAddress = StubServer.Address };
        client = new WhistleClient(http, Sample.Officer, clock: clock);
    }

    public void Dispose()
    {
        http.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task Each_command_has_its_path_and_its_body()
    {
        server.ThenWhistle(1).ThenWhistle(2).ThenWhistle(3).ThenWhistle(4);
        var cancel = TestContext.Current.CancellationToken;

        await client.LeaveAsync("1-1", "d1", cancel: cancel);
        await client.DisputeAsync("1-1", "d1", new DisputeRequest("not ours", "d2"), cancel: cancel);
        await client.RuleAsync("1-1", new RuleRequest("d1", "reassigned", "theirs", "law", "d2"), cancel: cancel);
        await client.ReleaseAsync("1-1", new ReleaseRequest("d1", "elsewhere", CheckIn: 2), cancel: cancel);

        server.Requests.Select(seen => (seen.Path, seen.Body)).ShouldBe(
        [
            ("/api/v1/whistles/1-1/summonses/d1/leave", "{}"),
            ("/api/v1/whistles/1-1/summonses/d1/dispute", """{"reason":"not ours","instead":"d2"}"""),
            ("/api/v1/whistles/1-1/rule", """{"department":"d1","kind":"reassigned","text":"theirs","basis":"law","instead":"d2"}"""),
            ("/api/v1/whistles/1-1/release", """{"department":"d1","reason":"elsewhere","checkIn":2}"""),
        ]);
    }

    [Fact]
    public async Task Precedents_are_read()
    {
        server.Then(HttpStatusCode.OK, """
            [{"matter":"m","district":"110101","department":"d1","role":"lead","kind":"reassigned","instead":"d2","text":"t","basis":"b","at":"2026-03-10T10:00:00+08:00","whistle":"1-1"}]
            """);

        var precedents = await client.PrecedentsAsync("m", TestContext.Current.CancellationToken);

        server.Requests.ShouldHaveSingleItem().Path.ShouldBe("/api/v1/precedents?matter=m");
        precedents.ShouldHaveSingleItem().ShouldBe(new PrecedentView(
            "m", "110101", "d1", DutyRole.Lead, RulingKind.Reassigned, "d2", "t", "b", new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.FromHours(8)), "1-1"));
    }
}
