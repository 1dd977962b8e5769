using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Life;

/// <summary>What those on a case record and tell each other, as a caller meets it.</summary>
public sealed class DossierTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Complainant = """{"kind":"complainant","name":"赵六","phone":"13800138000","remark":"住二层"}""";
    private const string Shopkeeper = """{"kind":"responsible","name":"钱七","phone":"010-6512 0000"}""";
    private const string Matter = """{"title":"去年同一处爆管","reference":"2025-0317","remark":"尚未更换管线"}""";
    private const string Object = """{"id":"0101010101000001","name":"上水井盖"}""";

    public static TheoryData<string> Bad => [.. BadRequests.Keys];

    private static Dictionary<string, (string Path, string Body, int Status, string Code, string? Pointer, string? Why)> BadRequests { get; } = new()
    {
        ["a person without a name"] = ("dossier/people", """{"kind":"witness"}""", 422, "invalid-fields", "/name", "missing"),
        ["a person of no kind"] = ("dossier/people", """{"name":"赵六"}""", 422, "invalid-fields", "/kind", "missing"),
        ["a person of a wrong kind"] = ("dossier/people", """{"kind":"suspect","name":"赵六"}""", 422, "invalid-fields", "/kind", "unknown-value"),
        ["a name of 101 characters"] = ("dossier/people", $$"""{"kind":"witness","name":"{{new string('赵', 101)}}"}""", 422, "invalid-fields", "/name", "text-too-long"),
        ["a name that turns the text around"] = ("dossier/people", """{"kind":"witness","name":"a\u202eb"}""", 422, "invalid-fields", "/name", "text-with-control-characters"),
        ["a phone with letters"] = ("dossier/people", """{"kind":"witness","name":"赵六","phone":"tel:12345"}""", 422, "invalid-fields", "/phone", "not-a-phone-number"),
        ["a phone of four digits"] = ("dossier/people", """{"kind":"witness","name":"赵六","phone":"1234"}""", 422, "invalid-fields", "/phone", "not-a-phone-number"),
        ["a phone without end"] = ("dossier/people", $$"""{"kind":"witness","name":"赵六","phone":"{{new string('1', 33)}}"}""", 422, "invalid-fields", "/phone", "text-too-long"),
        ["a matter without a title"] = ("dossier/matters", "{}", 422, "invalid-fields", "/title", "missing"),
        ["a remark of 501 characters"] = ("dossier/matters", $$"""{"title":"x","remark":"{{new string('x', 501)}}"}""", 422, "invalid-fields", "/remark", "text-too-long"),
        ["an object without an id"] = ("dossier/objects", """{"name":"井盖"}""", 422, "invalid-fields", "/id", "missing"),
        ["an object's id with a space"] = ("dossier/objects", """{"id":"0101 0101","name":"井盖"}""", 422, "invalid-fields", "/id", "not-a-code"),
        ["an object's id of 14 digits"] = ("dossier/objects", """{"id":"11010101010001","name":"井盖"}""", 422, "component-id-malformed", null, null),
        ["an object of an unknown register"] = ("dossier/objects", """{"id":"0101010101000001","scheme":"cn20","name":"井盖"}""", 422, "invalid-fields", "/scheme", "unknown-value"),
        ["a number for an object's id"] = ("dossier/objects", """{"id":101010101000001,"name":"井盖"}""", 400, "malformed-json", "/id", "unexpected"),
        ["a note without a text"] = ("notes", "{}", 422, "invalid-fields", "/text", "missing"),
        ["an empty note"] = ("notes", """{"text":" \n "}""", 422, "invalid-fields", "/text", "text-empty"),
        ["a note of 2,001 characters"] = ("notes", $$"""{"text":"{{new string('水', 2_001)}}"}""", 422, "invalid-fields", "/text", "text-too-long"),
        ["eleven attachments"] = ("notes", $$"""{"text":"x","attachments":[{{string.Join(',', Enumerable.Range(0, 11).Select(i => $$"""{"hash":"{{i:x64}}","name":"a.jpg"}"""))}}]}""", 422, "invalid-fields", "/attachments", "too-many"),
        ["an attachment twice"] = ("notes", Note("a.jpg", "a.jpg"), 422, "invalid-fields", "/attachments/1/hash", "twice"),
        ["an attachment that is not here"] = ("notes", Note("a.jpg"), 404, "unknown-attachment", null, null),
        ["a path for a hash"] = ("notes", """{"text":"x","attachments":[{"hash":"../../whistle-actors.db","name":"a.jpg"}]}""", 422, "invalid-fields", "/attachments/0/hash", "not-a-hash"),
        ["an attachment without a hash"] = ("notes", """{"text":"x","attachments":[{"name":"a.jpg"}]}""", 422, "invalid-fields", "/attachments/0/hash", "missing"),
        ["an attachment without a name"] = ("notes", Note(""), 422, "invalid-fields", "/attachments/0/name", "text-empty"),
        ["a path for a name"] = ("notes", Note("../etc/passwd"), 422, "invalid-fields", "/attachments/0/name", "not-a-file-name"),
        ["a path of Windows for a name"] = ("notes", Note("..\\\\evil.jpg"), 422, "invalid-fields", "/attachments/0/name", "not-a-file-name"),
        ["a hidden name"] = ("notes", Note(".htaccess"), 422, "invalid-fields", "/attachments/0/name", "not-a-file-name"),
        ["a name with a new line"] = ("notes", Note("a\\nSet-Cookie: b"), 422, "invalid-fields", "/attachments/0/name", "not-a-file-name"),
        ["a name with an override of direction"] = ("notes", Note("photo\\u202egpj.exe"), 422, "invalid-fields", "/attachments/0/name", "text-with-control-characters"),
        ["a note for a whistle that never was"] = ("../99010100100101-999999/notes", """{"text":"x"}""", 404, "unknown-whistle", null, null),
    };

    private TestServer Server => fixture.Server;

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_wrong_is_refused_and_changes_nothing(string name)
    {
        var (path, body, status, code, pointer, why) = BadRequests[name];
        var (street, id) = (await Server.StreetAsync(), await BlowAsync());
        var before = (await street.GetAsync($"whistles/{id}/trace")).Text;

        var answer = (await street.PostAsync(path.StartsWith("../", StringComparison.Ordinal) ? $"whistles/{path[3..]}" : $"whistles/{id}/{path}", body)).ShouldBeRefused(status, code);

        if (pointer is not null)
            answer.ShouldName(pointer, why!);
        (await street.GetAsync($"whistles/{id}/trace")).Text.ShouldBe(before);
    }

    [Fact]
    public async Task Everybody_on_the_case_reads_what_one_of_them_tells_before_anybody_has_come()
    {
        var (street, water, roads, id) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await Server.RoadsAsync(), await BlowAsync());
        var photo = await water.UploadAsync(Files.Jpeg("burst"));
        (await street.PostAsync($"whistles/{id}/dossier/matters", Matter)).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/objects", Object)).ShouldSucceed();
        var noted = (await water.PostAsync($"whistles/{id}/notes", $$"""{"text":"水已漫到门口","attachments":[{"hash":"{{photo}}","name":"现场.jpg"}]}""")).ShouldSucceed();

        noted.Json.GetProperty("dossier").GetProperty("newestNote").GetProperty("number").GetInt32().ShouldBe(1);
        var told = await Server.AsAsync("told", "command", "dispatcher");
        foreach (var reader in new[] { street, water, roads, told, await Server.AsAsync("commander", "990101", "commander") })
        {
            var dossier = (await reader.GetAsync($"whistles/{id}/dossier")).ShouldSucceed().Json;
            dossier.GetProperty("version").GetInt64().ShouldBe(4);
            dossier.GetProperty("matters")[0].GetProperty("reference").GetString().ShouldBe("2025-0317");
            dossier.GetProperty("objects")[0].GetProperty("id").GetString().ShouldBe("0101010101000001");
            var note = dossier.GetProperty("notes")[0];
            note.GetProperty("text").GetString().ShouldBe("水已漫到门口");
            note.GetProperty("by").GetProperty("organisation").GetString().ShouldBe("waterworks");
            note.GetProperty("attachments")[0].GetProperty("hash").GetString().ShouldBe(photo);
        }
    }

    [Fact]
    public async Task Who_complained_is_shown_to_the_initiator_and_the_command_centre_and_stands_nowhere_else()
    {
        var (street, water, id) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await BlowAsync());
        var recorded = (await street.PostAsync($"whistles/{id}/dossier/people", Complainant, key: "complaint")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/people", Shopkeeper)).ShouldSucceed();
        var commander = await Server.AsAsync("commander", "990101", "commander");

        foreach (var reader in new[] { street, commander })
        {
            var dossier = (await reader.GetAsync($"whistles/{id}/dossier")).ShouldSucceed();
            dossier.Json.GetProperty("complainantsMasked").GetBoolean().ShouldBeFalse();
            dossier.Text.ShouldContain("赵六");
            (await reader.GetAsync($"whistles/{id}/trace")).Text.ShouldContain("13800138000");
        }

        var masked = (await water.GetAsync($"whistles/{id}/dossier")).ShouldSucceed();
        masked.Json.GetProperty("complainantsMasked").GetBoolean().ShouldBeTrue();
        masked.Json.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("name").GetString()).ShouldBe(["***", "钱七"]);
        foreach (var text in new[]
        {
            recorded.Text,
            masked.Text,
            (await street.PostAsync($"whistles/{id}/dossier/people", Complainant, key: "complaint")).ShouldSucceed().Text,
            (await water.GetAsync($"whistles/{id}")).Text,
            (await water.GetAsync($"whistles/{id}/trace")).Text,
            (await water.GetAsync($"whistles/{id}/case-file")).Text,
            (await (await Server.AsAsync("other", "990101002", "subdistrict-officer")).GetAsync($"whistles/{id}/trace")).Text,
            (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Text,
            (await street.GetAsync("whistles?limit=200")).Text,
        })
        {
            text.ShouldNotContain("赵六");
            text.ShouldNotContain("13800138000");
            text.ShouldNotContain("住二层");
        }

        await using var screen = new Screen(await Screen.ConnectAsync(Server), $"whistle:{id}", null, owns: true);
        var shown = screen.UntilAsync(frame => frame.GetProperty("whistles").EnumerateArray().Any(whistle => whistle.GetProperty("version").GetInt64() == 3));
        while (!shown.IsCompleted)
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var frame = await shown;
        frame.GetRawText().ShouldContain("\"people\":2");
        frame.GetRawText().ShouldNotContain("13800138000");
    }

    [Theory]
    [InlineData("other-street", "990101002", "subdistrict-officer", false)]
    [InlineData("other-commander", "990102", "commander", false)]
    [InlineData("other-roads", "990102-roads", "dispatcher", false)]
    [InlineData("wall", "city", "observer", true)]
    [InlineData("own-wall", "990101001", "observer", true)]
    public async Task Who_is_not_on_the_case_reads_none_of_it_and_adds_nothing(string person, string organisation, string role, bool seesWhistle)
    {
        var (street, id) = (await Server.StreetAsync(), await BlowAsync());
        (await street.PostAsync($"whistles/{id}/notes", """{"text":"水已漫到门口"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/people", Shopkeeper)).ShouldSucceed();
        var stranger = await Server.AsAsync(person, organisation, role);

        (await stranger.GetAsync($"whistles/{id}/dossier")).ShouldBeRefused(403, "not-on-the-case");
        (await stranger.GetAsync($"whistles/{id}/case-file")).ShouldBeRefused(403, "not-on-the-case");
        foreach (var (path, body) in new[] { ("dossier/people", Complainant), ("dossier/matters", Matter), ("dossier/objects", Object), ("notes", """{"text":"x"}""") })
            (await stranger.PostAsync($"whistles/{id}/{path}", body)).ShouldBeRefused(403, "not-on-the-case");
        var trace = await stranger.GetAsync($"whistles/{id}/trace");
        if (!seesWhistle)
        {
            trace.ShouldBeRefused(403, "board-not-yours");
            return;
        }

        trace.ShouldSucceed();
        trace.Json.GetProperty("events").GetArrayLength().ShouldBe(3);
        trace.Text.ShouldNotContain("水已漫到门口");
        trace.Text.ShouldNotContain("钱七");
    }

    [Fact]
    public async Task An_object_is_recorded_once_and_a_note_sent_twice_under_one_key_is_one_note()
    {
        var (street, water, id) = (await Server.StreetAsync(), await Server.WaterworksAsync(), await BlowAsync());
        (await street.PostAsync($"whistles/{id}/dossier/objects", Object)).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/dossier/objects", Object)).ShouldBeRefused(409, "object-already-recorded");

        var first = (await water.PostAsync($"whistles/{id}/notes", """{"text":"到了"}""", key: $"note-{id}")).ShouldSucceed();
        var again = (await water.PostAsync($"whistles/{id}/notes", """{"text":"到了"}""", key: $"note-{id}")).ShouldSucceed();

        again.Replayed.ShouldBeTrue();
        again.Text.ShouldBe(first.Text);
        (await water.GetAsync($"whistles/{id}/dossier")).Json.GetProperty("notes").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_console_asks_for_the_notes_that_it_has_not_seen()
    {
        var (street, id) = (await Server.StreetAsync(), await BlowAsync());
        foreach (var text in new[] { "一", "二", "三" })
            (await street.PostAsync($"whistles/{id}/notes", $$"""{"text":"{{text}}"}""")).ShouldSucceed();

        (await street.GetAsync($"whistles/{id}/dossier?notesAfter=2")).ShouldSucceed().Json.GetProperty("notes").EnumerateArray()
            .Select(note => note.GetProperty("text").GetString()).ShouldBe(["三"]);
        (await street.GetAsync($"whistles/{id}/dossier?notesAfter=-1")).ShouldBeRefused(422, "invalid-fields").ShouldName("?notesAfter", "out-of-range");
    }

    [Fact]
    public async Task The_dossier_is_there_after_the_whistle_has_ended_and_can_be_read_but_not_added_to()
    {
        var (street, id) = (await Server.StreetAsync(), await BlowAsync());
        (await street.PostAsync($"whistles/{id}/notes", """{"text":"误报"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/withdraw", """{"reason":"误报"}""")).ShouldSucceed();

        (await street.PostAsync($"whistles/{id}/notes", """{"text":"x"}""")).ShouldBeRefused(409, "whistle-not-open");
        (await street.GetAsync($"whistles/{id}/dossier")).ShouldSucceed().Json.GetProperty("notes").GetArrayLength().ShouldBe(1);
    }

    private static string Note(params string[] names) =>
        $$"""{"text":"x","attachments":[{{string.Join(',', names.Select(name => $$"""{"hash":"{{new string('a', 64)}}","name":"{{name}}"}"""))}}]}""";

    private async Task<string> BlowAsync() =>
        (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
}
