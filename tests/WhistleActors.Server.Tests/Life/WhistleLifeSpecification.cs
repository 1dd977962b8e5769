using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

public sealed class WhistleLifeOnSqlite(SqliteServer fixture) : WhistleLifeSpecification(fixture), IClassFixture<SqliteServer>;

public sealed class WhistleLifeOnPostgresql(PostgresqlServer fixture) : WhistleLifeSpecification(fixture), IClassFixture<PostgresqlServer>;

/// <summary>The life of a whistle over HTTP, the same on every database.</summary>
public abstract class WhistleLifeSpecification(ServerFixture fixture)
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_whistle_lives_from_the_blow_to_its_close_and_its_trace_tells_all_of_it()
    {
        var (street, water, roads) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await Server.RoadsAsync());
        var blown = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        var whistle = $"whistles/{blown.Id}";
        blown.Headers.Location.ShouldNotBeNull().ToString().ShouldBe($"/api/v1/{whistle}");
        blown.ETag.ShouldBe("\"1\"");
        blown.Id.ShouldStartWith($"{ExampleCity.Belfry}-");
        blown.Json.GetProperty("summonses").EnumerateArray()
            .Select(summons => (summons.GetProperty("department").GetString(), summons.GetProperty("role").GetString()))
            .ShouldBe([("waterworks", "lead"), ("990101-roads", "cooperating"), ("command", "notified")]);
        blown.Summons("waterworks").GetProperty("signBy").GetDateTimeOffset().ShouldBe(Server.Now.AddMinutes(5));
        blown.Summons("command").TryGetProperty("signBy", out _).ShouldBeFalse();

        (await water.PostAsync($"{whistle}/summonses/waterworks/sign")).ShouldSucceed().Summons("waterworks").GetProperty("state").GetString().ShouldBe("signed");
        (await water.PostAsync($"{whistle}/summonses/waterworks/depart", """{"crew":"waterworks-1"}""")).ShouldSucceed().ETag.ShouldBe("\"3\"");
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed()
            .Summons("waterworks").GetProperty("checkedIn").GetProperty("late").GetBoolean().ShouldBeFalse();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/check-in", """{"witness":{"name":"李娜","organisation":"990101001"}}""")).ShouldSucceed()
            .Summons("990101-roads").GetProperty("checkedIn").GetProperty("witness").GetProperty("name").GetString().ShouldBe("李娜");
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"{whistle}/veto", """{"department":"waterworks","reason":"仍在漏水"}""")).ShouldSucceed()
            .Summons("waterworks").GetProperty("state").GetString().ShouldBe("checked-in");
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/outcome", Bodies.Ledgered(Server.Now))).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"990101-roads"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "crews-not-released");
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        var closed = (await street.PostAsync($"{whistle}/close", """{"note":"完成"}""")).ShouldSucceed();

        closed.Json.GetProperty("stage").GetString().ShouldBe("closed");
        (await street.GetAsync(whistle)).ShouldSucceed().Text.ShouldBe(closed.Text);
        var trace = (await street.GetAsync($"{whistle}/trace")).ShouldSucceed().Json.GetProperty("events").EnumerateArray().ToList();
        trace.Select(entry => entry.GetProperty("manifest").GetString()).ShouldBe(
        [
            "whistle-blown.1", "summons-signed.1", "crew-departed.1", "crew-checked-in.1", "summons-signed.1", "crew-checked-in.1", "outcome-reported.1",
            "outcome-vetoed.1", "outcome-reported.1", "outcome-reported.1", "outcome-accepted.1", "outcome-accepted.1", "department-released.1", "whistle-closed.1",
        ]);
        trace.Select(entry => entry.GetProperty("version").GetInt64()).ShouldBe(Enumerable.Range(1, 14).Select(n => (long)n));
        trace[^1].GetProperty("version").GetInt64().ShouldBe(closed.Version);
        trace[0].GetProperty("by").GetProperty("organisation").GetString().ShouldBe("990101001");
    }

    [Fact]
    public async Task A_crew_that_cannot_come_is_called_back_and_another_sets_out()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var summons = $"whistles/{await BlowAsync(street)}/summonses/waterworks";
        (await water.PostAsync($"{summons}/recall", """{"reason":"车辆故障"}""")).ShouldBeRefused(409, "not-departed");
        (await water.PostAsync($"{summons}/depart", """{"crew":"waterworks-1"}""")).ShouldSucceed();
        (await water.PostAsync($"{summons}/recall", """{"for":"no whistle"}""")).ShouldBeRefused(422, "invalid-fields").ShouldName("/reason", "missing").ShouldName("/for", "not-a-code");
        (await water.PostAsync($"{summons}/recall", $$"""{"reason":"另有急情","for":"{{ExampleCity.Market}}-1"}""")).ShouldBeRefused(409, "emergency-keeps-crew");

        var back = (await water.PostAsync($"{summons}/recall", """{"reason":"车辆故障"}""")).ShouldSucceed().Summons("waterworks");

        back.GetProperty("state").GetString().ShouldBe("signed");
        back.TryGetProperty("departed", out _).ShouldBeFalse();
        (await water.PostAsync($"{summons}/depart", """{"crew":"waterworks-1"}""")).ShouldSucceed().Summons("waterworks").GetProperty("state").GetString().ShouldBe("departed");
        (await water.PostAsync($"{summons}/recall", """{"reason":"道路中断"}""")).ShouldSucceed().ETag.ShouldBe("\"6\"");
    }

    [Fact]
    public async Task A_department_is_busy_with_a_whistle_until_it_is_let_go()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());

        // News of what other tests ended may still be on its way.
        var open = (await OpenInAsync(street, ExampleCity.Belfry.Text)).Count + (await OpenInAsync(street, ExampleCity.Market.Text)).Count;
        await Eventually.TrueAsync(async () => await LoadAsync(water) == (open, 0));
        var before = (Open: open, Committed: 0);
        var id = await BlowAsync(street);
        await Eventually.TrueAsync(async () => (await LoadAsync(water)).Open == before.Open + 1);

        (await water.PostAsync($"whistles/{id}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        await Eventually.TrueAsync(async () => await LoadAsync(water) == (before.Open + 1, before.Committed + 1));

        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        await Eventually.TrueAsync(async () => await LoadAsync(water) == before);
        (await street.GetAsync($"whistles/{id}/trace")).Json.GetProperty("events").EnumerateArray()
            .Select(entry => entry.GetProperty("manifest").GetString()).TakeLast(2).ShouldBe(["department-released.1", "whistle-withdrawn.1"]);
    }

    [Fact]
    public async Task The_same_key_and_body_take_effect_once_and_get_the_same_answer_even_after_the_whistle_moved_on_and_after_a_restart()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var first = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "blow-1")).ShouldSucceed(201);
        var signed = (await water.PostAsync($"whistles/{first.Id}/summonses/waterworks/sign", "{}", key: "sign-1")).ShouldSucceed();
        first.Replayed.ShouldBeFalse();

        for (var round = 0; round < 2; round++)
        {
            var again = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "blow-1")).ShouldSucceed(201);
            again.Text.ShouldBe(first.Text);
            (again.Replayed, again.ETag, again.Headers.Location).ShouldBe((true, "\"1\"", first.Headers.Location));
            var signedAgain = (await water.PostAsync($"whistles/{first.Id}/summonses/waterworks/sign", "{}", key: "sign-1")).ShouldSucceed();
            (signedAgain.Text, signedAgain.Replayed, signedAgain.ETag).ShouldBe((signed.Text, true, signed.ETag));
            (await street.PostAsync($"whistles/{first.Id}/withdraw", """{"reason":"误报"}""", key: "withdraw-1")).ShouldSucceed().Replayed.ShouldBe(round > 0);
            if (round == 0)
            {
                await Server.RestartAsync();
                (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
            }
        }

        (await street.GetAsync($"whistles/{first.Id}/trace")).Json.GetProperty("events").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Twenty_times_the_same_command_at_once_have_one_effect_and_one_answer()
    {
        var street = await Server.StreetAsync();
        var before = await OpenInAsync(street, ExampleCity.Market.Text);
        var body = Bodies.Blow.Replace("120.005", "120.015", StringComparison.Ordinal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => street.PostAsync($"grids/{ExampleCity.Market}/whistles", body, key: "together")));

        answers.Select(answer => answer.ShouldSucceed(201).Text).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.Replayed).ShouldBe(1);
        (await OpenInAsync(street, ExampleCity.Market.Text)).Count.ShouldBe(before.Count + 1);
        (await street.PostAsync($"whistles/{answers[0].Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused_and_changes_nothing()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var blown = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "other-body")).ShouldSucceed(201);

        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow.Replace("主街", "后街", StringComparison.Ordinal), key: "other-body"))
            .ShouldBeRefused(422, "idempotency-key-reused");
        (await street.PostAsync($"whistles/{blown.Id}/close", Bodies.Blow, key: "other-body")).Status.ShouldBe(400);
        (await street.PostAsync($"whistles/{blown.Id}/close", "{}", key: "other-body")).ShouldBeRefused(422, "idempotency-key-reused");

        // Another person's key is another key.
        (await water.PostAsync($"whistles/{blown.Id}/summonses/waterworks/sign", "{}", key: "other-body")).ShouldSucceed().Replayed.ShouldBeFalse();
        (await street.GetAsync($"whistles/{blown.Id}")).Version.ShouldBe(2);
        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_refusal_does_not_use_a_key_up()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var id = await BlowAsync(street);
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/outcome", Bodies.Resolved, key: "early")).ShouldBeRefused(409, "not-checked-in");
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();

        (await water.PostAsync($"whistles/{id}/summonses/waterworks/outcome", Bodies.Resolved, key: "early")).ShouldSucceed().Replayed.ShouldBeFalse();
        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_command_meant_for_an_older_version_is_refused()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var blown = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        var signed = (await water.PostAsync($"whistles/{blown.Id}/summonses/waterworks/sign", "{}", ifMatch: blown.ETag)).ShouldSucceed();

        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""", ifMatch: blown.ETag)).ShouldBeRefused(412, "version-outdated");
        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""", ifMatch: "\"99\"")).ShouldBeRefused(412, "version-outdated");
        (await street.GetAsync($"whistles/{blown.Id}")).ETag.ShouldBe(signed.ETag);
        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""", ifMatch: signed.ETag)).ShouldSucceed();
    }

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"7\", \"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"2\"", 200)]
    [InlineData("nonsense", 200)]
    public async Task What_the_caller_holds_already_is_not_sent_again(string held, int status)
    {
        var street = await Server.StreetAsync();
        var id = await BlowAsync(street);

        var answer = await street.GetAsync($"whistles/{id}", ifNoneMatch: held);

        answer.Status.ShouldBe(status);
        answer.ETag.ShouldBe("\"1\"");
        answer.Text.Length.ShouldBe(status == 304 ? 0 : answer.Text.Length);
        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_list_goes_page_by_page_and_neither_skips_nor_doubles_while_others_come_and_go()
    {
        var street = await Server.StreetAsync();
        var body = Bodies.Blow.Replace("120.005", "120.015", StringComparison.Ordinal);
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add((await street.PostAsync($"grids/{ExampleCity.Market}/whistles", body)).ShouldSucceed(201).Id);
        await Eventually.TrueAsync(async () => (await ListAsync(street, "whistles?board=subdistrict:990101001&limit=200")).Ids.Intersect(ids).Count() == 7);

        var seen = new List<string>();
        string? next = null;
        do
        {
            var (page, cursor) = await ListAsync(street, $"whistles?board=subdistrict:990101001&limit=3{(next is null ? "" : $"&cursor={next}")}");
            page.Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page);
            if (next is null)
            {
                (await street.PostAsync($"whistles/{ids[0]}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
                await Eventually.TrueAsync(async () => !(await ListAsync(street, "whistles?limit=200")).Ids.Contains(ids[0]));
            }

            next = cursor;
        }
        while (next is not null);

        seen.ShouldBeUnique();
        seen.Intersect(ids[1..]).Count().ShouldBe(6);
        foreach (var id in ids[1..])
            (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_deadline_that_passes_is_recorded_once_and_shows()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var id = await BlowAsync(street);
        Server.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (await street.GetAsync($"whistles/{id}")).Version == 3);

        var late = (await water.PostAsync($"whistles/{id}/summonses/waterworks/sign")).ShouldSucceed();

        late.Summons("waterworks").GetProperty("signed").GetProperty("late").GetBoolean().ShouldBeTrue();
        late.Summons("990101-roads").GetProperty("overdue").GetString().ShouldBe("sign");
        var passed = (await street.GetAsync($"whistles/{id}/trace")).Json.GetProperty("events").EnumerateArray()
            .Where(entry => entry.GetProperty("manifest").GetString() == "deadline-passed.1").ToList();
        passed.Count.ShouldBe(2);
        passed.Select(entry => entry.TryGetProperty("by", out _)).ShouldBe([false, false]);
        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    private static async Task<string> BlowAsync(Person street) =>
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;

    private static async Task<(int Open, int Committed)> LoadAsync(Person who)
    {
        var load = (await who.GetAsync("departments/waterworks/load")).ShouldSucceed().Json;
        return (load.GetProperty("open").GetInt32(), load.GetProperty("committed").GetInt32());
    }

    private static async Task<List<string>> OpenInAsync(Person who, string grid) =>
        [.. (await who.GetAsync($"grids/{grid}")).ShouldSucceed().Json.GetProperty("openWhistles").EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString()!)];

    private static async Task<(List<string> Ids, string? Next)> ListAsync(Person who, string path)
    {
        var page = (await who.GetAsync(path)).ShouldSucceed().Json;
        return (
            [.. page.GetProperty("whistles").EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString()!)],
            page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null);
    }
}
