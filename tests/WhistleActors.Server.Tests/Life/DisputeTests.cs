using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>
/// "Not ours", the ruling, and what it means for the next whistle, over HTTP. Rulings last: only one test reassigns, and of a matter of its own.
/// </summary>
public sealed class DisputeTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Pothole = """{"matter":"pothole","occasion":"public-demand","level":"daily","description":"路面塌陷处涌水"}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_reassignment_summons_another_and_the_next_proposal_cites_it_even_after_a_restart()
    {
        var (street, roads, command) = (await Server.StreetAsync(), await Server.RoadsAsync(), await CommandAsync());
        var whistle = await BlowAsync(Pothole);
        var before = await ProposalAsync(street);
        before.Lead.ShouldBe(("990101-roads", "《样例市道路条例》", null));
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/check-in", """{"witness":{"name":"李娜","organisation":"990101001"}}""")).ShouldSucceed();

        var disputed = (await roads.PostAsync($"{whistle}/summonses/990101-roads/dispute", """{"reason":"系供水管道渗漏","instead":"waterworks"}""")).ShouldSucceed();
        disputed.Summons("990101-roads").GetProperty("dispute").GetProperty("instead").GetString().ShouldBe("waterworks");
        disputed.Summons("990101-roads").GetProperty("state").GetString().ShouldBe("checked-in");
        (await command.PostAsync($"{whistle}/rule", """{"department":"990101-roads","kind":"referred","text":"先行会商"}""")).ShouldSucceed()
            .Summons("990101-roads").GetProperty("dispute").TryGetProperty("ruling", out _).ShouldBeFalse();
        var ruled = (await command.PostAsync(
            $"{whistle}/rule",
            """{"department":"990101-roads","kind":"reassigned","text":"管道渗漏所致，由自来水公司主责","basis":"《样例市供水条例》第五条","instead":"waterworks"}""")).ShouldSucceed();

        ruled.Summons("waterworks").GetProperty("role").GetString().ShouldBe("lead");
        ruled.Summons("waterworks").GetProperty("inPlaceOf").GetProperty("from").GetString().ShouldBe("990101-roads");
        ruled.Summons("waterworks").GetProperty("signBy").GetDateTimeOffset().ShouldBe(Server.Now.AddMinutes(60));
        var let = ruled.Summons("990101-roads");
        (let.GetProperty("role").GetString(), let.GetProperty("state").GetString()).ShouldBe(("notified", "released"));
        let.GetProperty("dispute").GetProperty("ruling").GetProperty("kind").GetString().ShouldBe("reassigned");
        await Eventually.TrueAsync(async () => await OpenAsync("waterworks") == 1 && await OpenAsync("990101-roads") == 0);
        (await street.GetAsync($"{whistle}/trace")).Json.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("manifest").GetString()).ShouldBe(
        [
            "whistle-blown.1", "summons-signed.1", "crew-checked-in.1", "summons-disputed.1", "dispute-ruled.1", "department-released.1", "dispute-ruled.1",
        ]);

        var id = ruled.Id;
        await Eventually.TrueAsync(async () => (await ProposalAsync(street)).Lead == ("waterworks", $"《样例市供水条例》第五条 ({id})", id));
        await ShouldBeKnownAsync(street, id);
        await Server.RestartAsync();
        street = await Server.StreetAsync();
        await ShouldBeKnownAsync(street, id);

        (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", Pothole)).ShouldSucceed(201)
            .Summons("waterworks").GetProperty("role").GetString().ShouldBe("lead", "the next whistle goes where it was ruled");
    }

    [Fact]
    public async Task Until_it_is_ruled_the_whistle_does_not_close_and_upheld_it_goes_on()
    {
        var (street, water, command) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await CommandAsync());
        var body = Bodies.Blow.Replace("\"chain\"", "\"summon\":[{\"department\":\"waterworks\",\"role\":\"lead\"}],\"changedProposal\":\"小修\",\"chain\"", StringComparison.Ordinal);
        var whistle = await BlowAsync(body);
        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"不属我单位"}""")).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"不属我单位"}""")).ShouldBeRefused(409, "already-disputed");
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "dispute-open");

        (await command.PostAsync($"{whistle}/rule", """{"department":"waterworks","kind":"upheld","text":"属其职责","basis":"《样例市供水条例》第三条"}""")).ShouldSucceed();

        (await street.PostAsync($"{whistle}/close")).ShouldSucceed();
        await Eventually.TrueAsync(async () =>
            (await street.GetAsync("precedents?matter=burst-main")).Json.EnumerateArray().Any(precedent => precedent.GetProperty("kind").GetString() == "upheld"));
    }

    [Fact]
    public async Task After_the_packs_window_it_is_too_late()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync(Bodies.Blow);
        Server.Clock.Advance(TimeSpan.FromMinutes(90) + TimeSpan.FromSeconds(1));

        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"不属我单位"}""")).ShouldBeRefused(409, "dispute-window-closed");

        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Only_the_department_disputes_and_only_its_districts_command_centre_rules()
    {
        var (street, water, roads) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await Server.RoadsAsync());
        var whistle = await BlowAsync(Bodies.Blow);
        (await roads.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"x"}""")).ShouldBeRefused(403, "not-your-department");
        (await (await CommandAsync()).PostAsync($"{whistle}/rule", Upheld)).ShouldBeRefused(409, "no-dispute");
        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"x"}""")).ShouldSucceed();
        foreach (var wrong in new[] { street, water, await Server.AsAsync("east", "990102", "commander") })
            (await wrong.PostAsync($"{whistle}/rule", Upheld)).ShouldBeRefused(403, "not-your-district");

        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Theory]
    [InlineData("""{}""", 422, "invalid-fields", "/reason", "missing")]
    [InlineData("""{"reason":" "}""", 422, "invalid-fields", "/reason", "text-empty")]
    [InlineData("""{"reason":"x","instead":"a b"}""", 422, "invalid-fields", "/instead", "not-a-code")]
    [InlineData("""{"reason":"x","instead":"nobody"}""", 404, "unknown-department", null, null)]
    [InlineData("""{"reason":"x","instead":"990102-roads"}""", 422, "department-of-another-district", null, null)]
    [InlineData("""{"reason":"x","instead":"waterworks"}""", 422, "instead-of-itself", null, null)]
    [InlineData("""{"reason":"x","kind":"upheld"}""", 400, "malformed-json", null, null)]
    public async Task A_dispute_that_is_wrong_changes_nothing(string body, int status, string code, string? pointer, string? fieldCode)
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync(Bodies.Blow);

        var answer = (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", body)).ShouldBeRefused(status, code);

        if (pointer is not null)
            answer.ShouldName(pointer, fieldCode!);
        (await street.GetAsync(whistle)).Version.ShouldBe(1);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Theory]
    [InlineData("""{"kind":"upheld","text":"x","basis":"x"}""", 422, "invalid-fields", "/department", "missing")]
    [InlineData("""{"department":"waterworks","kind":"uphold","text":"x","basis":"x"}""", 422, "invalid-fields", "/kind", "unknown-value")]
    [InlineData("""{"department":"waterworks","kind":"upheld","basis":"x"}""", 422, "invalid-fields", "/text", "missing")]
    [InlineData("""{"department":"waterworks","kind":"upheld","text":"x"}""", 422, "ruling-basis-missing", null, null)]
    [InlineData("""{"department":"waterworks","kind":"reassigned","text":"x","basis":"x"}""", 422, "instead-mismatch", null, null)]
    [InlineData("""{"department":"waterworks","kind":"upheld","text":"x","basis":"x","instead":"command"}""", 422, "instead-mismatch", null, null)]
    [InlineData("""{"department":"waterworks","kind":"reassigned","text":"x","basis":"x","instead":"waterworks"}""", 422, "instead-of-itself", null, null)]
    [InlineData("""{"department":"waterworks","kind":"reassigned","text":"x","basis":"x","instead":"nobody"}""", 404, "unknown-department", null, null)]
    [InlineData("""{"department":"waterworks","kind":"reassigned","text":"x","basis":"x","instead":"990102-roads"}""", 422, "department-of-another-district", null, null)]
    [InlineData("""{"department":"990102-roads","kind":"upheld","text":"x","basis":"x"}""", 409, "department-not-summoned", null, null)]
    public async Task A_ruling_that_is_wrong_changes_nothing(string body, int status, string code, string? pointer, string? fieldCode)
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync(Bodies.Blow);
        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", """{"reason":"x"}""")).ShouldSucceed();

        var answer = (await (await CommandAsync()).PostAsync($"{whistle}/rule", body)).ShouldBeRefused(status, code);

        if (pointer is not null)
            answer.ShouldName(pointer, fieldCode!);
        (await street.GetAsync(whistle)).Version.ShouldBe(3);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Texts_without_end_are_refused()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlowAsync(Bodies.Blow);

        (await water.PostAsync($"{whistle}/summonses/waterworks/dispute", $$"""{"reason":"{{new string('x', 501)}}"}""")).ShouldBeRefused(422, "invalid-fields").ShouldName("/reason", "text-too-long");
        (await (await CommandAsync()).PostAsync($"{whistle}/rule", $$"""{"department":"waterworks","kind":"upheld","text":"{{new string('x', 501)}}","basis":"{{new string('x', 201)}}"}"""))
            .ShouldBeRefused(422, "invalid-fields").ShouldName("/text", "text-too-long").ShouldName("/basis", "text-too-long");

        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Precedents_are_asked_for_by_a_matter_that_there_is()
    {
        var street = await Server.StreetAsync();

        (await street.GetAsync("precedents")).ShouldBeRefused(422, "invalid-fields").ShouldName("?matter", "missing");
        (await street.GetAsync("precedents?matter=nothing")).ShouldBeRefused(404, "unknown-matter");
        (await street.GetAsync("precedents?matter=other")).ShouldSucceed().Json.GetArrayLength().ShouldBe(0);
    }

    private const string Upheld = """{"department":"waterworks","kind":"upheld","text":"x","basis":"x"}""";

    private static async Task ShouldBeKnownAsync(Person who, string id)
    {
        var precedent = (await who.GetAsync("precedents?matter=pothole")).ShouldSucceed().Json.EnumerateArray().ShouldHaveSingleItem();
        (precedent.GetProperty("whistle").GetString(), precedent.GetProperty("department").GetString(), precedent.GetProperty("instead").GetString(), precedent.GetProperty("district").GetString())
            .ShouldBe((id, "990101-roads", "waterworks", "990101"));
    }

    private static async Task<((string Department, string Basis, string? Ruling) Lead, int Count)> ProposalAsync(Person who)
    {
        var summonses = (await who.GetAsync($"grids/{ExampleCity.Belfry}/proposal?matter=pothole")).ShouldSucceed().Json.GetProperty("summonses");
        var lead = summonses[0];
        return (
            (
                lead.GetProperty("department").GetString()!,
                lead.GetProperty("basis").GetString()!,
                lead.TryGetProperty("ruling", out var ruling) ? ruling.GetProperty("whistle").GetString() : null),
            summonses.GetArrayLength());
    }

    private Task<Person> CommandAsync() => Server.AsAsync("centre", "990101", "commander");

    private async Task<string> BlowAsync(string body) =>
        $"whistles/{(await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", body)).ShouldSucceed(201).Id}";

    private async Task<int> OpenAsync(string department) =>
        (await (await Server.AsAsync("wall", "city", "observer")).GetAsync($"departments/{department}/load")).ShouldSucceed().Json.GetProperty("open").GetInt32();
}
