using System.Net;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_without_its_database_lives_but_is_not_ready_refuses_commands_and_recovers_by_itself()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var server = await TestServer.StartAsync(fakeClock: false, "--postgres", await postgres.CreateDatabaseAsync());
        var street = await server.StreetAsync();
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "before")).ShouldSucceed(201);

        await postgres.CrashAsync();
        await Eventually.TrueAsync(async () => (await ReadyAsync(server)).Status == HttpStatusCode.ServiceUnavailable);
        var (_, checks) = await ReadyAsync(server);
        checks.GetProperty("journal").GetString().ShouldNotBe("ok");
        (await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "meanwhile");
        refused.Status.ShouldBe(503);
        refused.ShouldBeRefused(503, refused.Json.GetProperty("code").GetString()!);
        refused.Json.GetProperty("code").GetString().ShouldBeOneOf("not-stored", "no-answer");

        await postgres.StartAgainAsync();
        await Eventually.TrueAsync(
            async () => (await ReadyAsync(server)).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(30), async () => (await ReadyAsync(server)).Checks.ToString());
        await Eventually.TrueAsync(
            async () => (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "meanwhile")).Status == 201,
            TimeSpan.FromSeconds(30),
            async () => (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "meanwhile")).Text);
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "before")).ShouldSucceed(201).Replayed.ShouldBeTrue();
        (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Json.GetProperty("openWhistles").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_server_whose_board_cannot_read_the_journal_is_not_ready_says_why_and_shows_no_half_picture()
    {
        await using var server = await TestServer.StartAsync(fakeClock: false);
        (await (await server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        await server.StopAsync();
        server.Execute("UPDATE journal SET manifest = 'whistle-blown.9' WHERE manifest = 'whistle-blown.1'; DELETE FROM snapshot");

        await server.StartUnreadyAsync();

        await Eventually.TrueAsync(async () => (await ReadyAsync(server)).Checks.GetProperty("journal").GetString() != "ok");
        var (status, checks) = await ReadyAsync(server);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        checks.GetProperty("journal").GetString()!.ShouldStartWith("The manifest 'whistle-blown.9' is unknown: it was written by a newer version.");
        checks.GetProperty("board").GetString().ShouldBe("still reading the journal");
        (await server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var screen = new Live.Screen(await Live.Screen.ConnectAsync(server), "city", null, owns: true);
        var first = screen.NextAsync();
        await Task.WhenAny(first, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        first.IsCompleted.ShouldBeFalse();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Checks)> ReadyAsync(TestServer server)
    {
        using var answer = await server.Http.GetAsync("/health/ready");
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("checks"));
    }
}
