using System.Text;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>
/// One burst main at the boundary of two districts, from the first call to the revisit, in a city where a campaign waits for the leader of the
/// subdistrict. It touches everything that a whistle can go through, and the server is stopped and started on its data in the middle of it.
/// </summary>
public sealed class StoryTests(StrictServer fixture) : IClassFixture<StrictServer>
{
    private const string BurstMain = """{"matter":"burst-main","occasion":"public-demand","level":"daily","description":"路面冒水"}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_burst_main_at_the_boundary()
    {
        var (street, leader) = (await Server.StreetAsync(), await Server.AsAsync("leader", "990101001", "subdistrict-leader"));
        var (east, command) = (await Server.AsAsync("east", "990102001", "subdistrict-officer"), await Server.AsAsync("command", "990101", "commander"));
        var (water, roads) = (await Server.WaterworksAsync(), await Server.RoadsAsync());
        var crew = await Server.AsAsync("crew", "waterworks", "crew");

        // 10. Two people call the hotline. One call comes by the API, the other in the evening's export, twice.
        var hotline = await Server.AsAsync("hotline", "command", "dispatcher");
        var call = (await hotline.PostAsync("reports", """{"source":"hotline","number":"H-1","title":"路口冒水","text":"漫到人行道","matter":"burst-main","place":{"lon":120.019,"lat":30.005,"datum":"wgs84"}}""")).ShouldSucceed(201);
        call.Json.GetProperty("grid").GetString().ShouldBe(ExampleCity.Market.Text);
        var export = await ImportAsync(hotline, "工单编号,问题分类,标题,主要内容,被反映区,被反映街乡镇,村/社区", "H-2,自来水管破裂,楼道进水,一层楼道进水,西区,古城街道,市场社区", "H-2,自来水管破裂,楼道进水,一层楼道进水,西区,古城街道,市场社区");
        export.Count(row => row.GetProperty("outcome").GetString() == "accepted").ShouldBe(1);
        var second = export.First(row => row.TryGetProperty("report", out _)).GetProperty("report").GetString()!;

        // 12. and 3. Before it whistles, the subdistrict looks: no pattern points here, and nothing sounds nearby.
        (await street.GetAsync("records/patterns?district=990101&subdistrict=990101001")).ShouldSucceed().Json.GetProperty("hotSpots").GetArrayLength().ShouldBe(0);
        (await street.GetAsync($"whistles/nearby?grid={ExampleCity.Market}&matter=burst-main")).ShouldSucceed().Json.GetProperty("whistles").GetArrayLength().ShouldBe(0);

        // 2. The duty list proposes exactly one lead, with its basis.
        var proposal = (await street.GetAsync($"grids/{ExampleCity.Market}/proposal?matter=burst-main")).ShouldSucceed().Json.GetProperty("summonses").EnumerateArray().ToList();
        proposal.Single(summons => summons.GetProperty("role").GetString() == "lead").GetProperty("basis").GetString().ShouldBe("《样例市供水条例》第三条");

        // 1. It lies on the boundary, so both subdistricts are to blow; as a campaign it waits for the leader, and nobody hears it.
        var proposed = (await street.PostAsync(
            $"grids/{ExampleCity.Market}/whistles",
            $$"""{"matter":"burst-main","occasion":"public-demand","level":"campaign","description":"路口冒水，跨区","place":{"lon":120.019,"lat":30.005,"datum":"wgs84"},"jointGrids":["{{ExampleCity.Station}}"]}""",
            key: "blow-once")).ShouldSucceed(201);
        var whistle = $"whistles/{proposed.Id}";
        StageOf(proposed).ShouldBe("proposed");
        (await water.PostAsync($"{whistle}/summonses/waterworks/sign")).ShouldBeRefused(409, "whistle-not-sounded");
        StageOf((await leader.PostAsync($"{whistle}/approve")).ShouldSucceed()).ShouldBe("open");
        (await east.PostAsync($"{whistle}/join")).ShouldSucceed();

        // 10. Both calls are the same thing: they go into this whistle, and the hotline can see where they went.
        foreach (var report in new[] { call.Id, second })
            (await street.PostAsync($"reports/{report}/merge", $$"""{"whistle":"{{proposed.Id}}"}""")).ShouldSucceed();
        await Eventually.TrueAsync(async () => (await street.GetAsync(whistle)).Json.GetProperty("blowing").GetProperty("reports").GetInt32() == 2);
        (await hotline.GetAsync($"reports/{call.Id}")).Json.GetProperty("whistle").GetString().ShouldBe(proposed.Id);

        // 9. The place's dossier is there before anybody comes: who called, an old case, the valve, a photo.
        (await street.PostAsync($"{whistle}/dossier/people", """{"kind":"complainant","name":"赵六","phone":"13800138000"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/dossier/matters", """{"title":"去年同一处爆管","reference":"2025-0317"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/dossier/objects", """{"id":"0101010101000001","name":"阀门井盖"}""")).ShouldSucceed();
        var photo = await street.UploadAsync(Files.Jpeg("flood"));
        (await street.PostAsync($"{whistle}/notes", $$"""{"text":"水已漫到门口","attachments":[{"hash":"{{photo}}","name":"现场.jpg"}]}""")).ShouldSucceed();
        var seen = (await water.GetAsync($"{whistle}/dossier")).ShouldSucceed();
        seen.Text.ShouldContain("水已漫到门口");
        seen.Text.ShouldNotContain("13800138000", Case.Sensitive, "who complained stays with the initiator");

        // 4. The waterworks sign in time; the roads bureau lets the clock run out, and it is said which.
        (await water.PostAsync($"{whistle}/summonses/waterworks/sign")).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/contact", """{"note":"先关阀"}""")).ShouldSucceed();
        Server.Clock.Advance(TimeSpan.FromMinutes(61));
        await Eventually.TrueAsync(async () => (await street.GetAsync(whistle)).Summons("990101-roads").TryGetProperty("overdue", out var overdue) && overdue.GetString() == "sign");

        // 5. One crew comes by its position, beyond the boundary, which is joint; another is vouched for. One leaves unreleased, and that shows.
        (await crew.PostAsync($"{whistle}/summonses/waterworks/depart", """{"crew":"waterworks-1"}""")).ShouldSucceed();
        (await crew.PostAsync($"{whistle}/summonses/waterworks/check-in", CheckIn("waterworks-1", lon: 120.0205))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", """{"witness":{"name":"李娜","organisation":"990101001"},"crew":"waterworks-2","headcount":3,"persons":[{"name":"王强","rank":"队长"}]}""")).ShouldSucceed();
        (await crew.PostAsync($"{whistle}/summonses/waterworks/leave", """{"checkIn":1,"reason":"取配件"}""")).ShouldSucceed().Text.ShouldContain("\"unreleased\":true");
        (await crew.PostAsync($"{whistle}/summonses/waterworks/check-in", CheckIn("waterworks-1", lon: 120.0205))).ShouldSucceed();

        // 6. "Not ours," say the roads; until it is ruled they stay bound, and the command centre lets them confer first.
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/dispute", """{"reason":"系供水管道渗漏"}""")).ShouldSucceed();
        (await command.PostAsync($"{whistle}/rule", """{"department":"990101-roads","kind":"referred","text":"先行会商"}""")).ShouldSucceed();

        // 7. They confer: positions, a measure, an answer, a decision with a task; the minutes are kept in both languages.
        (await command.PostAsync($"{whistle}/conference", """{"subject":"路面由谁恢复","joint":true}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/conference/position", """{"text":"管道修复后恢复路面"}""")).ShouldSucceed();
        (await water.PostAsync($"{whistle}/conference/proposals", $$"""{"text":"修复后两日内恢复路面","department":"990101-roads","dueOn":"{{Day(2)}}"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/conference/answers", """{"proposal":1,"agrees":true}""")).ShouldSucceed();
        (await command.PostAsync($"{whistle}/conference/decision", $$"""{"decision":"自来水公司修管，道路局恢复路面","minutesComplete":true,"adopted":[1],"tasks":[{"department":"990101-roads","person":"孙工","text":"恢复路面","dueOn":"{{Day(2)}}"}]}""")).ShouldSucceed();
        (await street.GetAsync($"{whistle}/conferences/1/minutes")).ShouldSucceed().Text.ShouldContain("道路局恢复路面");
        (await command.PostAsync($"{whistle}/rule", """{"department":"990101-roads","kind":"upheld","text":"恢复路面属其职责","basis":"《样例市道路条例》"}""")).ShouldSucceed();

        // Promise: what was answered is there after a restart, byte for byte.
        var before = (await street.GetAsync(whistle)).Text;
        await Server.RestartAsync();
        (street, leader, east) = (await Server.StreetAsync(), await Server.AsAsync("leader", "990101001", "subdistrict-leader"), await Server.AsAsync("east", "990102001", "subdistrict-officer"));
        (command, water, roads) = (await Server.AsAsync("command", "990101", "commander"), await Server.WaterworksAsync(), await Server.RoadsAsync());
        (await street.GetAsync(whistle)).Text.ShouldBe(before);
        (await street.GetAsync("precedents?matter=burst-main")).ShouldSucceed().Text.ShouldContain(proposed.Id);

        // 7. The roads have still not come: the second whistle.
        (await street.PostAsync($"{whistle}/blow-again", """{"reason":"道路局未到场"}""")).ShouldSucceed().Json.GetProperty("round").GetInt32().ShouldBe(2);

        // 4. They ask for time and get it; then frost comes, and their clocks stand still until they ask to go on.
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/extension", JsonSerializer.Serialize(new { clock = "check-in", until = Server.Now.AddHours(30), reason = "设备调配" }))).ShouldSucceed();
        (await street.PostAsync($"{whistle}/summonses/990101-roads/extension/approve")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/suspension", $$"""{"until":"{{Day(3)}}","reason":"低温无法摊铺"}""")).ShouldSucceed();
        (await command.PostAsync($"{whistle}/summonses/990101-roads/suspension/approve")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/suspension/end", """{"reason":"回暖"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/check-in", CheckIn("990101-roads-1", lon: 120.019))).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/measures", """{"text":"设置围挡","document":"围字 12 号"}""")).ShouldSucceed();

        // 8. The pipe is repaired, but the first result is refused; the second, with a photo, is accepted. The surface needs a licence: ledger.
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await east.PostAsync($"{whistle}/veto", """{"department":"waterworks","reason":"仍在渗水"}""")).ShouldSucceed().Summons("waterworks").GetProperty("rework").GetInt32().ShouldBe(1);
        var repaired = await water.UploadAsync(Files.Jpeg("repaired"));
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", $$"""{"kind":"resolved","note":"已更换管段","evidence":[{"sha256":"{{repaired}}","caption":"修复后"}]}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/outcome", Bodies.Ledgered(Server.Now))).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"990101-roads"}""")).ShouldSucceed();

        // Nothing closes while anything is open; each thing says so.
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "crews-not-released");
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "reports-missing");
        foreach (var (who, department) in new[] { (water, "waterworks"), (roads, "990101-roads") })
            (await who.PostAsync($"{whistle}/summonses/{department}/report", """{"text":"现将处置情况书面反馈如下"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/close")).ShouldBeRefused(409, "tasks-open");
        (await roads.PostAsync($"{whistle}/tasks/complete", """{"task":1,"note":"临时恢复"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/tasks/confirm", """{"task":1}""")).ShouldSucceed();
        StageOf((await street.PostAsync($"{whistle}/close", """{"note":"管道已修复，路面列入台账"}""")).ShouldSucceed()).ShouldBe("closed");

        // 8. Weeks later the ledger's day has passed: it comes back by itself, and is then done and confirmed.
        Server.Clock.Advance(TimeSpan.FromDays(21));
        await Server.RestartAsync();
        (street, command, roads) = (await Server.StreetAsync(), await Server.AsAsync("command", "990101", "commander"), await Server.RoadsAsync());
        await Eventually.TrueAsync(async () => (await street.GetAsync(whistle)).Summons("990101-roads").GetProperty("state").GetString() == "returned");
        (await roads.PostAsync($"{whistle}/summonses/990101-roads/ledger/complete", """{"note":"路面已永久恢复"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/summonses/990101-roads/ledger/confirm")).ShouldSucceed();
        StageOf((await street.PostAsync($"{whistle}/close")).ShouldSucceed()).ShouldBe("closed");

        // 8. The revisit finds it wet again: it is reopened as the third round; and 3., whoever blows for it again is told that it is a repeat.
        var reopened = (await street.PostAsync($"{whistle}/reopen", """{"reason":"回访未解决","found":"夜间仍在渗水"}""")).ShouldSucceed();
        (StageOf(reopened), reopened.Json.GetProperty("round").GetInt32()).ShouldBe(("open", 3));
        var again = (await street.PostAsync($"grids/{ExampleCity.Market}/whistles", BurstMain)).ShouldSucceed(201);
        again.Json.GetProperty("blowing").GetProperty("repeat").GetProperty("previous").GetString().ShouldBe(proposed.Id);
        (await street.PostAsync($"whistles/{again.Id}/merge", $$"""{"into":"{{proposed.Id}}","reason":"同一处漏水"}""")).ShouldSucceed();
        (await command.PostAsync($"{whistle}/void", """{"reason":"转由管线改造项目处理"}""")).ShouldSucceed();

        // 11. An exercise goes through the same doors, says so, and counts nowhere. 1. A department leads this one and calls the others.
        // What was merged and what was void count nowhere either; once that is read, nothing older is on its way.
        const int counted = 0;
        await Eventually.TrueAsync(async () => await BlownAsync(street) == counted);
        var exercise = (await roads.PostAsync($"grids/{ExampleCity.Belfry}/whistles", BurstMain.Replace("}", ",\"exercise\":true}", StringComparison.Ordinal))).ShouldSucceed(201);
        exercise.Json.GetProperty("exercise").GetBoolean().ShouldBeTrue();
        exercise.Json.GetProperty("initiator").GetString().ShouldBe("990101-roads");
        (await command.PostAsync($"whistles/{exercise.Id}/withdraw", """{"reason":"演练结束"}""")).ShouldSucceed();
        (await BlownAsync(street)).ShouldBe(counted);

        // 12. What the city learns: whether proposals were taken, and how often each subdistrict whistles.
        (await street.GetAsync("records/proposals?weeks=8")).ShouldSucceed().Json.GetProperty("whistles").GetInt32().ShouldBe(counted);
        (await street.GetAsync("records/whistle-rates?district=990101")).ShouldSucceed();

        // 9. The case file tells all of it on one page, in order, and of the exercise that it was one.
        var file = await CaseFileAsync(street, proposed.Id);
        InOrder(file, "提请审批", "同意吹哨", "加入联合吹哨", "并入反映：路口冒水", "退哨", "会商决定", "第 2 次吹哨", "挂账", "仍在渗水", "办结：管道已修复", "自动转为逾期", "销账", "回访后重新启动", "作废");
        (await CaseFileAsync(street, exercise.Id)).ShouldContain("演练：不作实际处置");
        (await street.GetAsync($"{whistle}/trace")).ShouldSucceed().Json.GetProperty("events").GetArrayLength()
            .ShouldBe((int)(await street.GetAsync(whistle)).Version, "the trace has every event");
    }

    private static string? StageOf(Answer answer) => answer.Json.GetProperty("stage").GetString();

    private string Day(int later) => Bodies.Day(Server.Now.ToOffset(TimeSpan.FromHours(8)), later);

    private string CheckIn(string crew, double lon) => Bodies.CheckIn(Server.Now, lon).Replace("\"headcount\"", $"\"crew\":\"{crew}\",\"headcount\"", StringComparison.Ordinal);

    private static async Task<List<JsonElement>> ImportAsync(Person person, params string[] lines)
    {
        using var csv = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        csv.Headers.ContentType = new("text/csv");
        return [.. (await person.SendAsync(HttpMethod.Post, "reports/import?source=hotline", csv)).ShouldSucceed().Json.GetProperty("rows").EnumerateArray()];
    }

    private static async Task<int> BlownAsync(Person person) =>
        (await person.GetAsync("records/proposals?weeks=8")).ShouldSucceed().Json.GetProperty("whistles").GetInt32();

    private static async Task<string> CaseFileAsync(Person person, string id) => (await person.GetAsync($"whistles/{id}/case-file?lang=zh")).Text;

    private static void InOrder(string text, params string[] parts)
    {
        var at = text.IndexOf("办理过程", StringComparison.Ordinal);
        foreach (var part in parts)
        {
            var next = text.IndexOf(part, at, StringComparison.Ordinal);
            next.ShouldBeGreaterThan(-1, $"“{part}” is not there, or not in its place");
            at = next;
        }
    }
}
