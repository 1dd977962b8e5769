using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Reports;

/// <summary>What another network tells, from its coming in to its end, as callers meet it.</summary>
public sealed class ReportTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private static int last;

    public static TheoryData<string> Bad => [.. BadReports.Keys];

    private static Dictionary<string, (string Body, int Status, string Code, string? Pointer, string? Why)> BadReports { get; } = new()
    {
        ["nothing"] = ("{}", 422, "invalid-fields", "/number", "missing"),
        ["no source"] = ("{}", 422, "invalid-fields", "/source", "missing"),
        ["an unknown source"] = (Spoilt("\"hotline\"", "\"telegram\""), 422, "invalid-fields", "/source", "unknown-value"),
        ["a number of 65 characters"] = (Spoilt("N-1", new string('1', 65)), 422, "invalid-fields", "/number", "text-too-long"),
        ["an empty title"] = (Spoilt("井盖冒水", " "), 422, "invalid-fields", "/title", "text-empty"),
        ["a text of 2,001 characters"] = (Spoilt("持续冒水", new string('水', 2_001)), 422, "invalid-fields", "/text", "text-too-long"),
        ["a place without a datum"] = (Spoilt(",\"datum\":\"wgs84\"", ""), 422, "invalid-fields", "/place/datum", "missing"),
        ["an unknown matter"] = (Spoilt("burst-main", "ufo"), 404, "unknown-matter", null, null),
        ["an unknown grid"] = (Spoilt("\"matter\"", "\"grid\":\"1\",\"matter\""), 422, "invalid-fields", "/grid", "unknown-grid"),
        ["an unknown subdistrict"] = (Spoilt("\"matter\"", "\"subdistrict\":\"1\",\"matter\""), 422, "invalid-fields", "/subdistrict", "unknown-subdistrict"),
        ["an unknown district"] = (Spoilt("\"matter\"", "\"district\":\"1\",\"matter\""), 422, "invalid-fields", "/district", "unknown-district"),
        ["a caller's phone with letters"] = (Spoilt("13800138000", "call me"), 422, "invalid-fields", "/caller/phone", "not-a-phone-number"),
        ["a time without an offset"] = (Spoilt("\"matter\"", "\"occurredAt\":\"2026-01-01T00:00:00\",\"matter\""), 400, "malformed-json", "/occurredAt", "unexpected"),
        ["an unknown field"] = (Spoilt("\"matter\"", "\"urgent\":true,\"matter\""), 400, "malformed-json", null, null),
        ["no JSON"] = ("x", 400, "malformed-json", null, null),
    };

    private TestServer Server => fixture.Server;

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_wrong_is_refused(string name)
    {
        var (body, status, code, pointer, why) = BadReports[name];
        var answer = (await (await Server.RoadsAsync()).PostAsync("reports", body)).ShouldBeRefused(status, code);
        if (pointer is not null)
            answer.ShouldName(pointer, why!);
    }

    [Fact]
    public async Task A_report_becomes_a_whistle_and_the_source_follows_it_to_its_end()
    {
        var (source, street) = (await Server.RoadsAsync(), await Server.StreetAsync());
        var received = (await source.PostAsync("reports", Report())).ShouldSucceed(201);
        received.Headers.Location!.ToString().ShouldBe($"/api/v1/reports/{received.Id}");
        received.Json.GetProperty("status").GetString().ShouldBe("placed");
        received.Json.GetProperty("grid").GetString().ShouldBe(ExampleCity.Belfry.Text);

        var whistled = (await street.PostAsync($"reports/{received.Id}/whistle", """{"level":"emergency"}""")).ShouldSucceed();
        var whistle = whistled.Json.GetProperty("whistle").GetString()!;
        whistled.Json.GetProperty("status").GetString().ShouldBe("whistled");
        var blown = (await street.GetAsync($"whistles/{whistle}")).ShouldSucceed();
        blown.Json.GetProperty("description").GetString().ShouldBe("井盖冒水");
        blown.Json.GetProperty("level").GetString().ShouldBe("emergency");
        blown.Text.ShouldNotContain("13800138000");
        await Eventually.TrueAsync(async () => (await street.GetAsync($"whistles/{whistle}/dossier")).Json.GetProperty("matters").GetArrayLength() == 1);
        (await street.GetAsync($"whistles/{whistle}/dossier")).Json.GetProperty("matters")[0].GetProperty("remark").GetString().ShouldBe(received.Id);

        (await source.GetAsync($"reports/{received.Id}")).Json.GetProperty("whistleStage").GetString().ShouldBe("open");
        (await street.PostAsync($"whistles/{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        var end = (await source.GetAsync($"reports/{received.Id}")).ShouldSucceed().Json;
        (end.GetProperty("status").GetString(), end.GetProperty("whistleStage").GetString()).ShouldBe(("closed", "withdrawn"));
        (await street.PostAsync($"reports/{received.Id}/whistle")).ShouldBeRefused(409, "report-not-open");
    }

    [Fact]
    public async Task The_same_source_and_number_is_the_same_report()
    {
        var source = await Server.RoadsAsync();
        var body = Report();
        var first = (await source.PostAsync("reports", body)).ShouldSucceed(201);

        (await source.PostAsync("reports", body)).ShouldSucceed(200).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Two_officers_who_press_at_the_same_moment_blow_one_whistle()
    {
        var street = await Server.StreetAsync();
        var report = (await street.PostAsync("reports", Report())).ShouldSucceed(201).Id;
        var colleague = await Server.AsAsync("colleague", ExampleCity.OldTown.Text, "subdistrict-officer");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? street : colleague).PostAsync($"reports/{report}/whistle")));

        answers.Where(answer => answer.Status == 200).Select(answer => answer.Json.GetProperty("whistle").GetString()).Distinct().ShouldHaveSingleItem();
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 409);
    }

    [Fact]
    public async Task What_may_be_the_same_is_shown_to_who_decides_and_can_be_merged()
    {
        var (source, street) = (await Server.RoadsAsync(), await Server.StreetAsync());
        var whistle = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var other = (await source.PostAsync("reports", Report())).ShouldSucceed(201).Id;
        var report = (await source.PostAsync("reports", Report())).ShouldSucceed(201);
        report.Json.GetProperty("alike").GetArrayLength().ShouldBe(0, "the source decides nothing");

        var alike = (await street.GetAsync($"reports/{report.Id}")).Json.GetProperty("alike").EnumerateArray().ToList();
        Named(alike, "report").ShouldContain(other);
        Named(alike, "whistle").ShouldContain(whistle);

        (await street.PostAsync($"reports/{report.Id}/merge", $$"""{"whistle":"{{whistle}}"}""")).ShouldSucceed().Json.GetProperty("status").GetString().ShouldBe("merged");
        await Eventually.TrueAsync(async () => (await street.GetAsync($"whistles/{whistle}/dossier")).Json.GetProperty("matters").GetArrayLength() == 1);
        (await street.PostAsync($"whistles/{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        (await street.PostAsync($"reports/{other}/merge", $$"""{"whistle":"{{whistle}}"}""")).ShouldBeRefused(409, "whistle-not-open");
        (await street.PostAsync($"reports/{other}/merge", """{"whistle":"99010100100101-999999"}""")).ShouldBeRefused(404, "unknown-whistle");
        (await street.PostAsync($"reports/{other}/merge", "{}")).ShouldBeRefused(422, "invalid-fields").ShouldName("/whistle", "missing");
    }

    [Fact]
    public async Task What_could_not_be_placed_waits_for_the_command_centre()
    {
        var (source, street, commander) = (await Server.RoadsAsync(), await Server.StreetAsync(), await Server.AsAsync("commander", "990101", "commander"));
        var report = (await source.PostAsync("reports", Report(place: null, more: "\"district\":\"990101\","))).ShouldSucceed(201);
        report.Json.GetProperty("status").GetString().ShouldBe("received");
        report.Id.ShouldStartWith("990101-");
        (await ListAsync(commander, "990101")).ShouldContain(report.Id);
        (await street.GetAsync($"reports/{report.Id}")).ShouldBeRefused(403, "not-your-report");

        (await commander.PostAsync($"reports/{report.Id}/place", $$"""{"grid":"{{ExampleCity.Belfry}}"}""")).ShouldSucceed().Json.GetProperty("status").GetString().ShouldBe("placed");

        (await ListAsync(commander, "990101")).ShouldNotContain(report.Id);
        (await ListAsync(street, ExampleCity.OldTown.Text)).ShouldContain(report.Id);
        (await street.PostAsync($"reports/{report.Id}/dismiss", """{"reason":"不属实"}""")).ShouldSucceed().Json.GetProperty("reason").GetString().ShouldBe("不属实");
        (await source.GetAsync($"reports/{report.Id}")).Json.GetProperty("status").GetString().ShouldBe("dismissed");
    }

    [Fact]
    public async Task A_position_outside_the_city_goes_to_the_city_s_desk()
    {
        var source = await Server.RoadsAsync();

        (await source.PostAsync("reports", Report(place: """{"lon":116.4,"lat":39.9,"datum":"wgs84"}"""))).ShouldSucceed(201).Id.ShouldStartWith("city-");
    }

    [Theory]
    [InlineData("other-street", "990101002", "subdistrict-officer")]
    [InlineData("other-commander", "990102", "commander")]
    [InlineData("water", "waterworks", "dispatcher")]
    [InlineData("wall", "city", "observer")]
    [InlineData("own-wall", "990101001", "observer")]
    public async Task Nobody_else_reads_or_decides(string person, string organisation, string role)
    {
        var report = (await (await Server.RoadsAsync()).PostAsync("reports", Report())).ShouldSucceed(201).Id;
        var stranger = await Server.AsAsync(person, organisation, role);

        (await stranger.GetAsync($"reports/{report}")).ShouldBeRefused(403, "not-your-report");
        (await stranger.GetAsync($"reports?desk={ExampleCity.OldTown}")).ShouldBeRefused(403, "not-your-report");
        (await stranger.PostAsync($"reports/{report}/dismiss", """{"reason":"x"}""")).ShouldBeRefused(403, "not-your-report");
        (await stranger.PostAsync($"reports/{report}/place", $$"""{"grid":"{{ExampleCity.Market}}"}""")).ShouldBeRefused(403, "not-your-report");
        (await stranger.PostAsync($"reports/{report}/whistle")).ShouldBeRefused(403, "not-your-report");
        (await stranger.GetAsync("reports?desk=city")).ShouldBeRefusedUnlessCommander(role);
    }

    [Fact]
    public async Task A_list_goes_page_by_page()
    {
        var street = await Server.StreetAsync();
        for (var i = 0; i < 5; i++)
            (await street.PostAsync("reports", Report())).ShouldSucceed(201);

        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = (await street.GetAsync($"reports?desk={ExampleCity.OldTown}&limit=2{(next.Length == 0 ? "" : $"&cursor={next}")}")).ShouldSucceed().Json;
            seen.AddRange(page.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("id").GetString()!));
            page.GetRawText().ShouldNotContain("13800138000");
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString()! : "";
        }
        while (next.Length > 0);

        seen.ShouldBeUnique();
        seen.ShouldBe(await ListAsync(street, ExampleCity.OldTown.Text));
    }

    [Theory]
    [InlineData("reports", 422, "invalid-fields")]
    [InlineData("reports?desk=nowhere", 404, "unknown-report")]
    [InlineData("reports?desk=a%20b", 422, "invalid-fields")]
    [InlineData("reports?desk=990101001&limit=0", 422, "invalid-fields")]
    [InlineData("reports?desk=990101001&cursor=x", 422, "invalid-fields")]
    [InlineData("reports/990101001-999999", 404, "unknown-report")]
    [InlineData("reports/nonsense", 404, "unknown-report")]
    [InlineData("reports/..%2F..%2Fx-1", 404, "unknown-report")]
    public async Task What_there_is_not_is_told_so(string path, int status, string code) =>
        (await (await Server.StreetAsync()).GetAsync(path)).ShouldBeRefused(status, code);

    private static List<string> Named(IEnumerable<JsonElement> alike, string what) =>
        [.. alike.Where(entry => entry.TryGetProperty(what, out _)).Select(entry => entry.GetProperty(what).GetString()!)];

    private static async Task<List<string>> ListAsync(Person who, string desk) =>
        [.. (await who.GetAsync($"reports?desk={desk}&limit=200")).ShouldSucceed().Json.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("id").GetString()!)];

    private static string Spoilt(string part, string by) =>
        Body("N-1", """{"lon":120.005,"lat":30.005,"datum":"wgs84"}""", "").Replace(part, by, StringComparison.Ordinal);

    private static string Report(string? place = """{"lon":120.005,"lat":30.005,"datum":"wgs84"}""", string more = "") => Body($"N-{Interlocked.Increment(ref last) + 1}", place, more);

    private static string Body(string number, string? place, string more) =>
        $$$"""{"source":"hotline","number":{{{JsonSerializer.Serialize(number)}}},"title":"井盖冒水","text":"主街井盖处持续冒水",{{{(place is null ? "" : $"\"place\":{place},")}}}{{{more}}}"matter":"burst-main","caller":{"name":"赵六","phone":"13800138000"}}""";
}

internal static class CityDeskAnswers
{
    /// <summary>The city's own desk is every command centre's to place, and nobody else's.</summary>
    public static void ShouldBeRefusedUnlessCommander(this Answer answer, string role)
    {
        if (role == "commander")
            answer.ShouldSucceed();
        else
            answer.ShouldBeRefused(403, "not-your-report");
    }
}
