using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>Several crews on the spot, leaving, and release one by one, over HTTP. The second water crew is posted to River Bend.</summary>
public sealed class PresenceTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Water = "waterworks";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Crews_come_one_after_another_and_each_is_named_counted_and_let_go()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync();

        var first = (await CheckInAsync(whistle, "waterworks-1", """[{"name":"王强","rank":"抢修队队长"},{"name":"赵敏"}]""")).ShouldSucceed().Summons(Water);
        first.GetProperty("checkedIn").GetProperty("persons").EnumerateArray().Select(person => person.GetProperty("name").GetString()).ShouldBe(["王强", "赵敏"]);
        first.GetProperty("checkedIn").GetProperty("persons")[0].GetProperty("rank").GetString().ShouldBe("抢修队队长");
        (await CheckInAsync(whistle, "waterworks-1")).ShouldBeRefused(409, "already-checked-in");

        var second = (await CheckInAsync(whistle, "waterworks-2")).ShouldSucceed().Summons(Water).GetProperty("furtherCheckIns")[0];
        (second.GetProperty("number").GetInt32(), second.GetProperty("crew").GetString(), second.GetProperty("postedTo").GetString())
            .ShouldBe((2, "waterworks-2", "990101002"));
        await Eventually.TrueAsync(async () => await CommittedAsync(water) == 2);

        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":1}""")).ShouldBeRefused(422, "reason-for-release-missing");
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":1,"reason":"另有任务"}""")).ShouldSucceed()
            .Summons(Water).GetProperty("checkedIn").GetProperty("released").GetProperty("reason").GetString().ShouldBe("另有任务");
        await Eventually.TrueAsync(async () => await CommittedAsync(water) == 1);
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":2,"reason":"x"}""")).ShouldBeRefused(409, "last-crew-stays");
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":3,"reason":"x"}""")).ShouldBeRefused(409, "no-such-check-in");
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        await Eventually.TrueAsync(async () => await CommittedAsync(water) == 0);
    }

    [Fact]
    public async Task Leaving_unreleased_shows_and_coming_back_is_a_new_check_in()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync();
        (await water.PostAsync($"{whistle}/summonses/waterworks/leave")).ShouldBeRefused(409, "not-checked-in");
        (await CheckInAsync(whistle, "waterworks-1")).ShouldSucceed();

        var left = (await water.PostAsync($"{whistle}/summonses/waterworks/leave", """{"reason":"去取设备"}""")).ShouldSucceed()
            .Summons(Water).GetProperty("checkedIn").GetProperty("left");

        (left.GetProperty("unreleased").GetBoolean(), left.GetProperty("reason").GetString()).ShouldBe((true, "去取设备"));
        (await water.PostAsync($"{whistle}/summonses/waterworks/leave", """{"checkIn":1}""")).ShouldBeRefused(409, "already-left");
        (await water.PostAsync($"{whistle}/summonses/waterworks/leave")).ShouldBeRefused(422, "check-in-not-named");
        (await CheckInAsync(whistle, "waterworks-1")).ShouldSucceed().Summons(Water).GetProperty("furtherCheckIns")[0].GetProperty("crew").GetString().ShouldBe("waterworks-1");
        (await street.GetAsync($"{whistle}/trace")).Json.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("manifest").GetString())
            .ShouldBe(["whistle-blown.1", "summons-signed.1", "crew-checked-in.1", "crew-left.1", "crew-joined.1"]);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task The_subdistrict_of_its_post_sees_where_its_crew_is_and_lets_it_go()
    {
        var bend = await Server.AsAsync("bend", "990101002", "subdistrict-officer");
        var whistle = await BlowAsync();
        (await CheckInAsync(whistle, "waterworks-1")).ShouldSucceed();
        (await bend.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":1,"reason":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
        (await CheckInAsync(whistle, "waterworks-2")).ShouldSucceed();

        await Eventually.TrueAsync(async () => (await bend.GetAsync("whistles?board=subdistrict:990101002")).Json.GetProperty("whistles").GetArrayLength() == 1);
        (await bend.PostAsync($"{whistle}/release", """{"department":"waterworks","checkIn":2,"reason":"本镇另有急事"}""")).ShouldSucceed()
            .Summons(Water).GetProperty("furtherCheckIns")[0].GetProperty("released").GetProperty("by").GetProperty("organisation").GetString().ShouldBe("990101002");
        (await (await Server.StreetAsync()).PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task The_list_of_departments_says_which_crew_is_posted_where()
    {
        var crews = (await (await Server.StreetAsync()).GetAsync("departments")).ShouldSucceed().Json.EnumerateArray()
            .Single(department => department.GetProperty("code").GetString() == Water).GetProperty("crews").EnumerateArray().ToList();

        crews[0].TryGetProperty("postedTo", out _).ShouldBeFalse();
        crews[1].GetProperty("postedTo").GetString().ShouldBe("990101002");
    }

    [Theory]
    [InlineData("check-in", """{"witness":{"name":"李娜","organisation":"990101001"},"persons":[{"rank":"队长"}]}""", "/persons/0/name", "missing")]
    [InlineData("check-in", """{"witness":{"name":"李娜","organisation":"990101001"},"persons":[null]}""", "/persons/0", "missing")]
    [InlineData("check-in", """{"witness":{"name":"李娜","organisation":"990101001"},"persons":[{"name":" "}]}""", "/persons/0/name", "text-empty")]
    [InlineData("check-in", """{"witness":{"name":"李娜","organisation":"990101001"},"persons":[{"name":"甲"},{"name":"乙"}],"headcount":1}""", "/headcount", "fewer-than-named")]
    [InlineData("leave", """{"checkIn":0}""", "/checkIn", "out-of-range")]
    [InlineData("leave", """{"reason":""}""", "/reason", "text-empty")]
    public async Task A_form_that_is_wrong_changes_nothing(string command, string body, string pointer, string code)
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync();

        (await water.PostAsync($"{whistle}/summonses/waterworks/{command}", body)).ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);

        (await street.GetAsync(whistle)).Version.ShouldBe(1);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task More_persons_than_a_form_holds_and_a_name_without_end_are_refused()
    {
        var water = await Server.WaterworksAsync();
        var whistle = await BlowAsync();
        foreach (var (persons, pointer, code) in new[]
        {
            (Enumerable.Range(0, 21).Select(i => new { name = $"队员{i}", rank = "队员" }), "/persons", "too-many"),
            ([new { name = new string('王', 51), rank = "队员" }], "/persons/0/name", "text-too-long"),
            ([new { name = "王强", rank = new string('长', 51) }], "/persons/0/rank", "text-too-long"),
        })
        {
            var body = JsonSerializer.Serialize(new { witness = new { name = "李娜", organisation = "990101001" }, persons });
            (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", body)).ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);
        }

        (await (await Server.StreetAsync()).PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    private async Task<Answer> CheckInAsync(string whistle, string crew, string persons = "[]") => await (await Server.WaterworksAsync()).PostAsync(
        $"{whistle}/summonses/waterworks/check-in",
        $$"""{"witness":{"name":"李娜","organisation":"990101001"},"crew":"{{crew}}","persons":{{persons}}}""");

    private async Task<string> BlowAsync() =>
        $"whistles/{(await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id}";

    private static async Task<int> CommittedAsync(Person who) => (await who.GetAsync("departments/waterworks/load")).ShouldSucceed().Json.GetProperty("committed").GetInt32();
}
