using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>Who may do what: everybody else is refused, and nothing changes.</summary>
public sealed class PermissionTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private static readonly Dictionary<string, (string Organisation, string Role)> Everybody = new()
    {
        ["own-street"] = ("990101001", "subdistrict-officer"),
        ["other-street"] = ("990101002", "subdistrict-officer"),
        ["dispatcher"] = ("waterworks", "dispatcher"),
        ["crew"] = ("waterworks", "crew"),
        ["other-dispatcher"] = ("990101-roads", "dispatcher"),
        ["other-crew"] = ("990102-roads", "crew"),
        ["commander"] = ("990101", "commander"),
        ["other-commander"] = ("990102", "commander"),
        ["own-leader"] = ("990101001", "subdistrict-leader"),
        ["other-leader"] = ("990101002", "subdistrict-leader"),
        ["observer"] = ("city", "observer"),
        ["street-observer"] = ("990101001", "observer"),
        ["water-observer"] = ("waterworks", "observer"),
    };

    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("blow", "own-street", "own-leader", "dispatcher", "other-dispatcher")]
    [InlineData("sign", "dispatcher")]
    [InlineData("depart", "dispatcher", "crew")]
    [InlineData("recall", "dispatcher")]
    [InlineData("check-in", "dispatcher", "crew")]
    [InlineData("outcome", "dispatcher")]
    [InlineData("accept", "own-street", "own-leader")]
    [InlineData("veto", "own-street", "own-leader")]
    [InlineData("release", "own-street", "own-leader", "commander")]
    [InlineData("reports", "own-street", "own-leader", "commander")]
    [InlineData("merge", "own-street", "own-leader")]
    [InlineData("approve", "own-leader", "commander")]
    [InlineData("join")]
    [InlineData("withdraw", "own-street", "own-leader")]
    [InlineData("close", "own-street", "own-leader")]
    public async Task Only_whose_task_it_is_may(string command, params string[] allowed)
    {
        var street = await Server.AsAsync("own-street", "990101001", "subdistrict-officer");
        var id = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        var (path, body, code) = command switch
        {
            "blow" => ($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, "not-your-grid"),
            "sign" or "depart" => ($"whistles/{id}/summonses/waterworks/{command}", "{}", "not-your-department"),
            "recall" => ($"whistles/{id}/summonses/waterworks/recall", """{"reason":"车辆故障"}""", "not-your-department"),
            "check-in" => ($"whistles/{id}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now), "not-your-department"),
            "outcome" => ($"whistles/{id}/summonses/waterworks/outcome", Bodies.Resolved, "not-your-department"),
            "reports" => ($"whistles/{id}/reports", """{"description":"x"}""", "not-your-whistle"),
            "merge" => ($"whistles/{id}/merge", $$"""{"into":"{{id}}","reason":"x"}""", "not-your-whistle"),
            "approve" => ($"whistles/{id}/approve", "{}", "not-your-approval"),
            "join" => ($"whistles/{id}/join", "{}", "not-a-co-initiator"),
            "close" => ($"whistles/{id}/close", "{}", "not-your-whistle"),
            "withdraw" => ($"whistles/{id}/withdraw", """{"reason":"x"}""", "not-your-whistle"),
            "accept" => ($"whistles/{id}/accept", """{"department":"waterworks"}""", "not-your-whistle"),
            _ => ($"whistles/{id}/{command}", """{"department":"waterworks","reason":"x"}""", "not-your-whistle"),
        };
        var before = (await street.GetAsync($"whistles/{id}/trace")).Text;

        foreach (var (person, (organisation, role)) in Everybody.Where(person => !allowed.Contains(person.Key)))
        {
            var answer = await (await Server.AsAsync(person, organisation, role)).PostAsync(path, body);
            answer.Status.ShouldBe(403, $"{person}: {answer.Text}");
            answer.ShouldBeRefused(403, code);
        }

        (await street.GetAsync($"whistles/{id}/trace")).Text.ShouldBe(before);
        foreach (var person in allowed)
            (await (await Server.AsAsync(person, Everybody[person].Organisation, Everybody[person].Role)).PostAsync(path, body)).Status.ShouldNotBe(403);
    }

    [Fact]
    public async Task Everybody_who_is_signed_in_may_look_at_the_city_and_those_whom_it_concerns_at_a_whistle()
    {
        var street = await Server.AsAsync("own-street", "990101001", "subdistrict-officer");
        var id = (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        foreach (var (person, (organisation, role)) in Everybody)
        {
            var who = await Server.AsAsync(person, organisation, role);
            foreach (var path in (string[])["whistles", $"grids/{ExampleCity.Belfry}", "departments", "load", "city"])
                (await who.GetAsync(path)).ShouldSucceed();
            var concerned = organisation is "990101001" or "990101" or "waterworks" or "990101-roads" or "command" or "city";
            foreach (var path in (string[])[$"whistles/{id}", $"whistles/{id}/trace"])
                (await who.GetAsync(path)).Status.ShouldBe(concerned ? 200 : 403, $"{person} {path}");
        }
    }

    [Theory]
    [InlineData("li.na", "990101001", "dispatcher", "/organisation", "organisation-does-not-fit")]
    [InlineData("li.na", "waterworks", "subdistrict-officer", "/organisation", "organisation-does-not-fit")]
    [InlineData("li.na", "990101", "subdistrict-officer", "/organisation", "organisation-does-not-fit")]
    [InlineData("li.na", "nowhere", "observer", "/organisation", "organisation-does-not-fit")]
    [InlineData("li.na", "city", "commander", "/organisation", "organisation-does-not-fit")]
    [InlineData("li.na", "990101001", "mayor", "/role", "unknown-value")]
    [InlineData("li na", "990101001", "subdistrict-officer", "/person", "not-a-code")]
    [InlineData(null, "990101001", "subdistrict-officer", "/person", "missing")]
    [InlineData("li.na", null, "subdistrict-officer", "/organisation", "missing")]
    [InlineData("li.na", "990101001", null, "/role", "missing")]
    public async Task Nobody_signs_in_for_an_organisation_that_does_not_fit(string? person, string? organisation, string? role, string pointer, string code)
    {
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { person, name = "李娜", organisation, role }), System.Text.Encoding.UTF8, "application/json");

        (await Answer.OfAsync(await Server.Http.PostAsync("/api/v1/sign-in", content, TestContext.Current.CancellationToken))).ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);
    }
}
