using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Contract.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Access;

/// <summary>An administrator withdraws somebody's access: what was issued before counts no more, on no way in.</summary>
public sealed class AccessTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private const string Withdraw = """{"reason":"调离岗位"}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Tokens_of_before_are_refused_and_a_later_sign_in_is_believed()
    {
        var person = await Person.SignInAsync(Server, "leaver", "waterworks", "dispatcher");
        var other = await Person.SignInAsync(Server, "stayer", "waterworks", "dispatcher");
        (await person.GetAsync("whistles")).ShouldSucceed();

        var answer = (await (await AdminAsync()).PostAsync("access/leaver/withdraw", Withdraw)).ShouldSucceed().Json;

        answer.GetProperty("person").GetString().ShouldBe("leaver");
        var refused = (await person.GetAsync("whistles")).ShouldBeRefused(401, "access-withdrawn");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await person.PostAsync($"whistles/{ExampleCity.Belfry}-1/summonses/waterworks/sign")).ShouldBeRefused(401, "access-withdrawn");
        (await Should.ThrowAsync<HttpRequestException>(() => Screen.ConnectAsync(Server, person))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await other.GetAsync("whistles")).ShouldSucceed();
        await NextSecondAsync();
        (await (await Person.SignInAsync(Server, "leaver", "waterworks", "dispatcher")).GetAsync("whistles")).ShouldSucceed();
    }

    [Fact]
    public async Task Boards_and_alerts_that_are_followed_end_with_the_reason_and_do_not_begin_again_on_that_connection()
    {
        var person = await Person.SignInAsync(Server, "watcher", "waterworks", "dispatcher");
        await using var connection = await Screen.ConnectAsync(Server, person);
        await using var screen = new Screen(connection, "department:waterworks", null);
        await screen.NextAsync();
        await using var stays = new Screen(await Screen.ConnectAsync(Server, await Server.WaterworksAsync()), "department:waterworks", null, owns: true);
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(Server.Address, "hubs/alerts"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(person.Token)).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var alerts = LastAsync(hub.StreamAsync<AlertFrame>("Follow", "waterworks", TestContext.Current.CancellationToken));

        (await (await AdminAsync()).PostAsync("access/watcher/withdraw", Withdraw)).ShouldSucceed();

        (await Should.ThrowAsync<HubException>(() => screen.UntilAsync(_ => false))).Message.ShouldStartWith("access-withdrawn");
        (await Should.ThrowAsync<HubException>(() => alerts.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken))).Message.ShouldContain("access-withdrawn");
        await using var again = new Screen(connection, "department:waterworks", null);
        (await Should.ThrowAsync<HubException>(() => again.NextAsync())).Message.ShouldContain("access-withdrawn");
        await stays.NextAsync();
    }

    [Fact]
    public async Task Administrators_see_whose_access_was_withdrawn_and_a_repeated_order_takes_effect_once()
    {
        var admin = await AdminAsync();
        var first = (await admin.PostAsync("access/lost.phone/withdraw", """{"reason":"手机遗失","tokensBefore":"2026-01-02T03:04:05+08:00"}""", key: "once")).ShouldSucceed();
        (await admin.PostAsync("access/lost.phone/withdraw", """{"reason":"手机遗失","tokensBefore":"2026-01-02T03:04:05+08:00"}""", key: "once")).ShouldSucceed().Text.ShouldBe(first.Text);

        var listed = (await admin.GetAsync("access/withdrawn")).ShouldSucceed().Json.EnumerateArray().Single(entry => entry.GetProperty("person").GetString() == "lost.phone");
        listed.GetProperty("tokensBefore").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)));
        listed.GetProperty("reason").GetString().ShouldBe("手机遗失");
        listed.GetProperty("by").GetProperty("person").GetString().ShouldBe("admin");
    }

    [Fact]
    public async Task Who_is_no_administrator_or_asks_for_what_cannot_be_is_refused()
    {
        var admin = await AdminAsync();
        var street = await Server.StreetAsync();
        (await street.PostAsync("access/water/withdraw", Withdraw)).ShouldBeRefused(403, "not-administrator");
        (await street.GetAsync("access/withdrawn")).ShouldBeRefused(403, "not-administrator");
        (await admin.PostAsync("access/water/withdraw")).ShouldBeRefused(422, "invalid-fields").ShouldName("/reason", "missing");
        (await admin.PostAsync("access/a%20b/withdraw", Withdraw)).ShouldBeRefused(422, "invalid-fields").ShouldName("person", "not-a-code");
        (await admin.PostAsync("access/water/withdraw", """{"reason":"x","tokensBefore":"2199-01-01T00:00:00Z"}""")).ShouldBeRefused(422, "tokens-before-in-future");
        (await (await Server.WaterworksAsync()).GetAsync("whistles")).ShouldSucceed();
    }

    [Fact]
    public async Task A_withdrawal_outlives_the_server()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var person = await Person.SignInAsync(server, "leaver", "waterworks", "dispatcher");
        server.Clock.Advance(TimeSpan.FromSeconds(0.5));
        (await (await server.AsAsync("admin", "city", "administrator")).PostAsync("access/leaver/withdraw", Withdraw)).ShouldSucceed();

        await server.RestartAsync();

        (await person.GetAsync("whistles")).ShouldBeRefused(401, "access-withdrawn");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (await Person.SignInAsync(server, "leaver", "waterworks", "dispatcher")).GetAsync("whistles")).ShouldSucceed();
    }

    private static async Task LastAsync(IAsyncEnumerable<AlertFrame> frames)
    {
        await foreach (var _ in frames)
        {
        }
    }

    // A token names the second in which it was issued.
    private static Task NextSecondAsync() => Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

    private Task<Person> AdminAsync() => Server.AsAsync("admin", "city", "administrator");
}
