using System.Collections.Frozen;
using System.Text.Json;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>A city where a campaign waits for the leader of the subdistrict, and an emergency is approved by the command centre within an hour.</summary>
public sealed class StrictServer : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(fakeClock: true, ExampleCity.Pack with
    {
        BlowingPolicy = ExampleCity.Pack.Blowing with
        {
            Approvals = new Dictionary<WhistleLevel, ApprovalRule>
            {
                [WhistleLevel.Campaign] = new(Role.SubdistrictLeader, Within: null),
                [WhistleLevel.Emergency] = new(Role.Commander, TimeSpan.FromHours(1)),
            }.ToFrozenDictionary(),
        },
    });

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

/// <summary>How a whistle comes to sound, over HTTP.</summary>
public sealed class BlowingTests(StrictServer fixture) : IClassFixture<StrictServer>
{
    private const string Daily = """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"井盖处冒水"}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_department_calls_others_and_its_whistle_is_ended_by_the_command_centre()
    {
        var (roads, water) = (await Server.RoadsAsync(), await Server.WaterworksAsync());
        var proposal = (await roads.GetAsync($"grids/{ExampleCity.Belfry}/proposal?matter=burst-main")).ShouldSucceed().Json.GetProperty("summonses").EnumerateArray();
        proposal.Select(summons => (summons.GetProperty("department").GetString(), summons.GetProperty("role").GetString()))
            .ShouldBe([("990101-roads", "lead"), ("waterworks", "cooperating"), ("command", "notified")]);

        var blown = (await roads.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Daily)).ShouldSucceed(201);
        blown.Json.GetProperty("initiator").GetString().ShouldBe("990101-roads");
        blown.Summons("990101-roads").GetProperty("role").GetString().ShouldBe("lead");

        var whistle = $"whistles/{blown.Id}";
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/withdraw", """{"reason":"x"}""")).ShouldBeRefused(403, "own-whistle");
        (await (await CommandAsync()).PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed()
            .Json.GetProperty("stage").GetString().ShouldBe("withdrawn");
    }

    [Fact]
    public async Task A_department_calls_a_subdistrict_which_answers_like_a_department()
    {
        var (roads, street) = (await Server.RoadsAsync(), await Server.StreetAsync());
        var blown = (await roads.PostAsync($"grids/{ExampleCity.Belfry}/whistles",
            """{"matter":"burst-main","occasion":"key-work","level":"daily","description":"防汛值守","summon":[{"department":"990101001","role":"lead"}],"changedProposal":"街乡落实"}""")).ShouldSucceed(201);
        blown.Json.GetProperty("blowing").GetProperty("subdistricts").EnumerateArray().Single().GetString().ShouldBe("990101001");

        var whistle = $"whistles/{blown.Id}";
        (await street.PostAsync($"{whistle}/summonses/990101001/sign")).ShouldSucceed();
        await Eventually.TrueAsync(async () => (await street.GetAsync("departments/990101001/load")).ShouldSucceed().Json.GetProperty("signed").GetInt32() == 1);
        (await street.PostAsync($"{whistle}/summonses/990101001/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        (await street.PostAsync($"{whistle}/summonses/990101001/outcome", Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"990101001"}""")).ShouldBeRefused(403, "not-your-whistle");
        (await roads.PostAsync($"{whistle}/accept", """{"department":"990101001"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/release", """{"department":"990101001"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(403, "not-your-whistle");
        (await (await CommandAsync()).PostAsync($"{whistle}/close")).ShouldSucceed();
    }

    [Fact]
    public async Task A_campaign_waits_for_its_approval_unheard_and_then_sounds()
    {
        var (street, leader) = (await Server.StreetAsync(), await Server.AsAsync("leader", "990101001", "subdistrict-leader"));
        var proposed = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", Daily.Replace("daily", "campaign", StringComparison.Ordinal))).ShouldSucceed(201);
        proposed.Json.GetProperty("stage").GetString().ShouldBe("proposed");
        proposed.Summons("waterworks").TryGetProperty("signBy", out _).ShouldBeFalse();
        await Eventually.TrueAsync(async () => await IsOnAsync(street, proposed.Id));
        var (wall, water) = (await Server.AsAsync("wall", "city", "observer"), await Server.WaterworksAsync());
        foreach (var other in new[] { wall, water, await Server.AsAsync("east", "990102001", "subdistrict-officer") })
            (await IsOnAsync(other, proposed.Id)).ShouldBeFalse();
        (await water.PostAsync($"whistles/{proposed.Id}/summonses/waterworks/sign")).ShouldBeRefused(409, "whistle-not-sounded");
        (await street.PostAsync($"whistles/{proposed.Id}/approve")).ShouldBeRefused(403, "not-your-approval");

        // Not earlier: with the proposal the board has whatever the tests before this one took back.
        var before = await OpenLoadAsync(water, "waterworks");
        Server.Clock.Advance(TimeSpan.FromMinutes(10));
        var approved = (await leader.PostAsync($"whistles/{proposed.Id}/approve")).ShouldSucceed();

        approved.Json.GetProperty("stage").GetString().ShouldBe("open");
        approved.Summons("waterworks").GetProperty("signBy").GetDateTimeOffset().ShouldBe(Server.Now.AddMinutes(60));
        approved.Json.GetProperty("blowing").GetProperty("approval").GetProperty("approved").GetProperty("by").GetProperty("person").GetString().ShouldBe("leader");
        await Eventually.TrueAsync(async () => await IsOnAsync(wall, proposed.Id) && await IsOnAsync(water, proposed.Id));
        await Eventually.TrueAsync(async () => await OpenLoadAsync(await Server.WaterworksAsync(), "waterworks") > before);
        (await street.GetAsync($"whistles/{proposed.Id}/trace")).Json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("manifest").GetString())
            .ShouldBe(["whistle-proposed.1", "whistle-approved.1"]);
        (await street.PostAsync($"whistles/{proposed.Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_rejected_whistle_never_sounds_and_says_why()
    {
        var (street, leader) = (await Server.StreetAsync(), await Server.AsAsync("leader", "990101001", "subdistrict-leader"));
        var proposed = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", Daily.Replace("daily", "campaign", StringComparison.Ordinal))).ShouldSucceed(201);

        (await leader.PostAsync($"whistles/{proposed.Id}/reject")).ShouldBeRefused(422, "invalid-fields").ShouldName("/reason", "missing");
        var rejected = (await leader.PostAsync($"whistles/{proposed.Id}/reject", """{"reason":"本街道可自行处置"}""")).ShouldSucceed();

        (rejected.Json.GetProperty("stage").GetString(), rejected.Json.GetProperty("reason").GetString()).ShouldBe(("rejected", "本街道可自行处置"));
        (await street.GetAsync($"whistles/{proposed.Id}")).ShouldSucceed().Text.ShouldBe(rejected.Text);
        (await leader.PostAsync($"whistles/{proposed.Id}/approve")).ShouldBeRefused(409, "whistle-not-open");
    }

    [Fact]
    public async Task An_emergency_that_nobody_approves_in_time_says_so_by_itself()
    {
        var street = await Server.StreetAsync();
        var blown = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        var due = blown.Json.GetProperty("blowing").GetProperty("approval").GetProperty("due").GetDateTimeOffset();
        due.ShouldBe(Server.Now.AddHours(1));

        Server.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(async () =>
            (await street.GetAsync($"whistles/{blown.Id}")).Json.GetProperty("blowing").GetProperty("approval").TryGetProperty("missedAt", out _));
        (await (await CommandAsync()).PostAsync($"whistles/{blown.Id}/approve")).ShouldSucceed()
            .Json.GetProperty("blowing").GetProperty("approval").GetProperty("approved").GetProperty("late").GetBoolean().ShouldBeTrue();
        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_joint_whistle_is_seen_joined_and_judged_across_the_boundary_where_crews_check_in_too()
    {
        var (market, water) = (ExampleCity.Market, await Server.WaterworksAsync());
        var (street, east) = (await Server.StreetAsync(), await Server.AsAsync("east", "990102001", "subdistrict-officer"));
        var blown = (await street.PostAsync($"grids/{market}/whistles", Joint(ExampleCity.Station.Text))).ShouldSucceed(201);
        var whistle = $"whistles/{blown.Id}";
        await Eventually.TrueAsync(async () => await IsOnAsync(east, blown.Id));

        (await east.PostAsync($"{whistle}/decline", """{"reason":"不在本辖区"}""")).ShouldSucceed();
        (await east.PostAsync($"{whistle}/join")).ShouldSucceed().Json.GetProperty("blowing").GetProperty("joint").EnumerateArray().Single()
            .GetProperty("joined").GetProperty("by").GetProperty("organisation").GetString().ShouldBe("990102001");
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now, lon: 120.0205))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await east.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await east.PostAsync($"{whistle}/withdraw", """{"reason":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();

        (await street.PostAsync($"grids/{market}/whistles", Joint("a b"))).ShouldBeRefused(422, "invalid-fields").ShouldName("/jointGrids/0", "not-a-code");
        (await street.PostAsync($"grids/{market}/whistles", Joint("999"))).ShouldBeRefused(404, "unknown-joint-grid");

        static string Joint(string grid) => Daily.Replace("}", $",\"jointGrids\":[\"{grid}\"]}}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_sounds_nearby_is_shown_before_one_blows_and_can_take_a_report_or_a_whistle_in()
    {
        var street = await Server.StreetAsync();
        var first = (await street.PostAsync($"grids/{ExampleCity.RiverBend}/whistles", Daily)).Json;
        first.GetProperty("code").GetString().ShouldBe("not-your-grid", "the bend is another subdistrict's");
        var open = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", Daily)).ShouldSucceed(201);
        var mistaken = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", Daily)).ShouldSucceed(201);
        mistaken.Json.GetProperty("blowing").GetProperty("repeat").GetProperty("previous").GetString().ShouldBe(open.Id);

        await Eventually.TrueAsync(async () => (await NearbyAsync("metres=5000")).Contains(mistaken.Id));
        (await NearbyAsync("lon=120.015&lat=30.005&metres=1")).ShouldContain(open.Id);
        (await NearbyAsync("lon=120.035&lat=30.005&metres=100")).ShouldNotContain(open.Id);
        (await NearbyAsync("lon=120.035&lat=30.005&metres=100&matter=burst-main")).ShouldContain(open.Id, "the same matter in the subdistrict");

        (await street.PostAsync($"whistles/{open.Id}/reports", """{"description":"楼道也进水了","place":{"lon":120.015,"lat":30.005,"datum":"wgs84"}}""")).ShouldSucceed()
            .Json.GetProperty("blowing").GetProperty("reports").GetInt32().ShouldBe(1);
        (await street.PostAsync($"whistles/{open.Id}/reports", $$"""{"description":"{{new string('水', 301)}}"}""")).ShouldBeRefused(422, "invalid-fields")
            .ShouldName("/description", "text-too-long");
        (await street.PostAsync($"whistles/{mistaken.Id}/merge", """{"into":"x","reason":"同一处"}""")).ShouldBeRefused(422, "invalid-fields").ShouldName("/into", "not-a-code");
        (await street.PostAsync($"whistles/{mistaken.Id}/merge", $$"""{"into":"{{mistaken.Id}}","reason":"同一处"}""")).ShouldBeRefused(422, "merge-into-itself");

        var merged = (await street.PostAsync($"whistles/{mistaken.Id}/merge", $$"""{"into":"{{open.Id}}","reason":"同一处"}""", key: "merge-once")).ShouldSucceed();
        (merged.Id, merged.Json.GetProperty("stage").GetString()).ShouldBe((mistaken.Id, "merged"));
        (await street.PostAsync($"whistles/{mistaken.Id}/merge", $$"""{"into":"{{open.Id}}","reason":"同一处"}""", key: "merge-once")).Text.ShouldBe(merged.Text);
        (await street.GetAsync($"whistles/{open.Id}")).Json.GetProperty("blowing").GetProperty("merged").EnumerateArray().Single().GetString().ShouldBe(mistaken.Id);
        (await street.GetAsync($"whistles/{mistaken.Id}/trace")).Json.GetProperty("events").EnumerateArray().Last().GetProperty("manifest").GetString().ShouldBe("whistle-merged.1");
        (await street.PostAsync($"whistles/{open.Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();

        async Task<List<string?>> NearbyAsync(string query) => [.. (await street.GetAsync($"whistles/nearby?grid={ExampleCity.Market}&{query}")).ShouldSucceed()
            .Json.GetProperty("whistles").EnumerateArray().Select(near => near.GetProperty("id").GetString())];
    }

    [Theory]
    [InlineData("", 422, "?grid", "missing")]
    [InlineData("grid=99010100100201&metres=0", 422, "?metres", "out-of-range")]
    [InlineData("grid=99010100100201&lon=200&lat=30", 422, "?lon", "out-of-range")]
    [InlineData("grid=99010100100201&lon=120", 422, "?lat", "missing")]
    [InlineData("grid=99010100100201&matter=a%20b", 422, "?matter", "not-a-code")]
    public async Task A_wrong_question_for_what_is_nearby_is_refused_by_name(string query, int status, string pointer, string code) =>
        (await (await Server.StreetAsync()).GetAsync($"whistles/nearby?{query}")).ShouldBeRefused(status, "invalid-fields").ShouldName(pointer, code);

    [Fact]
    public async Task What_is_nearby_of_nowhere_or_of_nothing_is_unknown()
    {
        var street = await Server.StreetAsync();
        (await street.GetAsync("whistles/nearby?grid=999")).ShouldBeRefused(404, "unknown-grid");
        (await street.GetAsync($"whistles/nearby?grid={ExampleCity.Market}&matter=ufo")).ShouldBeRefused(404, "unknown-matter");
    }

    private Task<Person> CommandAsync() => Server.AsAsync("command", "990101", "commander");

    private static async Task<int> OpenLoadAsync(Person person, string department) =>
        (await person.GetAsync($"departments/{department}/load")).ShouldSucceed().Json.GetProperty("open").GetInt32();

    private static async Task<bool> IsOnAsync(Person person, string id) =>
        (await person.GetAsync("whistles?limit=200")).ShouldSucceed().Json.GetProperty("whistles").EnumerateArray()
            .Any((JsonElement whistle) => whistle.GetProperty("id").GetString() == id);
}
