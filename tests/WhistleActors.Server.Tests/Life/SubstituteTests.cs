using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>Whom the duty list names for a department that cannot come (替补), over HTTP. The roads bureau has one crew.</summary>
public sealed class SubstituteTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Short = """{"reason":"力量不足"}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_command_centre_calls_it_once_for_who_waits_for_a_crew_and_it_is_summoned_like_anybody()
    {
        var (street, roads, command) = (await Server.StreetAsync(), await Server.RoadsAsync(), await Server.AsAsync("command", "990101", "commander"));
        for (var i = 0; i < 2; i++)
            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily)).ShouldSucceed(201);
        var queued = (await QueueAsync(roads, queue => queue.GetArrayLength() == 1))[0];
        queued.GetProperty("substitute").GetString().ShouldBe("command");
        var summons = $"whistles/{queued.GetProperty("whistle").GetString()}/summonses";

        (await street.PostAsync($"{summons}/990101-roads/substitute", Short)).ShouldBeRefused(403, "not-your-district");
        (await command.PostAsync($"{summons}/waterworks/substitute", Short)).ShouldBeRefused(409, "no-substitute");
        (await command.PostAsync($"{summons}/command/substitute", Short)).ShouldBeRefused(409, "notified-only");
        (await command.PostAsync($"{summons}/990101-roads/substitute", "{}")).ShouldBeRefused(422, "invalid-fields");

        var called = (await command.PostAsync($"{summons}/990101-roads/substitute", Short)).ShouldSucceed().Summons("command");
        (called.GetProperty("role").GetString(), called.GetProperty("state").GetString()).ShouldBe(("cooperating", "summoned"));
        called.GetProperty("inPlaceOf").GetProperty("from").GetString().ShouldBe("990101-roads");
        called.GetProperty("checkInBy").GetDateTimeOffset().ShouldBeGreaterThan(Server.Now);
        (await command.PostAsync($"{summons}/990101-roads/substitute", Short)).ShouldBeRefused(409, "substitute-already-summoned");

        // It hears of it, and the bureau is still bound and waits on.
        var centre = await Server.AsAsync("desk", "command", "dispatcher");
        await Eventually.TrueAsync(async () => (await centre.GetAsync("departments/command/load")).ShouldSucceed().Json.GetProperty("open").GetInt32() == 1);
        (await QueueAsync(roads, queue => queue.GetArrayLength() == 1 && !queue[0].TryGetProperty("substitute", out _))).GetArrayLength().ShouldBe(1);
        (await centre.PostAsync($"{summons}/command/sign", "{}")).ShouldSucceed();
    }

    private static async Task<JsonElement> QueueAsync(Person person, Func<JsonElement, bool> until)
    {
        JsonElement queue = default;
        await Eventually.TrueAsync(async () => until(queue = (await person.GetAsync("departments/990101-roads/allocation")).ShouldSucceed().Json.GetProperty("queue")));
        return queue;
    }
}
