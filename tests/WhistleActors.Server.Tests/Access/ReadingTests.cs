using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Access;

/// <summary>Whoever may follow something on a board may read it over HTTP, and nobody else.</summary>
public sealed class ReadingTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("990101001", "subdistrict-officer", true)]
    [InlineData("990101001", "observer", true)]
    [InlineData("990101", "commander", true)]
    [InlineData("waterworks", "crew", true)]
    [InlineData("990101-roads", "dispatcher", true)]
    [InlineData("command", "dispatcher", true)]
    [InlineData("city", "observer", true)]
    [InlineData("city", "administrator", true)]
    [InlineData("990101002", "subdistrict-officer", false)]
    [InlineData("990102001", "observer", false)]
    [InlineData("990102", "commander", false)]
    [InlineData("990102-roads", "dispatcher", false)]
    public async Task A_whistle_is_read_by_whom_its_board_shows_it_to(string organisation, string role, bool sees)
    {
        var id = (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var reader = await Server.AsAsync("reader", organisation, role);

        await AgreesAsync(reader, id, sees);
        await (await Server.StreetAsync()).PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""");
        foreach (var path in new[] { $"whistles/{id}", $"whistles/{id}/trace", $"whistles/{id}/alerts" })
            Check(await reader.GetAsync(path), sees);
    }

    [Fact]
    public async Task A_subdistrict_whose_posted_crew_went_elsewhere_sees_that_whistle_on_every_way_once_the_crew_is_there()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var id = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var post = await Server.AsAsync("post", "990101002", "subdistrict-officer");
        await AgreesAsync(post, id, sees: false);

        (await water.PostAsync($"whistles/{id}/summonses/waterworks/sign")).ShouldSucceed();
        var checkIn = Bodies.CheckIn(Server.Now).Replace("\"headcount\":3", "\"headcount\":3,\"crew\":\"waterworks-2\"", StringComparison.Ordinal);
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/check-in", checkIn)).ShouldSucceed();

        await Eventually.TrueAsync(async () => (await ListedAsync(post, "whistles")).Contains(id));
        await AgreesAsync(post, id, sees: true);
    }

    [Theory]
    [InlineData("city", "observer", true, true, true, true)]
    [InlineData("990101", "commander", true, true, false, true)]
    [InlineData("990102", "observer", true, false, true, false)]
    [InlineData("waterworks", "dispatcher", true, false, false, false)]
    [InlineData("990101-roads", "crew", false, true, false, false)]
    [InlineData("990101001", "subdistrict-officer", false, false, false, false)]
    public async Task A_load_is_read_by_whom_a_board_shows_it_to(string organisation, string role, bool water, bool west, bool east, bool district)
    {
        (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        await Eventually.TrueAsync(async () => (await (await Server.AsAsync("wall", "city", "observer")).GetAsync("load/districts")).Json.GetArrayLength() > 0);
        var reader = await Server.AsAsync("reader", organisation, role);

        foreach (var (department, sees) in new[] { ("waterworks", water), ("990101-roads", west), ("990102-roads", east) })
        {
            Check(await reader.GetAsync($"departments/{department}/load"), sees);
            Check(await reader.GetAsync($"departments/{department}/load/minutes"), sees);
        }

        Check(await reader.GetAsync("load/districts/990101/minutes"), district);
        var loads = (await reader.GetAsync("load")).ShouldSucceed().Json.EnumerateArray().Select(load => load.GetProperty("department").GetString()).ToList();
        (loads.Contains("waterworks"), loads.Contains("990101-roads")).ShouldBe((water, west));
        (await reader.GetAsync("load/districts")).ShouldSucceed().Json.GetArrayLength().ShouldBe(district ? 1 : 0);
    }

    // The whistle itself, its trace, its alerts, its grid, the list and the live board.
    private async Task AgreesAsync(Person reader, string id, bool sees)
    {
        foreach (var path in new[] { $"whistles/{id}", $"whistles/{id}/trace", $"whistles/{id}/trace?alerts=true", $"whistles/{id}/alerts" })
            Check(await reader.GetAsync(path), sees);
        (await ListedAsync(reader, $"grids/{ExampleCity.Belfry}", "openWhistles")).Contains(id).ShouldBe(sees);
        (await ListedAsync(reader, $"whistles?board=whistle:{id}")).Contains(id).ShouldBe(sees);
        await using var screen = new Screen(await Screen.ConnectAsync(Server, reader), $"whistle:{id}", null, owns: true);
        await screen.NextAsync();
        await screen.NextAsync();
        screen.Seen.Contains(id).ShouldBe(sees);
    }

    private static void Check(Answer answer, bool sees)
    {
        if (sees)
            answer.ShouldSucceed();
        else
            answer.ShouldBeRefused(403, "board-not-yours");
    }

    private static async Task<List<string>> ListedAsync(Person reader, string path, string member = "whistles") =>
        [.. (await reader.GetAsync(path)).ShouldSucceed().Json.GetProperty(member).EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString()!)];
}
