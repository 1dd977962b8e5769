using System.Globalization;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Allocations;

/// <summary>Two crews of the waterworks, and what is ordered of them.</summary>
public sealed class CrewOrderTests
{
    private const string Crews = "departments/waterworks/crews";

    [Fact]
    public async Task A_dispatcher_sends_the_crew_that_the_initiator_then_can_expect_and_all_of_it_outlasts_a_restart()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        var whistle = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        await AllocationAsync(water, view => Count(view, "assignments") == 1);

        ShouldBeDone(await AssignAsync(water, "waterworks-2", whistle, "离得近"));
        ShouldBeDone(await AssignAsync(water, "waterworks-2", whistle, "离得近"));
        var view = await AllocationAsync(water, view => Crew(view, "waterworks-2").GetProperty("state").GetString() == "assigned");
        Crew(view, "waterworks-2").GetProperty("whistle").GetString().ShouldBe(whistle);
        (Count(view, "assignments"), Count(view, "queue")).ShouldBe((0, 0));
        Expected(await street.GetAsync($"whistles/{whistle}/expected"), "waterworks").GetProperty("standing").GetString().ShouldBe("assigned");
        (await AssignAsync(water, "waterworks-1", whistle)).ShouldBeRefused(409, "whistle-has-crew");

        await server.RestartAsync();
        (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        await AllocationAsync(water, view => Crew(view, "waterworks-2").GetProperty("state").GetString() == "assigned");
        (await water.PostAsync($"whistles/{whistle}/summonses/waterworks/depart", """{"crew":"waterworks-2"}""")).ShouldSucceed();
        await AllocationAsync(water, view => Crew(view, "waterworks-2").GetProperty("state").GetString() == "on-the-way");
    }

    [Fact]
    public async Task One_trip_for_two_whistles_is_ordered_as_one_and_both_initiators_know_when()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        var whistles = new List<string>();
        for (var i = 0; i < 3; i++)
            whistles.Add((await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily)).ShouldSucceed(201).Id);
        var advice = await AllocationAsync(water, view => Count(view, "assignments") == 2 && Count(view, "queue") == 1);
        var offered = advice.GetProperty("assignments").EnumerateArray().Single(assignment => assignment.TryGetProperty("onTheSameTrip", out _));
        var (first, crew) = (offered.GetProperty("whistle").GetString()!, offered.GetProperty("crew").GetString()!);
        var then = offered.GetProperty("onTheSameTrip").EnumerateArray().Single().GetString()!;

        (await TripAsync(first, then, "99010100100101-77")).ShouldBeRefused(409, "summons-not-waiting");
        (await TripAsync(first, first)).ShouldBeRefused(422, "trip-malformed");
        (await TripAsync(first, [.. Enumerable.Repeat(then, 10)])).ShouldBeRefused(422, "invalid-fields");
        (await AllocationAsync(water, view => Count(view, "assignments") == 2)).GetProperty("crews").EnumerateArray()
            .ShouldAllBe(one => one.GetProperty("state").GetString() == "free", "all of it or nothing");

        ShouldBeDone(await TripAsync(first, then));
        var view = await AllocationAsync(water, view => Crew(view, crew).GetProperty("state").GetString() == "assigned");
        Crew(view, crew).GetProperty("then").EnumerateArray().Single().GetString().ShouldBe(then);
        (Count(view, "assignments"), Count(view, "queue")).ShouldBe((1, 0));
        var (here, there) = (await ExpectedAsync(first), await ExpectedAsync(then));
        there.ShouldBeGreaterThan(here);

        Task<Answer> TripAsync(string whistle, params string[] then) => water.PostAsync($"{Crews}/{crew}/assign", JsonSerializer.Serialize(new { whistle, then }));

        async Task<DateTimeOffset> ExpectedAsync(string whistle)
        {
            var expected = Expected(await street.GetAsync($"whistles/{whistle}/expected"), "waterworks");
            expected.GetProperty("standing").GetString().ShouldBe("assigned");
            return expected.GetProperty("expectedAt").GetDateTimeOffset();
        }
    }

    [Fact]
    public async Task Who_is_off_duty_is_not_proposed_what_is_more_urgent_comes_first_and_what_is_held_back_says_so()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var (street, water, command) = (await server.StreetAsync(), await server.WaterworksAsync(), await server.AsAsync("command", "990101", "commander"));
        var first = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily)).ShouldSucceed(201).Id;
        var second = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.BlowDaily)).ShouldSucceed(201).Id;
        await AllocationAsync(water, view => Count(view, "assignments") == 2);

        ShouldBeDone(await water.PostAsync($"{Crews}/waterworks-1/duty", $$"""{"onDuty":false,"until":"{{Later(server, 2)}}","reason":"车坏了"}"""));
        ShouldBeDone(await water.PostAsync("departments/waterworks/priorities", $$"""{"whistle":"{{second}}","minutes":90,"reason":"学校门口"}"""));
        var view = await AllocationAsync(water, view => Count(view, "assignments") == 1 && Count(view, "priorities") == 1);
        view.GetProperty("assignments")[0].GetProperty("whistle").GetString().ShouldBe(second);
        view.GetProperty("queue")[0].GetProperty("whistle").GetString().ShouldBe(first);
        Crew(view, "waterworks-1").GetProperty("state").GetString().ShouldBe("off-duty");

        // The waterworks serve the whole city: there is no district whose command centre could hold its work back.
        (await command.PutAsync("departments/waterworks/throttle", $$"""{"levels":["daily"],"until":"{{Later(server, 1)}}","reason":"暴雨"}""")).ShouldBeRefused(403, "not-your-command");
        ShouldBeDone(await water.PutAsync("departments/waterworks/throttle", $$"""{"levels":["daily"],"until":"{{Later(server, 1)}}","reason":"暴雨"}"""));
        view = await AllocationAsync(water, view => Count(view, "assignments") == 0);
        view.GetProperty("throttle").GetProperty("levels").ToString().ShouldBe("""["daily"]""");
        view.GetProperty("queue").EnumerateArray().ShouldAllBe(queued => queued.GetProperty("held").GetBoolean());
        view.GetProperty("queue").EnumerateArray().ShouldAllBe(queued => queued.GetProperty("expectedAt").GetDateTimeOffset() >= server.Now.AddHours(1));

        // Whoever sees the department sees with the contention what is ordered of it.
        var orders = (await command.GetAsync("contention")).ShouldSucceed().Json.GetProperty("orders").EnumerateArray().Single();
        orders.GetProperty("department").GetString().ShouldBe("waterworks");
        orders.GetProperty("throttle").GetProperty("reason").GetString().ShouldBe("暴雨");
        Count(orders, "priorities").ShouldBe(1);
        server.Clock.Advance(TimeSpan.FromHours(1));
        await AllocationAsync(water, view => Count(view, "assignments") == 1);
    }

    [Fact]
    public async Task Where_a_department_lets_it_the_rule_assigns_by_itself_each_crew_once()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        ShouldBeDone(await water.PutAsync("departments/waterworks/allocation/mode", """{"automatic":true}"""));
        var whistles = new List<string>();
        for (var i = 0; i < 3; i++)
            whistles.Add((await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id);

        var view = await AllocationAsync(water, view => view.GetProperty("automatic").GetBoolean() && Assigned(view).Count() == 2);
        Assigned(view).ShouldBeUnique();
        Count(view, "queue").ShouldBe(1);

        // One is let go from its task: the third gets it.
        var free = view.GetProperty("crews")[0].GetProperty("whistle").GetString()!;
        (await street.PostAsync($"whistles/{free}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        view = await AllocationAsync(water, view => Assigned(view).Count() == 2 && Count(view, "queue") == 0);
        Assigned(view).ShouldNotContain(free);
    }

    [Fact]
    public async Task What_is_wrong_is_refused_and_changes_nothing()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true);
        var (street, water, roads) = (await server.StreetAsync(), await server.WaterworksAsync(), await server.RoadsAsync());
        var whistle = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        await AllocationAsync(water, view => Count(view, "assignments") == 1);

        (await AssignAsync(roads, "waterworks-1", whistle)).ShouldBeRefused(403, "not-your-department");
        (await AssignAsync(water, "roads-1", whistle)).ShouldBeRefused(404, "unknown-crew");
        (await AssignAsync(water, "-", whistle)).ShouldBeRefused(404, "unknown-crew");
        (await AssignAsync(water, "waterworks-1", "99010100100101-77")).ShouldBeRefused(409, "summons-not-waiting");
        (await water.PostAsync($"{Crews}/waterworks-1/assign", "{}")).ShouldBeRefused(422, "invalid-fields");
        (await water.PostAsync($"{Crews}/waterworks-1/assign", "none")).ShouldBeRefused(400, "malformed-json");
        (await water.PostAsync("departments/nowhere/crews/waterworks-1/assign", "{}")).ShouldBeRefused(404, "unknown-department");
        (await water.PostAsync($"{Crews}/waterworks-1/duty", $$"""{"onDuty":false,"until":"{{Later(server, -1)}}"}""")).ShouldBeRefused(422, "until-out-of-span");
        (await water.PostAsync($"{Crews}/waterworks-1/duty", "{}")).ShouldBeRefused(422, "invalid-fields");
        (await water.PostAsync($"{Crews}/waterworks-1/lend", $$"""{"to":"990101-roads","until":"{{Later(server, 1)}}","reason":"借"}""")).ShouldBeRefused(422, "loan-to-other-bureau");
        (await water.PostAsync("departments/waterworks/priorities", $$"""{"whistle":"{{whistle}}","minutes":9999,"reason":"急"}""")).ShouldBeRefused(422, "invalid-fields");
        (await water.PutAsync("departments/waterworks/throttle", $$"""{"levels":["emergency"],"until":"{{Later(server, 1)}}","reason":"暴雨"}""")).ShouldBeRefused(422, "emergency-not-throttled");
        (await water.PutAsync("departments/waterworks/throttle", """{"levels":["often"],"reason":"暴雨"}""")).ShouldBeRefused(422, "invalid-fields");
        (await water.PutAsync("departments/waterworks/allocation/mode", "{}")).ShouldBeRefused(422, "invalid-fields");

        var view = await AllocationAsync(water, view => Count(view, "assignments") == 1);
        view.GetProperty("automatic").GetBoolean().ShouldBeFalse();
        view.GetProperty("crews").EnumerateArray().ShouldAllBe(crew => crew.GetProperty("state").GetString() == "free");
        view.TryGetProperty("throttle", out _).ShouldBeFalse();
    }

    private static string Later(TestServer server, int hours) => server.Now.AddHours(hours).ToString("O", CultureInfo.InvariantCulture);

    private static Task<Answer> AssignAsync(Person person, string crew, string whistle, string? reason = null) =>
        person.PostAsync($"{Crews}/{crew}/assign", JsonSerializer.Serialize(reason is null ? new { whistle } : (object)new { whistle, reason }));

    private static void ShouldBeDone(Answer answer) => answer.Status.ShouldBe(204, answer.Text);

    private static async Task<JsonElement> AllocationAsync(Person person, Func<JsonElement, bool> until)
    {
        JsonElement view = default;
        await Eventually.TrueAsync(
            async () => until(view = (await person.GetAsync("departments/waterworks/allocation")).ShouldSucceed().Json), otherwise: () => Task.FromResult(view.ToString()));
        return view;
    }

    private static int Count(JsonElement view, string list) => view.GetProperty(list).GetArrayLength();

    private static IEnumerable<string> Assigned(JsonElement view) => view.GetProperty("crews").EnumerateArray()
        .Where(crew => crew.GetProperty("state").GetString() == "assigned").Select(crew => crew.GetProperty("whistle").GetString()!);

    private static JsonElement Crew(JsonElement view, string crew) => view.GetProperty("crews").EnumerateArray().Single(one => one.GetProperty("crew").GetString() == crew);

    private static JsonElement Expected(Answer answer, string department) =>
        answer.ShouldSucceed().Json.GetProperty("departments").EnumerateArray().Single(one => one.GetProperty("department").GetString() == department);
}
