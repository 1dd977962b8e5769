using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>The clocks and the ledger over HTTP, on a clock that the tests move: each test has a server of its own.</summary>
public sealed class ClockLifeTests : IAsyncLifetime
{
    private const string Campaign =
        """{"matter":"burst-main","occasion":"key-work","level":"campaign","chain":"service","description":"管线改造"}""";

    private TestServer server = null!;
    private Person street = null!;
    private Person water = null!;
    private Person roads = null!;
    private Person centre = null!;
    private int shift;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(fakeClock: true);
        await SignInAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_department_speaks_to_the_initiator_acts_on_the_spot_and_files_its_report_and_its_clocks_say_so()
    {
        var id = await BlowAsync(Campaign);
        Running(await street.GetAsync($"whistles/{id}"), "waterworks").ShouldBe(["sign", "contact", "check-in", "measures", "disposal", "report"]);

        Running((await water.PostAsync(Summons(id, "contact"), """{"note":"已电话联系"}""")).ShouldSucceed(), "waterworks").ShouldBe(["check-in", "measures", "disposal", "report"]);
        (await water.PostAsync(Summons(id, "contact"))).ShouldBeRefused(409, "already-contacted");
        (await water.PostAsync(Summons(id, "measures"), """{"text":"设置围挡"}""")).ShouldBeRefused(409, "not-checked-in");
        await CheckInAsync(id);
        var measured = (await water.PostAsync(Summons(id, "measures"), """{"text":"设置围挡","document":"京水责改〔2026〕1号"}""")).ShouldSucceed();
        Clocks(measured).GetProperty("measures")[0].GetProperty("document").GetString().ShouldBe("京水责改〔2026〕1号");
        Running((await water.PostAsync(Summons(id, "report"), """{"text":"书面报告"}""")).ShouldSucceed(), "waterworks").ShouldBe(["disposal"]);
        (await water.PostAsync(Summons(id, "report"), """{"text":"再报"}""")).ShouldBeRefused(409, "report-already-filed");
    }

    [Fact]
    public async Task The_closing_waits_for_the_written_report_where_the_city_limits_it()
    {
        var id = await BlowAsync(Campaign);
        await CheckInAsync(id);
        (await water.PostAsync(Summons(id, "outcome"), Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/release", """{"department":"990101-roads","reason":"不需要"}""")).ShouldSucceed();

        (await street.PostAsync($"whistles/{id}/close")).ShouldBeRefused(409, "reports-missing");
        (await water.PostAsync(Summons(id, "report"), """{"text":"书面报告"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/close")).ShouldSucceed();
    }

    [Fact]
    public async Task Notice_is_given_by_itself_yellow_then_red_and_every_breached_clock_is_named()
    {
        var id = await BlowAsync(Campaign);

        // Contact within 24 hours: 12 are half, 19.2 are four fifths.
        server.Clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromMilliseconds(1));
        await SignInAsync();
        await Eventually.TrueAsync(async () => await PassedAsync(id, "contact") == 50);
        server.Clock.Advance(TimeSpan.FromHours(7.3));
        await SignInAsync();
        await Eventually.TrueAsync(async () => await PassedAsync(id, "contact") == 80);
        server.Clock.Advance(TimeSpan.FromHours(5));
        await SignInAsync();
        await Eventually.TrueAsync(async () => await PassedAsync(id, "contact") == 100);

        var summons = (await street.GetAsync($"whistles/{id}")).Summons("waterworks");
        summons.GetProperty("overdue").GetString().ShouldBe("check-in");
        summons.GetProperty("clocks").GetProperty("overdue").EnumerateArray().Select(clock => clock.GetString()).ShouldBe(["sign", "contact", "check-in"]);
        (await ManifestsAsync(id)).ShouldContain("deadline-near.1");
    }

    [Fact]
    public async Task An_extension_is_asked_for_and_moves_the_clock_once_it_is_approved()
    {
        var id = await BlowAsync(Campaign);
        var until = server.Now.AddDays(30);
        var body = $$"""{"clock":"disposal","until":"{{until:O}}","reason":"待料"}""";
        (await roads.PostAsync(Summons(id, "extension"), body)).ShouldBeRefused(403, "not-your-department");
        (await water.PostAsync(Summons(id, "extension"), body)).ShouldSucceed();
        (await water.PostAsync(Summons(id, "extension/approve"))).ShouldBeRefused(403, "not-your-whistle");
        (await street.PostAsync(Summons(id, "extension/refuse"), """{"reason":"理由不足"}""")).ShouldSucceed();
        Due(await street.GetAsync($"whistles/{id}"), "disposal").ShouldBeLessThan(until);

        (await water.PostAsync(Summons(id, "extension"), body)).ShouldSucceed();
        var approved = (await centre.PostAsync(Summons(id, "extension/approve"))).ShouldSucceed();

        Due(approved, "disposal").ShouldBe(until);
        Clocks(approved).GetProperty("extensions").EnumerateArray().Select(asked => asked.GetProperty("decision").GetProperty("approved").GetBoolean()).ShouldBe([false, true]);
        (await street.PostAsync(Summons(id, "extension/approve"))).ShouldBeRefused(409, "no-extension-requested");
    }

    [Fact]
    public async Task A_suspension_stops_the_clocks_is_shown_and_ends_by_itself_even_over_a_restart()
    {
        var id = await BlowAsync(Campaign);
        var today = Bodies.Day(server.Now, 0);
        (await water.PostAsync(Summons(id, "suspension"), $$"""{"until":"{{today}}","reason":"汛期停工"}""")).ShouldSucceed();
        (await street.PostAsync(Summons(id, "suspension/refuse"), """{"reason":"不得停工"}""")).ShouldSucceed();
        (await water.PostAsync(Summons(id, "suspension"), $$"""{"until":"{{today}}","reason":"汛期停工"}""")).ShouldSucceed();
        var suspended = (await street.PostAsync(Summons(id, "suspension/approve"))).ShouldSucceed();
        Clocks(suspended).GetProperty("suspendedUntil").GetString().ShouldBe(today);

        server.Clock.Advance(TimeSpan.FromHours(10));
        (await street.GetAsync($"whistles/{id}")).Summons("waterworks").TryGetProperty("overdue", out _).ShouldBeFalse();
        await server.RestartAsync();
        await SignInAsync();
        server.Clock.Advance(TimeSpan.FromHours(5));
        await Eventually.TrueAsync(async () => !Clocks(await street.GetAsync($"whistles/{id}")).TryGetProperty("suspendedUntil", out _));

        (await street.PostAsync(Summons(id, "suspension/end"))).ShouldBeRefused(409, "not-suspended");
        (await ManifestsAsync(id)).ShouldContain("suspension-ended.1");
    }

    [Fact]
    public async Task A_suspension_is_ended_early_by_a_command()
    {
        var id = await BlowAsync(Campaign);
        var before = Due(await street.GetAsync($"whistles/{id}"), "disposal");
        (await water.PostAsync(Summons(id, "suspension"), $$"""{"until":"{{Bodies.Day(server.Now, 20)}}","reason":"汛期停工"}""")).ShouldSucceed();
        Due((await street.PostAsync(Summons(id, "suspension/approve"))).ShouldSucceed(), "disposal").ShouldBeGreaterThan(before);

        Due((await water.PostAsync(Summons(id, "suspension/end"), """{"reason":"提前复工"}""")).ShouldSucceed(), "disposal").ShouldBe(before);
    }

    [Fact]
    public async Task A_ledger_entry_goes_its_way_on_a_closed_whistle_until_it_is_confirmed()
    {
        var id = await CloseWithLedgerAsync();
        (await water.PostAsync(Summons(id, "ledger/milestone"), """{"milestone":1,"note":"许可已办"}""")).ShouldSucceed();
        (await water.PostAsync(Summons(id, "ledger/milestone"), """{"milestone":3,"note":"x"}""")).ShouldBeRefused(422, "unknown-milestone");
        (await water.PostAsync(Summons(id, "ledger/complete"), """{"note":"完工"}""")).ShouldSucceed();
        (await street.PostAsync(Summons(id, "ledger/refuse"), """{"reason":"仍在渗水"}""")).ShouldSucceed();
        (await water.PostAsync(Summons(id, "ledger/complete"), """{"note":"完工"}""")).ShouldSucceed();
        (await centre.PostAsync(Summons(id, "ledger/confirm"))).ShouldBeRefused(403, "not-your-whistle");

        (await LedgeredAsync(water)).ShouldContain(id);
        var confirmed = (await street.PostAsync(Summons(id, "ledger/confirm"))).ShouldSucceed();
        await Eventually.TrueAsync(async () => !(await LedgeredAsync(water)).Contains(id));

        confirmed.Json.GetProperty("stage").GetString().ShouldBe("closed");
        confirmed.Summons("waterworks").GetProperty("ledger").GetProperty("endedAt").GetDateTimeOffset().ShouldBe(server.Now);
        (await ManifestsAsync(id))[^1].ShouldBe("ledger-confirmed.1", "the trace tells what came after the closing");
        (await water.PostAsync(Summons(id, "ledger/complete"), """{"note":"完工"}""")).ShouldBeRefused(409, "whistle-not-open");
    }

    // Closed whistles are on no screen; what is owed for them is asked for.
    private static async Task<string> LedgeredAsync(Person who) => (await who.GetAsync("whistles?ledgers=true")).ShouldSucceed().Text;

    [Fact]
    public async Task A_ledger_entry_that_is_not_done_opens_its_closed_whistle_again_even_over_a_restart()
    {
        var id = await CloseWithLedgerAsync();
        await server.RestartAsync();
        await SignInAsync();
        (await ListAsync()).ShouldBeEmpty();

        server.Clock.Advance(TimeSpan.FromDays(22));
        await SignInAsync();

        await Eventually.TrueAsync(async () => (await ListAsync()).Contains(id));
        var back = await street.GetAsync($"whistles/{id}");
        back.Json.GetProperty("stage").GetString().ShouldBe("open");
        back.Summons("waterworks").GetProperty("state").GetString().ShouldBe("returned");
        await Eventually.TrueAsync(async () => (await water.GetAsync("departments/waterworks/load")).Json is var load
            && load.GetProperty("open").GetInt32() == 1 && load.GetProperty("overdue").GetInt32() == 1);
        (await ManifestsAsync(id)).ShouldContain("ledger-reminded.1");
        (await street.PostAsync($"whistles/{id}/close")).ShouldBeRefused(409, "summonses-unsettled");

        var until = Bodies.Day(server.Now, 30);
        (await water.PostAsync(Summons(id, "ledger/extension"), $$"""{"until":"{{until}}","reason":"材料未到"}""")).ShouldSucceed();
        (await street.PostAsync(Summons(id, "ledger/extension/refuse"), """{"reason":"不得再延"}""")).ShouldSucceed();
        (await water.PostAsync(Summons(id, "ledger/extension"), $$"""{"until":"{{until}}","reason":"材料未到"}""")).ShouldSucceed();
        (await centre.PostAsync(Summons(id, "ledger/extension/approve"))).ShouldSucceed()
            .Summons("waterworks").GetProperty("ledger").GetProperty("dueOn").GetString().ShouldBe(until);
        (await street.PostAsync($"whistles/{id}/close")).ShouldSucceed();
    }

    [Theory]
    [InlineData("contact", """{"note":" "}""", "/note", "text-empty")]
    [InlineData("measures", "{}", "/text", "missing")]
    [InlineData("measures", """{"text":"x","document":"\u0000"}""", "/document", "text-with-control-characters")]
    [InlineData("report", "{}", "/text", "missing")]
    [InlineData("extension", """{"until":"2026-04-01T10:00:00+08:00","reason":"x"}""", "/clock", "missing")]
    [InlineData("extension", """{"clock":"lunch","until":"2026-04-01T10:00:00+08:00","reason":"x"}""", "/clock", "unknown-value")]
    [InlineData("extension", """{"clock":"sign","reason":"x"}""", "/until", "missing")]
    [InlineData("extension", """{"clock":"sign","until":"2026-04-01T10:00:00+08:00"}""", "/reason", "missing")]
    [InlineData("extension/refuse", "{}", "/reason", "missing")]
    [InlineData("suspension", """{"reason":"x"}""", "/until", "missing")]
    [InlineData("suspension", """{"until":"2026-04-01"}""", "/reason", "missing")]
    [InlineData("suspension/refuse", """{"reason":""}""", "/reason", "text-empty")]
    [InlineData("suspension/end", """{"reason":"\u202e"}""", "/reason", "text-with-control-characters")]
    [InlineData("ledger/milestone", """{"note":"x"}""", "/milestone", "missing")]
    [InlineData("ledger/milestone", """{"milestone":1}""", "/note", "missing")]
    [InlineData("ledger/complete", "{}", "/note", "missing")]
    [InlineData("ledger/refuse", "{}", "/reason", "missing")]
    [InlineData("ledger/extension", """{"reason":"x"}""", "/until", "missing")]
    [InlineData("ledger/extension/refuse", "{}", "/reason", "missing")]
    public async Task A_field_that_is_missing_or_wrong_is_named_and_nothing_changes(string command, string body, string pointer, string code)
    {
        var id = await BlowAsync(Campaign);
        (await water.PostAsync(Summons(id, command), body)).ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);
        (await street.GetAsync($"whistles/{id}")).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("extension", """{"clock":"sign","until":"9999-12-31T10:00:00+08:00","reason":"x"}""", 422, "date-too-far")]
    [InlineData("extension", """{"clock":"sign","until":"2026-03-10T10:00:00+08:00","reason":"x"}""", 422, "extension-not-later")]
    [InlineData("suspension", """{"until":"9999-12-31","reason":"x"}""", 422, "date-too-far")]
    [InlineData("suspension", """{"until":"0001-01-01","reason":"x"}""", 422, "suspension-date-past")]
    [InlineData("extension", """{"clock":1}""", 400, "malformed-json")]
    [InlineData("suspension", """{"until":"2026-13-01","reason":"x"}""", 400, "malformed-json")]
    [InlineData("ledger/milestone", """{"milestone":2147483648,"note":"x"}""", 400, "malformed-json")]
    [InlineData("ledger/milestone", """{"milestone":-1,"note":"x"}""", 409, "no-ledger-entry")]
    [InlineData("ledger/extension", """{"until":"9999-12-31","reason":"x"}""", 409, "no-ledger-entry")]
    public async Task A_value_that_makes_no_sense_is_refused_and_nothing_changes(string command, string body, int status, string code)
    {
        var id = await BlowAsync(Campaign);
        (await water.PostAsync(Summons(id, command), body)).ShouldBeRefused(status, code);
        (await street.GetAsync($"whistles/{id}")).Version.ShouldBe(1);
    }

    // A sign-in lasts a working day: after the clock was moved the next shift takes over.
    private async Task SignInAsync()
    {
        shift++;
        street = await server.AsAsync($"street-{shift}", ExampleCity.OldTown.Text, "subdistrict-officer");
        water = await server.AsAsync($"water-{shift}", "waterworks", "dispatcher");
        roads = await server.AsAsync($"roads-{shift}", "990101-roads", "dispatcher");
        centre = await server.AsAsync($"centre-{shift}", ExampleCity.West.Text, "commander");
    }

    private async Task<string> BlowAsync(string body) => (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", body)).ShouldSucceed(201).Id;

    private async Task CheckInAsync(string id) => (await water.PostAsync(Summons(id, "check-in"), Bodies.CheckIn(server.Now))).ShouldSucceed();

    private async Task<string> CloseWithLedgerAsync()
    {
        var id = await BlowAsync(Bodies.Blow);
        await CheckInAsync(id);
        (await water.PostAsync(Summons(id, "outcome"), Bodies.Ledgered(server.Now))).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/release", """{"department":"990101-roads","reason":"不需要"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/close")).ShouldSucceed();
        return id;
    }

    private async Task<List<string?>> ListAsync() =>
        [.. (await street.GetAsync("whistles")).ShouldSucceed().Json.GetProperty("whistles").EnumerateArray().Select(whistle => whistle.GetProperty("id").GetString())];

    private async Task<List<string?>> ManifestsAsync(string id) =>
        [.. (await street.GetAsync($"whistles/{id}/trace")).ShouldSucceed().Json.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("manifest").GetString())];

    private async Task<int?> PassedAsync(string id, string clock) =>
        Clock(await street.GetAsync($"whistles/{id}"), clock).TryGetProperty("passed", out var passed) ? passed.GetInt32() : null;

    private static DateTimeOffset Due(Answer answer, string clock) => Clock(answer, clock).GetProperty("due").GetDateTimeOffset();

    private static JsonElement Clock(Answer answer, string clock) =>
        Clocks(answer).GetProperty("running").EnumerateArray().Single(running => running.GetProperty("clock").GetString() == clock);

    private static JsonElement Clocks(Answer answer) => answer.Summons("waterworks").GetProperty("clocks");

    private static List<string?> Running(Answer answer, string department) =>
        [.. answer.Summons(department).GetProperty("clocks").GetProperty("running").EnumerateArray().Select(running => running.GetProperty("clock").GetString())];

    private static string Summons(string id, string command) => $"whistles/{id}/summonses/waterworks/{command}";
}
