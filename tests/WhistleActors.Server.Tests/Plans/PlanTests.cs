using System.Text.Json;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Contract.Plans;
using WhistleActors.Contract.SignIn;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Plans;

/// <summary>Simulations of the planner, on the real server.</summary>
public sealed class PlanTests(PlanServer fixture) : IClassFixture<PlanServer>
{
    // Long enough that it never ends by itself within a test.
    private const string Endless = """{ "scenario": "week", "changes": { "replications": 100, "crews": [{ "department": "waterworks", "count": 500 }], "days": 90 }, "need": ["waterworks", "990101-roads", "990102-roads"] }""";

    private TestServer Server => fixture.Server;

    private static WhistleClient Planner(HttpClient http) => new(http, new SignInRequest("planner", "规划", "990101", "commander"));

    private Task<Person> CommanderAsync(string person = "commander") => Server.AsAsync(person, "990101", "commander");

    [Fact]
    public async Task Scenarios_are_listed_with_what_is_wrong_and_without_other_cities()
    {
        var list = (await (await CommanderAsync()).GetAsync("plans/scenarios")).ShouldSucceed().Json.EnumerateArray().ToList();
        list.Select(scenario => scenario.GetProperty("id").GetString()).ShouldBe(["broken", "past", "week"]);
        var fault = list[0].GetProperty("errors").EnumerateArray().Single();
        (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString(), fault.GetProperty("line").GetInt32()).ShouldBe(("/days", "bad-number", 4));
        (list[2].GetProperty("whistles").GetDouble(), list[2].GetProperty("days").GetInt32(), list[2].GetProperty("name").GetProperty("en").GetString()).ShouldBe((336, 7, "An ordinary week"));

        var detail = (await (await CommanderAsync()).GetAsync("plans/scenarios/week")).ShouldSucceed().Json;
        var departments = detail.GetProperty("departments").EnumerateArray().ToDictionary(department => department.GetProperty("code").GetString()!);
        departments["waterworks"].GetProperty("crews").GetInt32().ShouldBe(2);
        departments["waterworks"].GetProperty("summonses").GetDouble().ShouldBe(336);
    }

    [Fact]
    public async Task A_scenario_tells_which_crews_may_be_sent_where()
    {
        using var http = WhistleClient.CreateHttp(Server.Address);
        var detail = await Planner(http).ScenarioAsync("week", TestContext.Current.CancellationToken);

        // Whom its whistles call comes first; the command centre is called by none and can lend all the same.
        detail.Crews.Select(lender => lender.Code).ShouldBe(["waterworks", "990101-roads", "990102-roads", "command"]);
        detail.Departments.Single(department => department.Code == "990101-roads").Bureau.ShouldBe("roads");
        var (first, second) = (detail.Crews[0].Crews[0], detail.Crews[0].Crews[1]);
        (first.Code, first.Home, first.PostedTo, first.SentTo).ShouldBe(("waterworks-1", null, null, "990101001"));
        (second.Code, second.Name.Zh, second.Size, second.Home!.Lon, second.Home.Lat, second.PostedTo, second.SentTo).ShouldBe(("waterworks-2", "抢修二组", 3, 120.012, 30.004, "990101002", null));

        // Where whistles are blown, all of them accounted for.
        detail.Places.Select(place => (place.Code, place.District)).ShouldBe([("990101001", "990101"), ("990101002", "990101"), ("990102001", "990102")], ignoreOrder: true);
        detail.Places.Select(place => place.Whistles).ShouldBeInOrder(SortDirection.Descending);
        detail.Places.Sum(place => place.Whistles).ShouldBe(detail.Scenario.Whistles, 0.1);
        (await (await CommanderAsync()).GetAsync("plans/scenarios/broken")).ShouldSucceed().Json.GetProperty("crews").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Whatever_a_scenario_offers_the_plan_takes_and_the_rest_is_refused()
    {
        using var http = WhistleClient.CreateHttp(Server.Address);
        var planner = Planner(http);
        var detail = await planner.ScenarioAsync("week", TestContext.Current.CancellationToken);
        var taken = new List<string>();
        foreach (var lender in detail.Crews)
        {
            var crew = lender.Crews.First(one => one.SentTo is null).Code;
            var moves = detail.Places.Select(place => $$"""{ "postings": [{ "crew": "{{crew}}", "to": "{{place.Code}}" }] }""")
                .Concat(detail.Departments.Select(to => $$"""{ "loans": [{ "crew": "{{crew}}", "to": "{{to.Code}}" }] }"""));
            foreach (var changes in moves)
            {
                // Refused for something else in any case, so that nothing runs: what is of interest is whether the move is named too.
                var refused = (await (await CommanderAsync()).PostAsync("plans", $$"""{ "scenario": "week", "changes": {{changes}}, "need": ["nobody"] }""")).ShouldBeRefused(422, "plan-refused");
                var pointers = refused.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
                if (pointers.SequenceEqual(["/need"]))
                    taken.Add($"{lender.Code} {changes}");
            }
        }

        var offered = detail.Crews.Sum(lender => detail.Places.Count + detail.Departments.Count(to => to.Code != lender.Code));
        taken.Count.ShouldBe(offered);
        detail.Crews.ShouldAllBe(lender => !taken.Any(move => move.StartsWith(lender.Code + " {", StringComparison.Ordinal) && move.Contains($"\"{lender.Code}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_crew_that_is_posted_and_one_that_is_lent_make_a_difference()
    {
        using var http = WhistleClient.CreateHttp(Server.Address);
        var planner = Planner(http);
        var changes = new PlanChanges(Postings: [new CrewMoveRequest("waterworks-2", "990102001")], Loans: [new CrewMoveRequest("990102-roads-1", "990101-roads")]);
        var plan = await planner.RunPlanAsync(new PlanRequest("week", Against: new PlanAgainst(Changes: changes)), cancel: TestContext.Current.CancellationToken);

        var report = plan.Report.ShouldNotBeNull();
        Crews(report.Plan).ShouldBe((1, 1));
        Crews(report.Against!).ShouldBe((2, 0));
        var change = report.Differences!.Single(row => row.Code == "990101-roads").OnTime.ShouldNotBeNull();
        (change.Real, change.Change.Mean > 0).ShouldBe((true, true));
        report.Against!.Departments.Single(row => row.Code == "990102-roads").Never.ShouldBeGreaterThan(0);

        static (int West, int East) Crews(PlanResultView result) =>
            (result.Departments.Single(row => row.Code == "990101-roads").Crews, result.Departments.Single(row => row.Code == "990102-roads").Crews);
    }

    [Fact]
    public async Task A_plan_runs_to_its_end_and_two_are_compared_by_pairs()
    {
        using var http = WhistleClient.CreateHttp(Server.Address);
        var planner = Planner(http);
        var plan = await planner.RunPlanAsync(
            new PlanRequest("week", Against: new PlanAgainst(Changes: new PlanChanges(Crews: [new CrewChange("waterworks", Count: 8)])), Need: ["waterworks"]),
            cancel: TestContext.Current.CancellationToken);

        (plan.State, plan.Done, plan.StoppedBecause).ShouldBe(("done", plan.Of, null));
        var report = plan.Report.ShouldNotBeNull();
        (report.Partial, report.Target, report.Plan.Replications, report.Plan.Broken.Count).ShouldBe((false, 0.9, 10, 0));
        var (before, after) = (Of(report.Plan), Of(report.Against!));
        (before.Crews, after.Crews).ShouldBe((2, 8));

        // The roads bureau of the west has one crew only.
        report.Plan.Bottleneck.ShouldBe("990101-roads");

        // The rule of the scenario stays where the change says nothing: a tenth does not come to work.
        var change = report.Differences!.Single(row => row.Code == "waterworks").OnTime.ShouldNotBeNull();
        change.Real.ShouldBeTrue();
        change.Change.Mean.ShouldBe(after.OnTime!.Mean - before.OnTime!.Mean, 1e-9);
        before.Spread[^1].Share.ShouldBeInRange(0.9, 1);
        before.Spread.Select(point => point.Minutes).ShouldBeInOrder();
        before.Spread.Select(point => point.Share).ShouldBeInOrder();
        before.Spread.Count.ShouldBeLessThan(110);

        var need = report.Needs.ShouldHaveSingleItem();
        need.Has.ShouldBe(8);
        need.Needs.ShouldNotBeNull().ShouldBeInRange(3, 30);
        need.Then!.Low.ShouldBeGreaterThanOrEqualTo(0.9);

        static PlanDepartmentView Of(PlanResultView result) => result.Departments.Single(department => department.Code == "waterworks");
    }

    [Fact]
    public async Task The_same_plan_gives_the_same_result_and_a_whole_plan_may_be_sent_along()
    {
        var commander = await CommanderAsync();
        const string Plan = """
            { "plan": { "name": { "zh": "一天", "en": "A day" }, "city": "example", "start": "2026-03-02", "days": 1, "replications": 3, "arrivals": [{ "per-day": 24 }] } }
            """;
        var first = await OverAsync(commander, (await commander.PostAsync("plans", Plan)).ShouldSucceed(202));
        var second = await OverAsync(commander, (await commander.PostAsync("plans", Plan)).ShouldSucceed(202));
        first.GetProperty("report").ToString().ShouldBe(second.GetProperty("report").ToString());
        first.GetProperty("id").GetString().ShouldNotBe(second.GetProperty("id").GetString());
        first.GetProperty("report").GetProperty("plan").GetProperty("name").GetProperty("en").GetString().ShouldBe("A day");
        (await OverAsync(commander, (await commander.PostAsync("plans", """{ "scenario": "past" }""")).ShouldSucceed(202))).GetProperty("state").GetString().ShouldBe("done");
    }

    [Theory]
    [InlineData("""{ "zh": "\ud83e\udde8", "en": "a\/b \u00e9 \\ud83e \"" }""")]
    [InlineData("""{ "zh": "🧨", "en": "a: b # c" }""")]
    public async Task A_name_may_be_written_in_any_way_that_JSON_has(string name) =>
        (await (await CommanderAsync()).PostAsync("plans", $$"""{ "scenario": "week", "changes": { "name": {{name}} }, "need": ["nobody"] }""")).ShouldBeRefused(422, "plan-refused")
            .Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ShouldBe(["/need"]);

    [Theory]
    [InlineData("""{ "scenario": "week", "changes": { "seed": "1" } }""", "/changes/seed")]
    [InlineData("""{ "scenario": "week", "changes": { "name": { "zh": 1, "en": "x" } } }""", "/changes/name/zh")]
    [InlineData("""{ "scenario": "week", "changes": { "name": { "zh": null, "en": "x" } } }""", "/changes/name/zh")]
    [InlineData("""{ "scenario": "week", "changes": { "name": { "zh": "\ud800", "en": "x" } } }""", "/changes/name/zh")]
    public async Task What_is_of_another_kind_than_the_contract_says_is_refused(string body, string pointer) =>
        (await (await CommanderAsync()).PostAsync("plans", body)).ShouldBeRefused(400, "malformed-json").ShouldName(pointer, "unexpected");

    [Fact]
    public async Task A_name_that_deceives_the_eye_is_refused() =>
        (await (await CommanderAsync()).PostAsync("plans", """{ "scenario": "week", "changes": { "name": { "zh": "x\u202e", "en": "x" } } }"""))
            .ShouldBeRefused(422, "plan-refused").ShouldName("/changes/name/zh", "text-with-control-characters");

    [Theory]
    [InlineData("""{ "scenario": "week", "changes": { "crews": [{ "department": "waterwork", "count": 1 }] } }""", "/changes/crews/0/department", "unknown-department")]
    [InlineData("""{ "scenario": "week", "changes": { "crews": [{ "department": "waterworks", "count": -1 }] } }""", "/changes/crews/0/count", "bad-number")]
    [InlineData("""{ "scenario": "week", "changes": { "crews": [{ "bureau": "roads", "count": 10000 }, { "department": "waterworks", "count": 9999 }] } }""", "/changes/crews", "too-many-crews")]
    [InlineData("""{ "scenario": "week", "changes": { "postings": [{ "crew": "waterworks-1", "to": "990101001" }], "loans": [{ "crew": "waterworks-1", "to": "command" }] } }""", "/changes/loans/0/crew", "crew-in-two-places")]
    [InlineData("""{ "scenario": "week", "against": { "changes": { "postings": [{ "crew": "waterworks-1", "to": "990102001" }] } } }""", "/against/changes/postings/0/crew", "crew-in-two-places")]
    [InlineData("""{ "scenario": "week", "against": { "changes": { "postings": [{ "crew": "waterworks-2", "to": "990109001" }] } } }""", "/against/changes/postings/0/to", "unknown-place")]
    [InlineData("""{ "scenario": "week", "against": { "changes": { "loans": [{ "crew": "waterworks-2", "to": "command" }, { "crew": "waterworks-9", "to": "command" }] } } }""", "/against/changes/loans/1/crew", "unknown-crew")]
    [InlineData("""{ "scenario": "week", "changes": { "loans": [{ "crew": "waterworks-2", "to": "waterworks" }] } }""", "/changes/loans/0/to", "contradiction")]
    [InlineData("""{ "scenario": "week", "changes": { "loans": [{ "crew": "waterworks-2", "to": "gasworks" }] } }""", "/changes/loans/0/to", "unknown-department")]
    [InlineData("""{ "scenario": "week", "changes": { "replications": 101 } }""", "/changes/replications", "bad-number")]
    [InlineData("""{ "scenario": "week", "changes": { "replications": 1e9 } }""", "/changes/replications", "bad-number")]
    [InlineData("""{ "scenario": "week", "changes": { "days": 93 } }""", "/changes/days", "bad-number")]
    [InlineData("""{ "scenario": "week", "changes": { "limits": [{ "check-in": "0 min" }] } }""", "/changes/limits/0/check-in", "bad-time")]
    [InlineData("""{ "scenario": "week", "changes": { "city": "beijing" } }""", "/changes/city", "unknown-key")]
    [InlineData("""{ "scenario": "week", "changes": 7 }""", "/changes", "wrong-shape")]
    [InlineData("""{ "scenario": "week", "against": { "changes": { "target": 2 } } }""", "/against/changes/target", "bad-number")]
    [InlineData("""{ "scenario": "week", "need": ["waterwork"] }""", "/need", "unknown-department")]
    [InlineData("""{ "scenario": "weak" }""", "/scenario", "unknown-scenario")]
    [InlineData("""{ "scenario": "elsewhere" }""", "/scenario", "unknown-scenario")]
    [InlineData("""{ "scenario": "../week" }""", "/scenario", "unknown-scenario")]
    [InlineData("""{ "scenario": "broken" }""", "/days", "bad-number")]
    [InlineData("""{ }""", "/scenario", "contradiction")]
    [InlineData("""{ "scenario": "week", "plan": {} }""", "/scenario", "contradiction")]
    [InlineData("""{ "scenario": "week", "speed": 9 }""", "/speed", "unknown-key")]
    [InlineData("""{ "plan": { "name": { "zh": "多", "en": "Many" }, "city": "example", "start": "2026-03-02", "days": 1, "arrivals": [{ "per-day": 1e6 }] } }""", "/plan/arrivals", "too-many-whistles")]
    [InlineData("""{ "plan": { "name": { "zh": "史", "en": "Past" }, "city": "example", "start": "2026-03-02", "days": 1, "arrivals": [{ "history": "/etc/passwd" }] } }""", "/plan/arrivals/0/history", "bad-history")]
    public async Task What_cannot_be_run_is_refused_field_by_field_as_a_file_would_be(string body, string pointer, string code) =>
        (await (await CommanderAsync()).PostAsync("plans", body)).ShouldBeRefused(422, "plan-refused").ShouldName(pointer, code);

    [Theory]
    [InlineData("[]", 422, "plan-refused")]
    [InlineData("{", 400, "malformed-json")]
    [InlineData("scenario: week", 400, "malformed-json")]
    [InlineData("""{ "scenario": "week", "scenario": "week" }""", 400, "malformed-json")]
    [InlineData("""{ "changes": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] }""", 400, "malformed-json")]
    public async Task What_is_no_plan_at_all_is_refused(string body, int status, string code) =>
        (await (await CommanderAsync()).PostAsync("plans", body)).ShouldBeRefused(status, code);

    [Fact]
    public async Task The_line_of_a_fault_is_that_of_the_body()
    {
        var refused = (await (await CommanderAsync()).PostAsync("plans", "{\n\t\"scenario\": \"week\",\n\t\"changes\": {\n\t\t\"target\": 7\n\t}\n}")).ShouldBeRefused(422, "plan-refused");
        refused.Json.GetProperty("errors").EnumerateArray().Single().GetProperty("line").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task One_runs_at_once_and_the_next_is_told_to_come_back()
    {
        var commander = await CommanderAsync();
        var running = (await commander.PostAsync("plans", Endless, key: "once")).ShouldSucceed(202).Json.GetProperty("id").GetString()!;
        try
        {
            (await commander.PostAsync("plans", """{ "scenario": "week" }""")).ShouldBeRefused(429, "plans-busy");

            // Sent again under its key it is the same one; another one under that key is none.
            (await commander.PostAsync("plans", Endless, key: "once")).ShouldSucceed(202).Json.GetProperty("id").GetString().ShouldBe(running);
            (await commander.PostAsync("plans", """{ "scenario": "week" }""", key: "once")).ShouldBeRefused(422, "idempotency-key-reused");
            (await (await CommanderAsync("another")).GetAsync($"plans/{running}")).ShouldBeRefused(404, "unknown-plan");
            (await (await CommanderAsync("another")).SendAsync(HttpMethod.Delete, $"plans/{running}", null)).ShouldBeRefused(404, "unknown-plan");
            (await (await Server.AsAsync("root", "city", "administrator")).GetAsync($"plans/{running}")).ShouldSucceed();
        }
        finally
        {
            (await commander.SendAsync(HttpMethod.Delete, $"plans/{running}", null)).Status.ShouldBe(204);
        }

        var over = await OverAsync(commander, running);
        (over.GetProperty("state").GetString(), over.GetProperty("stoppedBecause").GetString()).ShouldBe(("stopped", "asked"));
        (await commander.SendAsync(HttpMethod.Delete, $"plans/{running}", null)).Status.ShouldBe(204);
        (await OverAsync(commander, (await commander.PostAsync("plans", """{ "scenario": "week" }""")).ShouldSucceed(202))).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task A_run_that_nobody_asks_after_is_given_up()
    {
        var commander = await CommanderAsync();
        var running = (await commander.PostAsync("plans", Endless)).ShouldSucceed(202).Json.GetProperty("id").GetString()!;
        Server.Clock.Advance(TimeSpan.FromSeconds(50));
        (await commander.GetAsync($"plans/{running}")).ShouldSucceed().Json.GetProperty("state").GetString().ShouldBe("running");
        Server.Clock.Advance(TimeSpan.FromSeconds(70));
        var over = await OverAsync(commander, running);
        (over.GetProperty("state").GetString(), over.GetProperty("stoppedBecause").GetString()).ShouldBe(("stopped", "abandoned"));
    }

    [Fact]
    public async Task A_run_that_takes_too_long_ends_with_what_was_done()
    {
        var commander = await CommanderAsync();
        var running = (await commander.PostAsync("plans", Endless)).ShouldSucceed(202).Json.GetProperty("id").GetString()!;
        await Eventually.TrueAsync(async () => (await commander.GetAsync($"plans/{running}")).Json.GetProperty("done").GetInt32() > 0);
        for (var i = 0; i < 8; i++)
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(45));
            await commander.GetAsync($"plans/{running}");
        }

        var over = await OverAsync(commander, running);
        (over.GetProperty("state").GetString(), over.GetProperty("stoppedBecause").GetString()).ShouldBe(("stopped", "time-limit"));
        over.GetProperty("report").GetProperty("partial").GetBoolean().ShouldBeTrue();
        over.GetProperty("report").GetProperty("plan").GetProperty("replications").GetInt32().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("990101001", "subdistrict-officer")]
    [InlineData("waterworks", "dispatcher")]
    [InlineData("city", "observer")]
    public async Task Who_does_not_command_does_not_plan(string organisation, string role)
    {
        var person = await Server.AsAsync("nosy", organisation, role);
        (await person.GetAsync("plans/scenarios")).ShouldBeRefused(403, "planning-not-yours");
        (await person.PostAsync("plans", """{ "scenario": "week" }""")).ShouldBeRefused(403, "planning-not-yours");
        (await Server.Http.GetAsync("/api/v1/plans/scenarios", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private static Task<JsonElement> OverAsync(Person person, Answer begun) => OverAsync(person, begun.Json.GetProperty("id").GetString()!);

    private static async Task<JsonElement> OverAsync(Person person, string id)
    {
        JsonElement plan = default;
        await Eventually.TrueAsync(async () => (plan = (await person.GetAsync($"plans/{id}")).ShouldSucceed().Json).GetProperty("state").GetString() != "running");
        return plan;
    }
}
