using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using WhistleActors.Contract.SignIn;
using WhistleActors.Server.SignIn;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;
using ApprovalRule = WhistleActors.Domain.CityPacks.ApprovalRule;

namespace WhistleActors.Server.Tests.OpenApi;

/// <summary>A server with a scenario to plan with, in a city where a campaign waits for its approval.</summary>
public sealed class HostileServer : IAsyncLifetime
{
    private const string Day = """
        name: { zh: 一天, en: A day }
        city: example
        start: 2026-03-02
        days: 1
        replications: 1
        target: 0.9
        arrivals:
          - per-day: 4
            matters: [burst-main]
        """;

    private readonly string plans = Directory.CreateTempSubdirectory("whistle-plans-").FullName;

    internal TestServer Server { get; private set; } = null!;

    internal Grounds Grounds { get; private set; } = null!;

    /// <summary>How many people have come: each sends one request, so that whatever is stored tells by which.</summary>
    internal int People { get; set; }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(plans, "day.yaml"), Day);
        Server = await TestServer.StartAsync(
            fakeClock: true,
            ExampleCity.Pack with
            {
                BlowingPolicy = ExampleCity.Pack.Blowing with
                {
                    Approvals = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<Domain.Whistles.WhistleLevel, ApprovalRule>
                    {
                        [Domain.Whistles.WhistleLevel.Campaign] = new(Domain.Officers.Role.SubdistrictLeader, Within: null),
                    }),
                },
            },
            "--plans",
            plans);
        Grounds = new Grounds(Server);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(plans, recursive: true);
    }
}

/// <summary>
/// Whatever is sent to an operation of the contract, it is refused precisely or it is right: each operation is brought where it may be done, and is
/// then tried with all that can be hostile in its path, its query, its headers and its body.
/// </summary>
public sealed partial class HostileInputTests(HostileServer fixture) : IClassFixture<HostileServer>
{
    private const int Seed = 20261128;

    private readonly List<string> faults = [];
    private readonly HashSet<string> refused = [];
    private Operation operation = null!;
    private Chance? chance;

    public static TheoryData<string> Operations => [.. Operation.All.Keys];

    private TestServer Server => fixture.Server;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Whatever_is_hostile_is_refused_precisely_and_leaves_nothing_behind(string name)
    {
        operation = Operation.All[name];
        var before = LastEvent();
        await ShouldBeRightAsync();
        await TrySignInAsync();
        await TryPathAsync();
        await TryQueryAsync();
        await TryHeadersAsync();
        await TryBodyAsync();

        faults.ShouldBeEmpty();
        PeopleIn(before).Intersect(refused).ShouldBeEmpty("what was refused is in the journal");
        (await Server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // The ground that the rest stands on: the operation can be done here, and what is done is found in the journal by who did it.
    private async Task ShouldBeRightAsync()
    {
        var before = LastEvent();
        Sent? sent = null;
        await Eventually.TrueAsync(
            async () => (sent = await SendAsync("as it should be")).Answer.Status < 400 || operation.Path.Contains("dead-letters/", StringComparison.Ordinal),
            TimeSpan.FromSeconds(5),
            () => Task.FromResult($"{operation.Name} {chance}: {sent?.Answer.Text}"));
        if (operation is { NeedsToken: true, Method: not "GET" } && !IsOutsideTheJournal(operation))
            PeopleIn(before).ShouldContain(sent!.Person, "nothing tells who did it");
    }

    private async Task TrySignInAsync()
    {
        if (!operation.NeedsToken)
            return;
        (string Name, Func<string, string?> Header)[] broken =
        [
            ("without a token", _ => null),
            ("with half a token", token => $"Bearer {token[..(token.Length / 2)]}"),
            ("with a token of somebody else's signature", token => $"Bearer {token[..^4]}AAAA"),
            ("with no token", _ => "Bearer %00"),
            ("with a token for something else", token => $"Basic {token}"),
        ];
        foreach (var (what, header) in broken)
        {
            var sent = await SendAsync(what, authorization: header);
            Expect(sent, sent.Answer.Status == 401 && CodeOf(sent.Answer) == "not-signed-in", "401 not-signed-in");
        }
    }

    private async Task TryPathAsync()
    {
        foreach (var parameter in operation.In("path"))
        {
            foreach (var (value, possible) in Hostile.Segments)
            {
                // The server never sees these: what they leave out of a path names another operation.
                if (value is ".." or "%2E%2E" && operation.Method != "GET")
                    continue;
                var sent = await SendAsync($"{{{parameter.Name}}} = {Short(value)}", names: (parameter.Name, value));
                Expect(sent, possible || sent.Answer.Status is >= 400 and < 500, "to be refused");
            }
        }
    }

    private async Task TryQueryAsync()
    {
        foreach (var parameter in operation.In("query"))
        {
            foreach (var (value, possible) in Hostile.Query(parameter.Schema))
            {
                var sent = await SendAsync($"?{parameter.Name}={Short(value)}", names: (parameter.Name, value));
                Expect(sent, possible || sent.Answer.Status is 400 or 422, "to be refused");
                if (parameter.Schema.Format == "date-time")
                    await SendAsync($"only ?{parameter.Name}={Short(value)}", names: (parameter.Name, value), isAlone: true);
                Expect(sent, sent.Answer.Status is not (400 or 422) || !HasErrors(sent.Answer) || Pointers(sent.Answer).Contains($"?{parameter.Name}"), $"?{parameter.Name} to be named");
            }

            await SendAsync($"?{parameter.Name} twice", more: $"{parameter.Name}=x&{parameter.Name}=y");
        }

        await SendAsync("a parameter that nobody knows", more: "hostile=%0d%0aX-Injected:1&__proto__[x]=1&access_token=x");
    }

    private async Task TryHeadersAsync()
    {
        foreach (var parameter in operation.In("header"))
        {
            foreach (var value in (string[])["a b", "\t", "\"", "W/\"1\"", "\"-1\"", "\"99999999999999999999\"", "\"1\", \"2\"", "*, *", "\"NaN\"", new string('k', 129), "'; DROP TABLE journal; --"])
            {
                var sent = await SendAsync($"{parameter.Name}: {Short(value)}", header: (parameter.Name, value));
                Expect(sent, sent.Answer.Status is < 300 or 400 or 412, "to be refused or taken");
                if (parameter.Name == "If-Match")
                    Expect(sent, sent.Answer.Status is 400 or 412, "to be refused");
            }
        }
    }

    private async Task TryBodyAsync()
    {
        if (operation.Body is not { } schema)
        {
            await TryOtherBodyAsync();
            return;
        }

        var isPlan = operation.Path == "/api/v1/plans";
        var valid = (await PreparedAsync()).Body;
        foreach (var (what, body) in Hostile.NoJson(valid))
            Expect(await SendAsync(what, _ => body), 400, "malformed-json");
        foreach (var json in Hostile.NoObjects)
            Expect(await SendAsync($"the body {json}", _ => Encoding.UTF8.GetBytes(json)), isPlan ? 422 : 400, isPlan ? "plan-refused" : "malformed-json");
        Expect(await SendAsync("a body over the limit", body => [.. Encoding.UTF8.GetBytes(body), .. Enumerable.Repeat((byte)' ', 64 * 1024)]), 413, "body-too-large");
        Expect(await SendAsync("a property twice", _ => """{"a":1,"a":2}"""u8.ToArray()), 400, "malformed-json");
        foreach (var type in (string[])["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/xml"])
            Expect(await SendAsync(type, contentType: type), 415, "not-json");
        foreach (var (written, pointer) in Hostile.Extra)
        {
            var sent = await SendAsync($"the property \"{written}\"", body => Encoding.UTF8.GetBytes(body.Length > 2 ? $"{{\"{written}\":1,{body[1..]}" : $"{{\"{written}\":1}}"));
            Expect(sent, isPlan ? 422 : 400, isPlan ? "plan-refused" : "malformed-json");
            Expect(sent, Pointers(sent.Answer).Contains(pointer), $"{pointer} to be named");
        }

        Expect(await SendAsync("a property of half a character", _ => """{"\ud800":1}"""u8.ToArray()), 400, "malformed-json");

        // The changes of a plan that another is compared with are read as its own are.
        foreach (var (at, place) in schema.Places().Where(one => one.At is not ["against", "changes", _, ..]))
        {
            var pointer = $"/{string.Join('/', at)}";
            foreach (var (value, sense) in Hostile.At(place, at[^1]))
            {
                var sent = await SendAsync($"{pointer} = {Short(value ?? "nothing")}", body => Encoding.UTF8.GetBytes(schema.With(body, at, value)));
                switch (sense)
                {
                    case Sense.NoJson:
                        Expect(sent, 400, "malformed-json");
                        break;
                    case Sense.WrongKind or Sense.Impossible:
                        Expect(sent, sent.Answer.Status is 400 or 422, "to be refused");

                        // A rule of the city's has a code that says what is wrong; a plan that is too deep is not read as far as its place, and one beside a scenario not at all.
                        Expect(sent, CodeOf(sent.Answer) is not ("invalid-fields" or "malformed-json" or "plan-refused") || IsNamed(sent.Answer, pointer) || (isPlan && (pointer is "/plan" or "/against/plan" || value!.StartsWith("{\"a\":{", StringComparison.Ordinal) || value.StartsWith("[[[", StringComparison.Ordinal))), $"{pointer} to be named");
                        break;
                }
            }
        }

        foreach (var body in Hostile.Spoilt(valid, new Random(Seed), 15))
            await SendAsync($"the body {Encoding.UTF8.GetString(body)}", _ => body);
    }

    private async Task TryOtherBodyAsync()
    {
        if (operation.Method is "GET" or "DELETE")
        {
            await SendAsync("a body that nobody asked for", _ => "{"u8.ToArray(), contentType: "application/json");
            return;
        }

        var valid = (await PreparedAsync()).Body;
        byte[][] bodies =
        [
            [], [0], [0xFF, 0xFE], new byte[100_000], "{}"u8.ToArray(), Encoding.UTF8.GetBytes(new string('"', 5_001)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("工单编号,标题\r\n", 6_000))),
            Encoding.UTF8.GetBytes("工单编号,标题\r\n\"" + new string('x', 50_000)), "工单编号,标题\r\n\0,\0\r\n\ufffd,\u202e\r\n=1+1,@x\r\n"u8.ToArray(),
            Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\r\n", 2_000))),
            Encoding.UTF8.GetBytes(valid.Replace("DTSTART:20260311T000000Z", "DTSTART:00000000T000000Z", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(valid.Replace("DTEND:20260311T010000Z", "DTEND:99991231T235959Z", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(valid.Replace("DTEND:20260311T010000Z", "DURATION:P99999999999D", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(valid.Replace("DTSTART:2026", "RRULE:FREQ=SECONDLY\r\nDTSTART:1926", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(valid.Replace("SUMMARY:x", "RRULE:FREQ=NEVER;INTERVAL=-1;COUNT=99999999999\r\nSUMMARY:\0", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes(valid.Replace("X-WHISTLE-PERSON:x", "X-WHISTLE-PERSON:..\r\nX-WHISTLE-RANK:king\r\nX-WHISTLE-CONTACT:\r\nX-WHISTLE-CONTACT:email:x", StringComparison.Ordinal)),
        ];
        foreach (var (body, i) in bodies.Concat(Hostile.Spoilt(valid, new Random(Seed), 30)).Select((body, i) => (body, i)))
            await SendAsync($"body {i} {Short(Encoding.UTF8.GetString(body))}", _ => body);
        foreach (var type in (string[])["text/plain", "multipart/form-data; boundary=x", "application/json"])
            await SendAsync(type, contentType: type);
    }

    private async Task<Chance> PreparedAsync() => chance ??= await fixture.Grounds.PrepareAsync(operation);

    // The request as it should be but for one thing. What is accepted may have used the chance up.
    private async Task<Sent> SendAsync(
        string what, Func<string, byte[]>? spoil = null, string? contentType = null, (string Name, string Value)? names = null, string more = "",
        (string Name, string Value)? header = null, Func<string, string?>? authorization = null, bool isAlone = false)
    {
        var now = await PreparedAsync();
        var all = names is { } other ? now.Names.SetItem(other.Name, other.Value) : now.Names;
        var path = operation.In("path").Aggregate(operation.Path, (made, parameter) => made.Replace($"{{{parameter.Name}}}", all[parameter.Name], StringComparison.Ordinal));
        var query = string.Join('&', operation.In("query").Where(parameter => all.ContainsKey(parameter.Name) && (!isAlone || parameter.Name == names?.Name)).Select(parameter => $"{parameter.Name}={all[parameter.Name]}").Append(more).Where(part => part.Length > 0));
        var person = $"h{++fixture.People}";
        var token = Server.Services.GetRequiredService<DevelopmentSignIn>().SignIn(new SignInRequest(person, person, now.Organisation, now.Role)).Token;

        using var request = new HttpRequestMessage(
            new HttpMethod(operation.Method), new Uri($"{Server.Address.GetLeftPart(UriPartial.Authority)}{path}{(query.Length > 0 ? "?" : "")}{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if ((authorization is null ? $"Bearer {token}" : authorization(token)) is { } credentials)
            request.Headers.TryAddWithoutValidation("Authorization", credentials);
        if (header is { } extra)
            request.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
        if (now.ContentType is not null || spoil is not null)
        {
            var isText = now.ContentType != "image/png";
            request.Content = new ByteArrayContent(spoil is not null ? spoil(now.Body) : isText ? Encoding.UTF8.GetBytes(now.Body) : Encoding.Latin1.GetBytes(now.Body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? now.ContentType);
        }

        var files = StoredFiles();
        using var response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).SelectMany(one => one.Value.Select(value => (one.Key, value))).ToList();
        var sent = new Sent(what, person, await Answer.OfAsync(response));
        Look(sent, headers, request.RequestUri!.PathAndQuery);
        if (sent.Answer.Status >= 400)
        {
            refused.Add(person);
            Expect(sent, StoredFiles() == files, "no file to be kept");
        }
        else if (operation.Method != "GET")
        {
            chance = null;
            if (operation.Name == "POST /api/v1/plans")
                fixture.Grounds.Began(sent.Answer.Id);
        }

        return sent;
    }

    // What holds for every answer.
    private void Look(Sent sent, List<(string Name, string Value)> headers, string path)
    {
        var answer = sent.Answer;
        foreach (var (header, value) in headers)
            Expect(sent, !header.Equals(Hostile.Injected, StringComparison.OrdinalIgnoreCase) && !value.Contains(Hostile.Injected, StringComparison.OrdinalIgnoreCase) && value.All(c => c is >= ' ' and <= '~'), $"the header {header}: {value} not to be");

        // Such a path is none: the connection answers, before there is a request.
        if (answer is { Status: 400, Text: "" } && Unreadable().IsMatch(path))
            return;

        // And what a path without its parameter is called may be another operation, or none.
        var isThis = !path.Contains("..", StringComparison.Ordinal) && !path.Contains("%2E", StringComparison.OrdinalIgnoreCase);
        Expect(sent, answer.Status < 500 || (answer.Status == 503 && operation.Responses.Contains(503)), "no error inside");
        Expect(sent, !isThis || operation.Responses.Contains(answer.Status) || answer is { Status: 404 } && CodeOf(answer) == "unknown-path", "a status that the contract names");
        if (answer.Status < 400)
            return;
        try
        {
            answer.ShouldBeRefused(answer.Status, CodeOf(answer));
            Code().IsMatch(CodeOf(answer)).ShouldBeTrue();
            answer.Text.ShouldNotContain("Exception");
            answer.Json.TryGetProperty("remedy", out _).ShouldBe(answer.Json.TryGetProperty("remedyZh", out _));
        }
        catch (Exception wrong) when (wrong is ShouldAssertException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            faults.Add($"{sent.What}: no problem as the contract has it: {answer.Status} {answer.ContentType} {answer.Text} {wrong.Message}");
        }
    }

    private void Expect(Sent sent, int status, string code) =>
        Expect(sent, sent.Answer.Status == status && CodeOf(sent.Answer) == code, $"{status} {code}");

    private void Expect(Sent sent, bool isSo, string expected)
    {
        if (!isSo)
            faults.Add($"{sent.What}: expected {expected}, was {sent.Answer.Status} {(sent.Answer.Text.Length > 600 ? sent.Answer.Text[..600] : sent.Answer.Text)}");
    }

    private static string CodeOf(Answer answer)
    {
        try
        {
            return answer.Json.GetProperty("code").GetString() ?? "";
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "";
        }
    }

    private static bool HasErrors(Answer answer) => answer.Json.TryGetProperty("errors", out _);

    private static IEnumerable<string> Pointers(Answer answer) => answer.Status >= 400 && HasErrors(answer)
        ? answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)
        : [];

    // The place itself, what is in it, or what it is in.
    private static bool IsNamed(Answer answer, string pointer) =>
        Pointers(answer).Any(named => named == pointer || named.StartsWith(pointer + "/", StringComparison.Ordinal) || (named.Length > 0 && pointer.StartsWith(named + "/", StringComparison.Ordinal)));

    private static bool IsOutsideTheJournal(Operation operation) =>
        operation.Path.StartsWith("/api/v1/plans", StringComparison.Ordinal) || operation.Path == "/api/v1/attachments" || operation.Path.Contains("dead-letters", StringComparison.Ordinal)
        || operation is { Method: "DELETE" };

    private static string Short(string text) => text.Length > 100 ? $"{text[..60]}… ({text.Length})" : text;

    private int StoredFiles() => operation.Path != "/api/v1/attachments" ? 0 : Directory.EnumerateFiles(Server.Places.Folder, "*", SearchOption.AllDirectories).Count(file => !file.Contains(".db", StringComparison.Ordinal));

    private long LastEvent() => Query("SELECT coalesce(max(ordering), 0) FROM journal", reader => reader.GetInt64(0)).Single();

    // That a report was to become a whistle is written down before the whistle's grid is asked, and so is its refusal.
    private HashSet<string> PeopleIn(long after) =>
        [.. Query($"SELECT CAST(message AS TEXT) FROM journal WHERE ordering > {after} AND manifest NOT LIKE 'whistling-%'", reader => reader.GetString(0)).SelectMany(text => PersonOf().Matches(text)).Select(match => match.Groups[1].Value)];

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.Places.Folder, "whistle-actors.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Nothing of it comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }

    [GeneratedRegex("\"(h[0-9]+)\"")]
    private static partial Regex PersonOf();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Code();

    [GeneratedRegex("%00|%FF|%ED%A0%80|%u0041")]
    private static partial Regex Unreadable();

    private sealed record Sent(string What, string Person, Answer Answer);
}
