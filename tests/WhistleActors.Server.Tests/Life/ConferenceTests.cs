using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>会商 over HTTP: the parties confer, the chair decides, the tasks are done.</summary>
public sealed class ConferenceTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_parties_confer_the_chair_decides_and_the_whistle_closes_when_the_tasks_are_confirmed()
    {
        var (street, water, roads) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await Server.RoadsAsync());
        var whistle = await BlownAsync();
        (await street.PostAsync($"{whistle}/conference", """{"subject":"管线归属","others":["990101002"],"place":"街道会议室"}""")).ShouldSucceed()
            .Json.GetProperty("consultation").GetProperty("conferences")[0].GetProperty("chair").GetString().ShouldBe("990101001");
        (await roads.PostAsync($"{whistle}/conference/position", """{"text":"由权属单位先行抢修"}""")).ShouldSucceed();
        (await water.PostAsync($"{whistle}/conference/proposals", $$"""{"text":"夜间更换阀门","department":"waterworks","dueOn":"{{Bodies.Day(Server.Now, 3)}}"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/conference/answers", """{"proposal":1,"agrees":false,"reason":"须先办理占道"}""")).ShouldSucceed();
        var draft = (await street.GetAsync($"{whistle}/conferences/1/minutes")).ShouldSucceed();
        draft.Json.TryGetProperty("complete", out _).ShouldBeFalse();
        draft.Json.GetProperty("text").GetProperty("zh").GetString()!.ShouldContain("不同意，须先办理占道");

        var decided = (await street.PostAsync($"{whistle}/conference/decision", Decision(Server.Now))).ShouldSucceed().Json.GetProperty("consultation");

        decided.GetProperty("conferences")[0].GetProperty("decided").GetProperty("adopted").EnumerateArray().Select(number => number.GetInt32()).ShouldBe([1]);
        decided.GetProperty("tasks")[0].GetProperty("state").GetString().ShouldBe("open");
        (await street.GetAsync($"{whistle}/conferences/1/minutes")).ShouldSucceed().Json.GetProperty("text").GetProperty("en").GetString()!
            .ShouldContain("Task - Exampleton Waterworks, 王强");
        (await street.GetAsync($"{whistle}/conferences/2/minutes")).ShouldBeRefused(404, "unknown-conference");
        (await street.GetAsync($"whistles/{ExampleCity.Belfry}-9999/conferences/1/minutes")).ShouldBeRefused(404, "unknown-whistle");

        await Endings.FinishAsync(Server, whistle);
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "tasks-open");
        (await water.PostAsync($"{whistle}/tasks/complete", """{"task":1,"note":"已更换"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/tasks/return", """{"task":1,"reason":"仍在渗水"}""")).ShouldSucceed()
            .Json.GetProperty("consultation").GetProperty("tasks")[0].GetProperty("returns").GetInt32().ShouldBe(1);
        (await water.PostAsync($"{whistle}/tasks/complete", """{"task":1,"note":"再次更换"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/tasks/confirm", """{"task":1}""")).ShouldSucceed()
            .Json.GetProperty("consultation").GetProperty("tasks")[0].GetProperty("state").GetString().ShouldBe("confirmed");
        (await street.PostAsync($"{whistle}/close")).ShouldSucceed().Json.GetProperty("stage").GetString().ShouldBe("closed");
        (await street.GetAsync($"{whistle}/trace")).ShouldSucceed().Json.GetProperty("events").EnumerateArray()
            .Select(entry => entry.GetProperty("manifest").GetString()!).Where(manifest => !manifest.StartsWith("crew", StringComparison.Ordinal)).ShouldBeSubsetOf(
            [
                "whistle-blown.1", "conference-convened.1", "position-stated.1", "measure-proposed.1", "proposal-answered.1", "conference-decided.1",
                "summons-signed.1", "outcome-reported.1", "outcome-accepted.1", "department-released.1", "task-completed.1", "task-returned.1", "task-confirmed.1", "whistle-closed.1",
            ]);
    }

    public static TheoryData<string, string, int, string, string?, string?> Wrong => new()
    {
        { "conference", "{}", 422, "invalid-fields", "/subject", "missing" },
        { "conference", """{"subject":"x","others":["a b"]}""", 422, "invalid-fields", "/others/0", "not-a-code" },
        { "conference", """{"subject":"x","others":[null]}""", 422, "invalid-fields", "/others/0", "missing" },
        { "conference", """{"subject":"x","others":["nowhere"]}""", 409, "conference-undecided", null, null },
        { "conference", """{"subject":"x","joint":"yes"}""", 400, "malformed-json", "/joint", "unexpected" },
        { "conference/position", """{"text":" "}""", 422, "invalid-fields", "/text", "text-empty" },
        { "conference/proposals", """{"text":"x","dueOn":"2020-01-01"}""", 422, "task-date-past", null, null },
        { "conference/proposals", """{"text":"x","department":"nobody"}""", 404, "unknown-department", null, null },
        { "conference/proposals", """{"text":"x","department":"990102-roads"}""", 422, "department-of-another-district", null, null },
        { "conference/answers", """{"agrees":true}""", 422, "invalid-fields", "/proposal", "missing" },
        { "conference/answers", """{"proposal":1}""", 422, "invalid-fields", "/agrees", "missing" },
        { "conference/answers", """{"proposal":7,"agrees":true}""", 404, "unknown-proposal", null, null },
        { "conference/answers", """{"proposal":1,"agrees":false}""", 422, "reason-for-objection-missing", null, null },
        { "conference/decision", """{"decision":"x"}""", 422, "invalid-fields", "/minutesComplete", "missing" },
        { "conference/decision", """{"decision":"x","minutesComplete":true,"adopted":[2]}""", 404, "unknown-proposal", null, null },
        { "conference/decision", """{"decision":"x","minutesComplete":true,"tasks":[null]}""", 422, "invalid-fields", "/tasks/0/department", "missing" },
        { "conference/decision", """{"decision":"x","minutesComplete":true,"tasks":[{"department":"waterworks","person":"x","text":"x","dueOn":"2020-01-01"}]}""", 422, "task-date-past", null, null },
        { "conference/decision", """{"decision":"x","minutesComplete":1}""", 400, "malformed-json", "/minutesComplete", "unexpected" },
        { "tasks/complete", """{"task":1}""", 422, "invalid-fields", "/note", "missing" },
        { "tasks/complete", """{"task":1,"note":"x"}""", 404, "unknown-task", null, null },
        { "tasks/confirm", """{"task":1}""", 404, "unknown-task", null, null },
        { "tasks/return", """{"task":1.5,"reason":"x"}""", 400, "malformed-json", "/task", "unexpected" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Bad_input_gets_its_refusal_and_changes_nothing(string command, string body, int status, string code, string? pointer, string? fieldCode)
    {
        var street = await Server.StreetAsync();
        var whistle = await BlownAsync();
        (await street.PostAsync($"{whistle}/conference", """{"subject":"管线归属"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/conference/proposals", """{"text":"夜间更换阀门"}""")).ShouldSucceed();
        var before = (await street.GetAsync(whistle)).Text;

        var answer = (await street.PostAsync($"{whistle}/{command}", body)).ShouldBeRefused(status, code);

        if (pointer is not null)
            answer.ShouldName(pointer, fieldCode!);
        (await street.GetAsync(whistle)).Text.ShouldBe(before);
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    [Fact]
    public async Task Nobody_speaks_for_an_organisation_that_takes_no_part_and_nobody_decides_for_the_chair()
    {
        var (street, roads) = (await Server.StreetAsync(), await Server.RoadsAsync());
        var whistle = await BlownAsync();
        (await roads.PostAsync($"{whistle}/conference", """{"subject":"x"}""")).ShouldBeRefused(403, "not-your-whistle");
        (await street.PostAsync($"{whistle}/conference/position", """{"text":"x"}""")).ShouldBeRefused(409, "no-conference");
        (await street.PostAsync($"{whistle}/conference", """{"subject":"x","joint":true}""")).ShouldBeRefused(409, "joint-conference-too-early");
        (await street.PostAsync($"{whistle}/conference", """{"subject":"x"}""")).ShouldSucceed();

        var stranger = await Server.AsAsync("east", "990102-roads", "dispatcher");
        (await stranger.PostAsync($"{whistle}/conference/position", """{"text":"x"}""")).ShouldBeRefused(403, "not-a-party");
        var chief = await Server.AsAsync("chief", "990101", "commander");
        (await chief.PostAsync($"{whistle}/conference/decision", """{"decision":"x","minutesComplete":true}""")).ShouldBeRefused(403, "not-the-chair");
        (await street.PostAsync($"{whistle}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();
    }

    private static string Decision(DateTimeOffset now) => JsonSerializer.Serialize(new
    {
        decision = "由自来水公司牵头抢修",
        minutesComplete = true,
        adopted = Enumerable.Range(1, 1),
        tasks = new[] { new { department = "waterworks", person = "王强", text = "更换阀门", dueOn = Bodies.Day(now, 3) } },
    });

    private async Task<string> BlownAsync() =>
        $"whistles/{(await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id}";
}
