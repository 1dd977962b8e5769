using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>Second and third whistle, evidence, void and reopening over HTTP.</summary>
public sealed class RoundTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_second_whistle_summons_again_adds_a_department_and_changes_the_lead_and_the_district_confers()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlownAsync();
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();

        var again = (await street.PostAsync($"{whistle}/blow-again", """{"reason":"道路局未到场","lead":"990101-roads","add":[{"department":"command","role":"cooperating"}]}"""))
            .ShouldSucceed();

        again.Json.GetProperty("round").GetInt32().ShouldBe(2);
        again.Json.GetProperty("pastRounds")[0].GetProperty("reason").GetString().ShouldBe("道路局未到场");
        again.Summons("990101-roads").GetProperty("role").GetString().ShouldBe("lead");
        again.Summons("waterworks").GetProperty("state").GetString().ShouldBe("checked-in");
        again.Summons("command").GetProperty("signBy").GetDateTimeOffset().ShouldBeGreaterThan(Server.Now);
        (await street.PostAsync($"{whistle}/conference", """{"subject":"首次处置未见效","joint":true}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/conference/decision", """{"decision":"x","minutesComplete":true}""")).ShouldBeRefused(403, "not-the-chair");
        var chief = await Server.AsAsync("chief", "990101", "commander");
        (await chief.PostAsync($"{whistle}/conference/decision", """{"decision":"由道路局牵头","minutesComplete":true}""")).ShouldSucceed();
        (await chief.PostAsync($"{whistle}/void", """{"reason":"重复吹哨"}""")).ShouldSucceed().Json.GetProperty("stage").GetString().ShouldBe("voided");
        (await street.PostAsync($"{whistle}/blow-again", """{"reason":"x"}""")).ShouldBeRefused(409, "whistle-not-open").Json.GetProperty("detailZh").GetString()!.ShouldContain("作废");
        (await street.PostAsync($"{whistle}/reopen", """{"reason":"x","found":"x"}""")).ShouldBeRefused(409, "not-reopenable");
    }

    [Fact]
    public async Task Evidence_goes_with_the_result_and_rework_is_counted()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var whistle = await BlownAsync();
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        foreach (var (bad, pointer, code) in new[] { ("\"abc\"", "/evidence/0/sha256", "not-a-hash"), ("null", "/evidence/0/sha256", "missing") })
        {
            (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"x","evidence":[{"sha256":{{bad}}}]}"""))
                .ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);
        }

        var photo = await water.UploadAsync(Files.Jpeg("repaired"));
        var many = string.Join(',', Enumerable.Repeat($$"""{"sha256":"{{photo}}"}""", 21));
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"x","evidence":[{{many}}]}"""))
            .ShouldBeRefused(422, "invalid-fields").ShouldName("/evidence", "too-many");

        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"x","evidence":[{"sha256":"{{new string('0', 64)}}"}]}"""))
            .ShouldBeRefused(404, "unknown-attachment");

        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"x","evidence":[{"sha256":"{{photo}}","caption":"修复后"}]}"""))
            .ShouldSucceed().Summons("waterworks").GetProperty("outcome").GetProperty("evidence")[0].GetProperty("caption").GetString().ShouldBe("修复后");
        (await street.GetAsync($"{whistle}/attachments/{photo}")).Status.ShouldBe(200, "who judges sees what shows it");
        (await street.PostAsync($"{whistle}/veto", """{"department":"waterworks","reason":"仍在漏水"}""")).ShouldSucceed()
            .Summons("waterworks").GetProperty("rework").GetInt32().ShouldBe(1);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task A_closed_whistle_is_reopened_after_a_revisit_though_the_grid_has_put_it_away_and_its_trace_tells_both_lives()
    {
        var street = await Server.StreetAsync();
        var whistle = await BlownAsync();
        await Endings.FinishAsync(Server, whistle);
        (await street.PostAsync($"{whistle}/reopen", """{"reason":"x","found":"x"}""")).ShouldBeRefused(409, "whistle-still-open");
        var closed = (await street.PostAsync($"{whistle}/close")).ShouldSucceed();
        (await street.PostAsync($"{await BlownAsync()}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();

        var back = (await street.PostAsync($"{whistle}/reopen", """{"reason":"回访未解决","found":"夜间仍在漏水"}""", "reopen")).ShouldSucceed();

        back.Version.ShouldBe(closed.Version + 1);
        back.Json.GetProperty("stage").GetString().ShouldBe("open");
        back.Json.GetProperty("pastRounds")[0].GetProperty("found").GetString().ShouldBe("夜间仍在漏水");
        await Eventually.TrueAsync(async () => (await street.GetAsync("whistles?limit=200")).Text.Contains($"\"{back.Id}\"", StringComparison.Ordinal));
        await Endings.FinishAsync(Server, whistle);
        var end = (await street.PostAsync($"{whistle}/close")).ShouldSucceed();
        (await street.PostAsync($"{await BlownAsync()}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
        (await street.GetAsync(whistle)).ShouldSucceed().Text.ShouldBe(end.Text);
        var trace = (await street.GetAsync($"{whistle}/trace")).ShouldSucceed().Json.GetProperty("events").EnumerateArray().ToList();
        trace.Count.ShouldBe((int)end.Version);
        trace.Count(entry => entry.GetProperty("manifest").GetString() == "whistle-closed.1").ShouldBe(2);
        var repeated = (await street.PostAsync($"{whistle}/reopen", """{"reason":"回访未解决","found":"夜间仍在漏水"}""", "reopen")).ShouldSucceed();
        (repeated.Replayed, repeated.Text).ShouldBe((true, back.Text));
    }

    [Theory]
    [InlineData("blow-again", "{}", 422, "invalid-fields", "/reason", "missing")]
    [InlineData("blow-again", """{"reason":"x","add":[{"department":"waterworks"}]}""", 422, "invalid-fields", "/add/0/role", "missing")]
    [InlineData("blow-again", """{"reason":"x","add":[null]}""", 422, "invalid-fields", "/add/0/department", "missing")]
    [InlineData("blow-again", """{"reason":"x","add":[{"department":"waterworks","role":"cooperating"}]}""", 422, "department-twice", null, null)]
    [InlineData("blow-again", """{"reason":"x","add":[{"department":"nobody","role":"cooperating"}]}""", 404, "unknown-department", null, null)]
    [InlineData("blow-again", """{"reason":"x","lead":"990102-roads"}""", 409, "department-not-summoned", null, null)]
    [InlineData("blow-again", """{"reason":"x","lead":"a b"}""", 422, "invalid-fields", "/lead", "not-a-code")]
    [InlineData("void", "{}", 422, "invalid-fields", "/reason", "missing")]
    [InlineData("reopen", """{"reason":"x"}""", 422, "invalid-fields", "/found", "missing")]
    [InlineData("reopen", """{"reason":"x","found":"x"}""", 409, "whistle-still-open", null, null)]
    public async Task Bad_input_gets_its_refusal_and_changes_nothing(string command, string body, int status, string code, string? pointer, string? fieldCode)
    {
        var street = await Server.StreetAsync();
        var whistle = await BlownAsync();
        var before = (await street.GetAsync(whistle)).Text;

        var answer = (await street.PostAsync($"{whistle}/{command}", body)).ShouldBeRefused(status, code);

        if (pointer is not null)
            answer.ShouldName(pointer, fieldCode!);
        (await street.GetAsync(whistle)).Text.ShouldBe(before);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Departments_and_strangers_neither_blow_again_nor_void_nor_reopen()
    {
        var whistle = await BlownAsync();
        foreach (var who in new[] { await Server.WaterworksAsync(), await Server.AsAsync("other", "990101002", "subdistrict-officer"), await Server.AsAsync("far", "990102", "commander") })
        {
            (await who.PostAsync($"{whistle}/blow-again", """{"reason":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
            (await who.PostAsync($"{whistle}/void", """{"reason":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
            (await who.PostAsync($"{whistle}/reopen", """{"reason":"x","found":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
        }

        (await (await Server.StreetAsync()).PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    private async Task<string> BlownAsync() =>
        $"whistles/{(await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id}";
}
