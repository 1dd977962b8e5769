using System.Globalization;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>Everything that can be wrong with a command: each gets its exact refusal, in both languages, and changes nothing.</summary>
public sealed class RefusalTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private static readonly string[] Stops = ["sign", "depart", "check-in", "outcome"];

    private TestServer Server => fixture.Server;

    public static TheoryData<string> BlowNames => [.. BadBlows.Keys];

    public static TheoryData<string> CommandNames => [.. BadCommands.Keys];

    private static Dictionary<string, Bad> BadBlows { get; } = new()
    {
        ["an unknown grid"] = new("grids/99999999999999/whistles", Bodies.Blow, 404, "unknown-grid"),
        ["what is no grid's code"] = new("grids/%E6%B0%B4/whistles", Bodies.Blow, 404, "unknown-grid"),
        ["an unknown matter"] = new("", Without("burst-main", "nothing"), 404, "unknown-matter"),
        ["what is no matter's code"] = new("", Without("burst-main", "a b"), 422, "invalid-fields", "/matter", "not-a-code"),
        ["no matter"] = new("", Without("\"matter\":\"burst-main\",", ""), 422, "invalid-fields", "/matter", "missing"),
        ["nothing at all"] = new("", "{}", 422, "invalid-fields", "/description", "missing"),
        ["a null"] = new("", Without("\"burst-main\"", "null"), 422, "invalid-fields", "/matter", "missing"),
        ["a wrong occasion"] = new("", Without("\"occasion\":\"emergency\"", "\"occasion\":\"Emergency\""), 422, "invalid-fields", "/occasion", "unknown-value"),
        ["a wrong level"] = new("", Without("\"level\":\"emergency\"", "\"level\":\"urgent\""), 422, "invalid-fields", "/level", "unknown-value"),
        ["a wrong chain"] = new("", Without("\"chain\":\"service\"", "\"chain\":\"\""), 422, "invalid-fields", "/chain", "unknown-value"),
        ["a place in the sea"] = new("", Without("120.005", "123.5"), 422, "place-outside-grid"),
        ["a place in the next grid"] = new("", Without("120.005", "120.0101"), 422, "place-outside-grid"),
        ["a place without a datum"] = new("", Without(",\"datum\":\"wgs84\"", ""), 422, "invalid-fields", "/place/datum", "missing"),
        ["a wrong datum"] = new("", Without("wgs84", "bd09"), 422, "invalid-fields", "/place/datum", "unknown-value"),
        ["a place off the globe"] = new("", Without("120.005", "181"), 422, "invalid-fields", "/place/lon", "out-of-range"),
        ["latitude and longitude swapped"] = new("", Without("\"lon\":120.005,\"lat\":30.005", "\"lon\":30.005,\"lat\":120.005"), 422, "invalid-fields", "/place/lat", "out-of-range"),
        ["a place without latitude"] = new("", Without(",\"lat\":30.005", ""), 422, "invalid-fields", "/place/lat", "missing"),
        ["an empty description"] = new("", Without("主街水管爆裂", " \\t "), 422, "invalid-fields", "/description", "text-empty"),
        ["a description of 10,000 characters"] = new("", Without("主街水管爆裂", new string('水', 10_000)), 422, "invalid-fields", "/description", "text-too-long"),
        ["a NUL in the description"] = new("", Without("主街", "\\u0000"), 422, "invalid-fields", "/description", "text-with-control-characters"),
        ["a direction override"] = new("", Without("主街", "abc\u202Etxt"), 422, "invalid-fields", "/description", "text-with-control-characters"),
        ["a direction isolate"] = new("", Without("主街", "\\u2066x"), 422, "invalid-fields", "/description", "text-with-control-characters"),
        ["an escape code for terminals"] = new("", Without("主街", "\\u001b[31m"), 422, "invalid-fields", "/description", "text-with-control-characters"),
        ["an unknown department"] = new("", Summon(("nobody", "lead")), 404, "unknown-department"),
        ["a department of another district"] = new("", Summon(("waterworks", "lead"), ("990102-roads", "cooperating")), 422, "department-of-another-district"),
        ["a department twice"] = new("", Summon(("waterworks", "lead"), ("waterworks", "cooperating")), 422, "department-twice"),
        ["no lead"] = new("", Summon(("waterworks", "cooperating")), 422, "exactly-one-lead"),
        ["two leads"] = new("", Summon(("waterworks", "lead"), ("990101-roads", "lead")), 422, "exactly-one-lead"),
        ["nobody summoned"] = new("", Summon(), 422, "invalid-fields", "/summon", "empty"),
        ["a wrong role"] = new("", Summon(("waterworks", "boss")), 422, "invalid-fields", "/summon/0/role", "unknown-value"),
        ["more departments than there can be"] = new("", Summon([.. Enumerable.Range(0, 51).Select(n => ($"d{n}", "cooperating"))]), 422, "too-many-departments"),
        ["a changed proposal without a reason"] = new("", Summon(("waterworks", "lead")), 422, "reason-for-change-missing"),
        ["a reason without a change"] = new("", Without("\"chain\"", "\"changedProposal\":\"理由\",\"chain\""), 422, "reason-without-change"),
        ["malformed JSON"] = new("", "{\"matter\":", 400, "malformed-json"),
        ["not an object"] = new("", "[]", 400, "malformed-json"),
        ["only null"] = new("", "null", 400, "malformed-json"),
        ["text after the end"] = new("", Bodies.Blow + "x", 400, "malformed-json"),
        ["a comment"] = new("", "/* */" + Bodies.Blow, 400, "malformed-json"),
        ["a trailing comma"] = new("", Without("\"chain\":\"service\"", "\"chain\":\"service\",,"), 400, "malformed-json"),
        ["an unknown field"] = new("", Without("\"chain\"", "\"colour\""), 400, "malformed-json"),
        ["a field in another case"] = new("", Without("\"matter\"", "\"Matter\""), 400, "malformed-json"),
        ["a field twice"] = new("", Without("\"chain\":\"service\"", "\"chain\":\"service\",\"chain\":\"management\""), 400, "malformed-json"),
        ["a number for a text"] = new("", Without("\"burst-main\"", "7"), 400, "malformed-json", "/matter", "unexpected"),
        ["a text for a number"] = new("", Without("120.005", "\"120.005\""), 400, "malformed-json", "/place/lon", "unexpected"),
        ["an object for a list"] = new("", Without("\"chain\"", "\"summon\":{},\"chain\""), 400, "malformed-json", "/summon", "unexpected"),
        ["not a number"] = new("", Without("120.005", "NaN"), 400, "malformed-json"),
        ["a number beyond all bounds"] = new("", Without("120.005", "1e999"), 422, "invalid-fields", "/place/lon", "out-of-range"),
        ["half a character"] = new("", Without("主街", "\\ud83d"), 400, "malformed-json"),
        ["nesting without end"] = new("", string.Concat(Enumerable.Repeat("[", 10_000)), 400, "malformed-json"),
    };

    private static Dictionary<string, Bad> BadCommands { get; } = new()
    {
        ["a whistle that never was"] = new("whistles/99010100100101-999999/close", "{}", 404, "unknown-whistle"),
        ["a whistle of an unknown grid"] = new("whistles/abc-1/close", "{}", 404, "unknown-whistle"),
        ["what is no whistle's id"] = new("whistles/99010100100101/close", "{}", 404, "unknown-whistle"),
        ["an id with a leading zero"] = new("whistles/99010100100101-01/close", "{}", 404, "unknown-whistle"),
        ["a command that there is not"] = new("{whistle}/explode", "{}", 404, "unknown-path"),
        ["closing while summonses are open"] = new("{whistle}/close", "{}", 409, "summonses-unsettled"),
        ["accepting what was not reported"] = new("{whistle}/accept", """{"department":"waterworks"}""", 409, "no-outcome"),
        ["accepting nobody's outcome"] = new("{whistle}/accept", "{}", 422, "invalid-fields", "/department", "missing"),
        ["accepting for a department that was not summoned"] = new("{whistle}/accept", """{"department":"990102-roads"}""", 409, "department-not-summoned"),
        ["a veto without a reason"] = new("{whistle}/veto", """{"department":"waterworks"}""", 422, "invalid-fields", "/reason", "missing"),
        ["releasing the lead"] = new("{whistle}/release", """{"department":"waterworks","reason":"x"}""", 409, "lead-stays"),
        ["releasing without a reason"] = new("{whistle}/release", """{"department":"990101-roads"}""", 422, "reason-for-release-missing"),
        ["releasing who was only told"] = new("{whistle}/release", """{"department":"command","reason":"x"}""", 409, "nothing-to-release"),
        ["withdrawing without a reason"] = new("{whistle}/withdraw", "{}", 422, "invalid-fields", "/reason", "missing"),
        ["a closing note of 10,000 characters"] = new("{whistle}/close", $$"""{"note":"{{new string('x', 10_000)}}"}""", 422, "invalid-fields", "/note", "text-too-long"),
        ["a second signature"] = Water("sign", "{}", 409, "already-signed"),
        ["a body where none is expected"] = Water("sign", """{"crew":"waterworks-1"}""", 400, "malformed-json"),
        ["an unknown crew"] = Water("depart", """{"crew":"waterworks-99"}""", 404, "unknown-crew"),
        ["another department's crew"] = Water("depart", """{"crew":"990101-roads-1"}""", 404, "unknown-crew"),
        ["an arrival in the past"] = Water("depart", """{"arrivesAt":"2020-01-01T00:00:00+08:00"}""", 422, "arrival-in-the-past"),
        ["a time without an offset"] = Water("depart", """{"arrivesAt":"2030-01-01T00:00:00"}""", 400, "malformed-json", "/arrivesAt", "unexpected"),
        ["a day for a time"] = Water("depart", """{"arrivesAt":"2030-01-01"}""", 400, "malformed-json", "/arrivesAt", "unexpected"),
        ["a time that does not exist"] = Water("depart", """{"arrivesAt":"2030-02-30T00:00:00+08:00"}""", 400, "malformed-json", "/arrivesAt", "unexpected"),
        ["a number for a time"] = Water("depart", """{"arrivesAt":1893456000}""", 400, "malformed-json", "/arrivesAt", "unexpected"),
        ["a check-in with nothing to prove it"] = Water("check-in", "{}", 422, "position-or-witness-missing"),
        ["a check-in outside the grid"] = Water("check-in", Position("120.02", "30.005"), 409, "outside-grid"),
        ["a check-in in the sea"] = Water("check-in", Position("123.5", "30"), 409, "outside-grid"),
        ["a check-in whose accuracy swallows the city"] = Water("check-in", Position("120.02", "30.005", accuracy: "900000"), 409, "outside-grid"),
        ["a negative accuracy"] = Water("check-in", Position("120.005", "30.005", accuracy: "-1"), 422, "invalid-fields", "/position/accuracyMetres", "out-of-range"),
        ["a position without a datum"] = Water("check-in", Position("120.005", "30.005").Replace("\"datum\":\"wgs84\",", "", StringComparison.Ordinal), 422, "invalid-fields", "/position/datum", "missing"),
        ["a position without a time"] = Water("check-in", """{"position":{"lon":120.005,"lat":30.005,"datum":"wgs84"}}""", 422, "invalid-fields", "/position/measuredAt", "missing"),
        ["a position of yesterday"] = Water("check-in", Position("120.005", "30.005", "{yesterday}"), 409, "position-too-old"),
        ["a position from the future"] = Water("check-in", Position("120.005", "30.005", "{tomorrow}"), 409, "position-from-the-future"),
        ["a witness of one's own"] = Water("check-in", """{"witness":{"name":"王","organisation":"waterworks"}}""", 422, "witness-of-own-department"),
        ["a witness from nowhere"] = Water("check-in", """{"witness":{"name":"王","organisation":"nowhere"}}""", 404, "unknown-witness-organisation"),
        ["a witness without a name"] = Water("check-in", """{"witness":{"organisation":"990101001"}}""", 422, "invalid-fields", "/witness/name", "missing"),
        ["nobody came"] = Water("check-in", Position("120.005", "30.005").Replace("}}", "},\"headcount\":0}", StringComparison.Ordinal), 422, "invalid-fields", "/headcount", "out-of-range"),
        ["half a person came"] = Water("check-in", Position("120.005", "30.005").Replace("}}", "},\"headcount\":1.5}", StringComparison.Ordinal), 400, "malformed-json", "/headcount", "unexpected"),
        ["an outcome before the check-in"] = Water("outcome", Bodies.Resolved, 409, "not-checked-in"),
        ["an outcome without a kind"] = Water("outcome", """{"note":"x"}""", 422, "invalid-fields", "/kind", "missing"),
        ["a wrong kind of outcome"] = Water("outcome", """{"kind":"done","note":"x"}""", 422, "invalid-fields", "/kind", "unknown-value"),
        ["an outcome without a note"] = Water("outcome", """{"kind":"resolved"}""", 422, "invalid-fields", "/note", "missing"),
        ["a department that was not summoned signs"] = new("{whistle}/summonses/990102-roads/sign", "{}", 409, "department-not-summoned", As: ("east", "990102-roads", "dispatcher")),
        ["signing for a department that there is not"] = new("{whistle}/summonses/nobody/sign", "{}", 403, "not-your-department", As: ("water", "waterworks", "dispatcher")),
        ["signing for what is no department"] = new("{whistle}/summonses/%20/sign", "{}", 404, "unknown-department", As: ("water", "waterworks", "dispatcher")),
        ["who was only told sets out"] = new("{whistle}/summonses/command/depart", "{}", 409, "notified-only", As: ("centre", "command", "dispatcher")),
        ["an empty key"] = new("{whistle}/close", "{}", 400, "invalid-idempotency-key", Key: " "),
        ["a key with a space"] = new("{whistle}/close", "{}", 400, "invalid-idempotency-key", Key: "a b"),
        ["a key without end"] = new("{whistle}/close", "{}", 400, "invalid-idempotency-key", Key: new string('k', 129)),
        ["a condition that names no version"] = new("{whistle}/close", "{}", 400, "invalid-if-match", IfMatch: "\"abc\""),
        ["a weak condition"] = new("{whistle}/close", "{}", 400, "invalid-if-match", IfMatch: "W/\"2\""),
        ["several conditions"] = new("{whistle}/close", "{}", 400, "invalid-if-match", IfMatch: "\"1\", \"2\""),
    };

    [Theory]
    [MemberData(nameof(BlowNames))]
    public async Task A_blow_is_refused_for(string wrong)
    {
        var bad = BadBlows[wrong];
        var street = await Server.StreetAsync();
        var before = (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Text;

        var answer = await street.PostAsync(bad.Path.Length > 0 ? bad.Path : $"grids/{ExampleCity.Belfry}/whistles", bad.Body, key: "bad-blow");

        Check(answer, bad);
        (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Text.ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task A_command_is_refused_for(string wrong)
    {
        var bad = BadCommands[wrong];
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await SignedAsync();
        var before = await SeenAsync(street, whistle);

        var who = bad.As is { } other ? await Server.AsAsync(other.Person, other.Organisation, other.Role) : Stops.Any(stop => bad.Path.EndsWith(stop, StringComparison.Ordinal)) ? water : street;
        var answer = await who.PostAsync(
            bad.Path.Replace("{whistle}", whistle, StringComparison.Ordinal),
            bad.Body
                .Replace("{now}", Time(Server.Now), StringComparison.Ordinal)
                .Replace("{yesterday}", Time(Server.Now.AddDays(-1)), StringComparison.Ordinal)
                .Replace("{tomorrow}", Time(Server.Now.AddDays(1)), StringComparison.Ordinal),
            bad.Key,
            bad.IfMatch);

        Check(answer, bad);
        (await SeenAsync(street, whistle)).ShouldBe(before);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_second_check_in_and_a_second_outcome_are_refused()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await SignedAsync();
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldBeRefused(409, "already-checked-in");
        (await water.PostAsync($"{whistle}/summonses/waterworks/depart")).ShouldBeRefused(409, "already-checked-in");

        (string Body, string Code)[] outcomes =
        [
            (Bodies.Resolved.Replace("resolved", "ledgered", StringComparison.Ordinal), "ledger-mismatch"),
            (Bodies.Ledgered(Server.Now).Replace("ledgered", "resolved", StringComparison.Ordinal), "ledger-mismatch"),
            (Bodies.Ledgered(Server.Now.AddDays(-20)), "ledger-date-past"),
            (Bodies.Ledgered(Server.Now).Replace(Bodies.Day(Server.Now, 5), Bodies.Day(Server.Now, 21), StringComparison.Ordinal), "milestones-out-of-order"),
        ];
        foreach (var (body, code) in outcomes)
            (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", body)).ShouldBeRefused(422, code);
        var step = $$"""{"on":"{{Bodies.Day(Server.Now, 5)}}","text":"x"}""";
        (await water.PostAsync(
            $"{whistle}/summonses/waterworks/outcome",
            $$$"""{"kind":"ledgered","note":"x","ledger":{"reason":"x","dueOn":"{{{Bodies.Day(Server.Now, 6)}}}","responsible":"x","milestones":[{{{string.Join(',', Enumerable.Repeat(step, 51))}}}]}}"""))
            .ShouldBeRefused(422, "invalid-fields").ShouldName("/ledger/milestones", "too-many");

        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldBeRefused(409, "outcome-already-reported");
        (await street.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/veto", """{"department":"waterworks","reason":"x"}""")).ShouldBeRefused(409, "summons-settled");
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        var before = await SeenAsync(street, whistle);
        foreach (var command in (string[])["close", "accept", "veto", "release", "withdraw"])
            (await street.PostAsync($"{whistle}/{command}", command == "close" ? "{}" : command == "withdraw" ? """{"reason":"x"}""" : command == "accept" ? """{"department":"waterworks"}""" : """{"department":"waterworks","reason":"x"}""")).ShouldBeRefused(409, "whistle-not-open");
        foreach (var command in (string[])["sign", "depart"])
            (await water.PostAsync($"{whistle}/summonses/waterworks/{command}")).ShouldBeRefused(409, "whistle-not-open");
        (await SeenAsync(street, whistle)).ShouldBe(before);
    }

    [Theory]
    [InlineData("💧🚒 家庭👨‍👩‍👧‍👦 🇨🇳")]
    [InlineData("انفجار أنبوب المياه في الشارع الرئيسي")]
    [InlineData("שלום עולם")]
    [InlineData("𠮷野家的井盖 e\u0301")]
    [InlineData("第一行\n第二行\t列")]
    [InlineData("<script>alert(1)</script> '; DROP TABLE journal; -- ${jndi:ldap://x} {{7*7}}")]
    public async Task A_text_in_any_script_comes_back_as_it_was_given(string text)
    {
        var street = await Server.StreetAsync();
        var body = JsonSerializer.Serialize(new { matter = "burst-main", occasion = "emergency", level = "emergency", description = text });

        var blown = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", body)).ShouldSucceed(201);

        blown.Json.GetProperty("description").GetString().ShouldBe(text);
        (await street.GetAsync($"whistles/{blown.Id}/trace")).Json.GetProperty("events")[0].GetProperty("event").GetProperty("description").GetString().ShouldBe(text);
        (await street.PostAsync($"whistles/{blown.Id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_form_is_said_at_once()
    {
        var street = await Server.StreetAsync();

        var answer = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", """{"matter":"a b","occasion":"x","place":{"lon":500}}""")).ShouldBeRefused(422, "invalid-fields");

        answer.ShouldName("/matter", "not-a-code").ShouldName("/occasion", "unknown-value").ShouldName("/level", "missing").ShouldName("/description", "missing")
            .ShouldName("/place/lon", "out-of-range").ShouldName("/place/lat", "missing").ShouldName("/place/datum", "missing");
        answer.Json.GetProperty("errors").EnumerateArray().Single(error => error.GetProperty("pointer").GetString() == "/occasion")
            .GetProperty("allowed").EnumerateArray().Select(value => value.GetString()).ShouldBe(["public-demand", "key-work", "joint-enforcement", "emergency"]);
    }

    [Fact]
    public async Task A_check_in_by_a_Chinese_phone_counts_when_it_names_its_datum()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await SignedAsync();
        var checkIn = Bodies.CheckIn(Server.Now).Replace("wgs84", "gcj02", StringComparison.Ordinal);

        var answer = (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", checkIn)).ShouldSucceed();

        // The offset is some hundred metres here, and the place is shown in WGS-84.
        Math.Abs(answer.Summons("waterworks").GetProperty("checkedIn").GetProperty("place").GetProperty("lon").GetDouble() - 120.005).ShouldBeInRange(0.001, 0.01);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    private static void Check(Answer answer, Bad bad)
    {
        answer.ShouldBeRefused(bad.Status, bad.Code);
        if (bad.Pointer is { } pointer)
            answer.ShouldName(pointer, bad.FieldCode!);
    }

    private static async Task<(string Whistle, string Trace)> SeenAsync(Person who, string whistle) =>
        ((await who.GetAsync(whistle)).ShouldSucceed().Text, (await who.GetAsync($"{whistle}/trace")).ShouldSucceed().Text);

    private async Task<string> SignedAsync()
    {
        var blown = (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        (await (await Server.WaterworksAsync()).PostAsync($"whistles/{blown.Id}/summonses/waterworks/sign")).ShouldSucceed();
        return $"whistles/{blown.Id}";
    }

    private static string Without(string part, string instead)
    {
        Bodies.Blow.ShouldContain(part);
        return Bodies.Blow.Replace(part, instead, StringComparison.Ordinal);
    }

    private static string Summon(params (string Department, string Role)[] summon) =>
        Without("\"chain\"", $"\"summon\":{JsonSerializer.Serialize(summon.Select(entry => new { department = entry.Department, role = entry.Role }))},\"chain\"");

    private static string Position(string lon, string lat, string at = "{now}", string accuracy = "5") =>
        $$$"""{"position":{"lon":{{{lon}}},"lat":{{{lat}}},"datum":"wgs84","accuracyMetres":{{{accuracy}}},"measuredAt":"{{{at}}}"}}""";

    private static Bad Water(string command, string body, int status, string code, string? pointer = null, string? fieldCode = null) =>
        new($"{{whistle}}/summonses/waterworks/{command}", body, status, code, pointer, fieldCode);

    private static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private sealed record Bad(
        string Path,
        string Body,
        int Status,
        string Code,
        string? Pointer = null,
        string? FieldCode = null,
        (string Person, string Organisation, string Role)? As = null,
        string? Key = null,
        string? IfMatch = null);
}
