using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Allocations;

/// <summary>Two crews, three places that whistle.</summary>
public sealed class AllocationTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_department_with_fewer_crews_than_summonses_is_told_who_goes_where_and_what_waits()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistles = new List<string>();
        for (var i = 0; i < 3; i++)
            whistles.Add((await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Json.GetProperty("id").GetString()!);

        var advice = await WaitAsync(water, "departments/waterworks/allocation", view => Count(view, "assignments") + Count(view, "queue") == 3);
        var crews = advice.GetProperty("crews").EnumerateArray().Select(crew => crew.GetProperty("crew").GetString()).ToList();
        crews.ShouldBe(["waterworks-1", "waterworks-2"]);
        advice.GetProperty("assignments").EnumerateArray().Select(assignment => assignment.GetProperty("crew").GetString()).ShouldBe(crews, ignoreOrder: true);
        var queued = advice.GetProperty("queue").EnumerateArray().Single();
        queued.GetProperty("expectedAt").GetDateTimeOffset().ShouldBeGreaterThan(Server.Clock.GetUtcNow().AddMinutes(60));

        // The initiator hears the same, for all departments of the whistle at once.
        var waits = queued.GetProperty("whistle").GetString()!;
        var expected = (await street.GetAsync($"whistles/{waits}/expected")).ShouldSucceed().Json;
        Of(expected, "waterworks").GetProperty("standing").GetString().ShouldBe("queued");
        expected.GetProperty("allHereAt").GetDateTimeOffset().ShouldBe(
            expected.GetProperty("departments").EnumerateArray().Max(department => department.GetProperty("expectedAt").GetDateTimeOffset()));

        // The command centre sees that the third goes without, and that nobody elsewhere could help.
        var contended = await WaitAsync(await Server.AsAsync("command", "990101", "commander"), "contention", view => Count(view, "departments") > 0);
        var waterworks = Of(contended, "waterworks");
        (waterworks.GetProperty("onDuty").GetInt32(), waterworks.GetProperty("free").GetInt32(), waterworks.GetProperty("waiting").GetInt32(), waterworks.GetProperty("shortage").GetInt32())
            .ShouldBe((2, 2, 3, 1));
        waterworks.GetProperty("starved").EnumerateArray().Single().GetProperty("level").GetString().ShouldBe("emergency");
        Count(waterworks, "spare").ShouldBe(0);
        (await street.GetAsync("contention?board=city")).ShouldBeRefused(403, "board-not-yours");

        // A crew that sets out is no longer free, and is expected when it says.
        var first = advice.GetProperty("assignments").EnumerateArray().First();
        var (goes, crew) = (first.GetProperty("whistle").GetString()!, first.GetProperty("crew").GetString()!);
        var arrives = Server.Clock.GetUtcNow().AddMinutes(12);
        (await water.PostAsync($"whistles/{goes}/summonses/waterworks/depart", $$"""{"crew":"{{crew}}","arrivesAt":"{{arrives:O}}"}""")).ShouldSucceed();
        advice = await WaitAsync(water, "departments/waterworks/allocation", view => Crew(view, crew).GetProperty("state").GetString() == "on-the-way");
        Crew(advice, crew).GetProperty("whistle").GetString().ShouldBe(goes);
        Count(advice, "assignments").ShouldBe(1);
        Of((await street.GetAsync($"whistles/{goes}/expected")).ShouldSucceed().Json, "waterworks").GetProperty("expectedAt").GetDateTimeOffset().ShouldBe(arrives);
    }

    [Fact]
    public async Task Advice_is_for_those_who_see_the_department_and_says_what_there_is_not()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        (await street.GetAsync("departments/waterworks/allocation")).ShouldBeRefused(403, "board-not-yours");
        (await water.GetAsync("departments/nowhere/allocation")).ShouldBeRefused(404, "unknown-department");
        (await street.GetAsync("whistles/99010100100101-999/expected")).ShouldBeRefused(404, "unknown-whistle");
    }

    private static async Task<JsonElement> WaitAsync(Person person, string path, Func<JsonElement, bool> until)
    {
        JsonElement view = default;
        await Eventually.TrueAsync(async () => until(view = (await person.GetAsync(path)).ShouldSucceed().Json));
        return view;
    }

    private static int Count(JsonElement view, string list) => view.GetProperty(list).GetArrayLength();

    private static JsonElement Crew(JsonElement view, string crew) => view.GetProperty("crews").EnumerateArray().Single(one => one.GetProperty("crew").GetString() == crew);

    private static JsonElement Of(JsonElement expected, string department) =>
        expected.GetProperty("departments").EnumerateArray().Single(one => one.GetProperty("department").GetString() == department);
}
