using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using WhistleActors.Server.Tests.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.OpenApi;

/// <summary>A request that is right, at a moment when it may be made.</summary>
/// <param name="Names">What stands in its path and its query.</param>
internal sealed record Chance(string Organisation, string Role, string Body, ImmutableDictionary<string, string> Names, string? ContentType);

/// <summary>
/// Brings the city, for each operation, where somebody may do what it is for: a hostile request is then refused for what is hostile in it and for
/// nothing else.
/// </summary>
internal sealed class Grounds(TestServer server)
{
    private const string City = "city";
    private const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260311T000000Z\r\nDTEND:20260311T010000Z\r\nSUMMARY:x\r\nX-WHISTLE-PERSON:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static readonly (string Organisation, string Role) Street = ("990101001", "subdistrict-officer");
    private static readonly (string Organisation, string Role) Leader = ("990101001", "subdistrict-leader");
    private static readonly (string Organisation, string Role) East = ("990102001", "subdistrict-officer");
    private static readonly (string Organisation, string Role) Water = ("waterworks", "dispatcher");
    private static readonly (string Organisation, string Role) Roads = ("990101-roads", "dispatcher");
    private static readonly (string Organisation, string Role) Command = ("990101", "commander");
    private static readonly (string Organisation, string Role) EastCommand = ("990102", "commander");
    private static readonly (string Organisation, string Role) Hotline = ("command", "dispatcher");
    private static readonly (string Organisation, string Role) Administrator = (City, "administrator");

    private readonly List<string> whistles = [];
    private readonly List<string> plans = [];
    private int reports;

    /// <summary>What may be done now by an operation.</summary>
    public async Task<Chance> PrepareAsync(Operation operation)
    {
        await ClearAsync();
        var (who, body, names) = operation.Path.StartsWith("/api/v1/whistles/{id}", StringComparison.Ordinal) ? await OfWhistleAsync(operation)
            : operation.Path.StartsWith("/api/v1/reports/{id}", StringComparison.Ordinal) ? await OfReportAsync(operation)
            : await OfOtherAsync(operation);
        return new Chance(
            who.Organisation,
            who.Role,
            body,
            names.Select(name => KeyValuePair.Create(name.Name, name.Value)).ToImmutableDictionary(),
            operation.Name switch
            {
                "POST /api/v1/attachments" => "image/png",
                "POST /api/v1/reports/import" => "text/csv",
                "PUT /api/v1/departments/{department}/roster.ics" => "text/calendar",
                _ => operation.Body is null ? null : "application/json",
            });
    }

    // Boards that grow with every request would make each of the next ones slower.
    private async Task ClearAsync()
    {
        var (command, administrator) = (await AsAsync(Command), await AsAsync(Administrator));
        foreach (var whistle in whistles)
            await command.PostAsync($"whistles/{whistle}/void", """{"reason":"x"}""");
        whistles.Clear();
        foreach (var plan in plans)
        {
            await administrator.SendAsync(HttpMethod.Delete, $"plans/{plan}", null);
            await Eventually.TrueAsync(async () => (await administrator.GetAsync($"plans/{plan}")).Json.GetProperty("state").GetString() != "running");
        }

        plans.Clear();
    }

    /// <summary>Remembers a simulation that was begun: the next one waits for its end.</summary>
    public void Began(string plan) => plans.Add(plan);

    private async Task<((string Organisation, string Role) Who, string Body, (string Name, string Value)[] Names)> OfWhistleAsync(Operation operation)
    {
        var what = operation.Path["/api/v1/whistles/{id}".Length..].TrimStart('/').Replace("summonses/{department}/", "", StringComparison.Ordinal);
        switch (what)
        {
            case "approve" or "reject":
                return (Leader, what == "approve" ? "{}" : """{"reason":"x"}""", [("id", await BlowAsync(level: "campaign"))]);
            case "join" or "decline":
                return (East, what == "join" ? "{}" : """{"reason":"x"}""", [("id", await BlowAsync(grid: ExampleCity.Market.Text, more: $",\"jointGrids\":[\"{ExampleCity.Station}\"]"))]);
            case "merge":
                return (Street, $$"""{"into":"{{await BlowAsync()}}","reason":"x"}""", [("id", await BlowAsync())]);
            case "substitute":
                return (Command, """{"reason":"x"}""", [("id", await QueueAsync()), ("department", "990101-roads")]);
        }

        var id = await BlowAsync();
        var w = $"whistles/{id}";
        var s = $"{w}/summonses/waterworks";
        switch (what)
        {
            case "reports":
                return On(Street, """{"description":"x","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"}}""");
            case "sign":
                return On(Water, "{}");
            case "depart":
                return On(Water, $$"""{"crew":"waterworks-1","arrivesAt":"{{Later(1)}}"}""");
            case "recall":
                await DoAsync(Water, $"{s}/depart", """{"crew":"waterworks-1"}""");
                return On(Water, """{"reason":"x"}""");
            case "check-in":
                return On(Water, Bodies.CheckIn(server.Now));
            case "contact":
                return On(Water, """{"note":"x"}""");
            case "extension":
                return On(Water, $$"""{"clock":"disposal","until":"{{server.Now.AddDays(30):O}}","reason":"x"}""");
            case "extension/approve" or "extension/refuse":
                await DoAsync(Water, $"{s}/extension", $$"""{"clock":"disposal","until":"{{server.Now.AddDays(30):O}}","reason":"x"}""");
                return On(Street, Decided(what));
            case "suspension":
                return On(Water, $$"""{"until":"{{Bodies.Day(server.Now, 3)}}","reason":"x"}""");
            case "suspension/approve" or "suspension/refuse" or "suspension/end":
                await DoAsync(Water, $"{s}/suspension", $$"""{"until":"{{Bodies.Day(server.Now, 3)}}","reason":"x"}""");
                if (what != "suspension/end")
                    return On(Street, Decided(what));
                await DoAsync(Street, $"{s}/suspension/approve", "{}");
                return On(Water, """{"reason":"x"}""");
            case "dispute":
                return On(Water, """{"reason":"x"}""");
            case "rule":
                await DoAsync(Water, $"{s}/dispute", """{"reason":"x"}""");
                return On(Command, """{"department":"waterworks","kind":"upheld","text":"x","basis":"x"}""");
            case "dossier/people":
                return On(Street, """{"kind":"complainant","name":"x","phone":"13800138000","remark":"x"}""");
            case "dossier/matters":
                return On(Street, """{"title":"x","reference":"x","remark":"x"}""");
            case "dossier/objects":
                return On(Street, """{"id":"0101010101000001","name":"x","scheme":"cn16","remark":"x"}""");
            case "notes":
                return On(Street, $$"""{"text":"x","attachments":[{"hash":"{{await UploadAsync(Street)}}","name":"x.jpg"}]}""");
            case "release":
                return On(Street, """{"department":"990101-roads","reason":"x"}""");
            case "withdraw" or "void" or "blow-again":
                return On(Street, """{"reason":"x"}""");
            case "conference":
                return On(Street, $$"""{"subject":"x","others":["990102-roads"],"meetsAt":"{{Later(2)}}","place":"x"}""");
            case "attachments/{hash}":
                var hash = await UploadAsync(Street);
                await DoAsync(Street, $"{w}/notes", $$"""{"text":"x","attachments":[{"hash":"{{hash}}","name":"x.jpg"}]}""");
                return (Street, "", [("id", id), ("hash", hash)]);
            case "" or "trace" or "dossier" or "case-file" or "alerts":
                return (Street, "", [("id", id), ("alerts", "true"), ("notesAfter", "0"), ("lang", "en")]);
            case "expected":
                return (Street, "", [("id", id)]);
        }

        if (what.StartsWith("conference", StringComparison.Ordinal) || what.StartsWith("tasks/", StringComparison.Ordinal))
        {
            await DoAsync(Street, $"{w}/conference", """{"subject":"x"}""");
            switch (what)
            {
                case "conferences/{number}/minutes":
                    return (Street, "", [("id", id), ("number", "1")]);
                case "conference/position":
                    return On(Water, """{"text":"x"}""");
                case "conference/proposals":
                    return On(Water, $$"""{"text":"x","department":"waterworks","dueOn":"{{Bodies.Day(server.Now, 3)}}"}""");
            }

            await DoAsync(Water, $"{w}/conference/proposals", """{"text":"x"}""");
            var decision = $$"""{"decision":"x","minutesComplete":true,"adopted":[1],"tasks":[{"department":"waterworks","person":"x","text":"x","dueOn":"{{Bodies.Day(server.Now, 3)}}"}]}""";
            switch (what)
            {
                case "conference/answers":
                    return On(Roads, """{"proposal":1,"agrees":true,"reason":"x"}""");
                case "conference/decision":
                    return On(Street, decision);
            }

            await DoAsync(Street, $"{w}/conference/decision", decision);
            if (what == "tasks/complete")
                return On(Water, """{"task":1,"note":"x"}""");
            await DoAsync(Water, $"{w}/tasks/complete", """{"task":1,"note":"x"}""");
            return On(Street, what == "tasks/return" ? """{"task":1,"reason":"x"}""" : """{"task":1}""");
        }

        await DoAsync(Water, $"{s}/check-in", Bodies.CheckIn(server.Now));
        switch (what)
        {
            case "measures":
                return On(Water, """{"text":"x","document":"x"}""");
            case "report":
                return On(Water, """{"text":"x"}""");
            case "leave":
                return On(Water, """{"checkIn":1,"reason":"x"}""");
            case "outcome":
                return On(Water, Bodies.Ledgered(server.Now).TrimEnd('}') + $$$"""},"evidence":[{"sha256":"{{{await UploadAsync(Water)}}}","caption":"x"}]}""");
        }

        var isLedger = what.StartsWith("ledger", StringComparison.Ordinal);
        await DoAsync(Water, $"{s}/outcome", isLedger ? Bodies.Ledgered(server.Now) : Bodies.Resolved);
        switch (what)
        {
            case "accept":
                return On(Street, """{"department":"waterworks"}""");
            case "veto":
                return On(Street, """{"department":"waterworks","reason":"x"}""");
        }

        await DoAsync(Street, $"{w}/accept", """{"department":"waterworks"}""");
        switch (what)
        {
            case "ledger/milestone":
                return On(Water, """{"milestone":1,"note":"x"}""");
            case "ledger/complete":
                return On(Water, """{"note":"x"}""");
            case "ledger/confirm" or "ledger/refuse":
                await DoAsync(Water, $"{s}/ledger/complete", """{"note":"x"}""");
                return On(Street, what == "ledger/confirm" ? "{}" : """{"reason":"x"}""");
            case "ledger/extension":
                return On(Water, $$"""{"until":"{{Bodies.Day(server.Now, 30)}}","reason":"x"}""");
            case "ledger/extension/approve" or "ledger/extension/refuse":
                await DoAsync(Water, $"{s}/ledger/extension", $$"""{"until":"{{Bodies.Day(server.Now, 30)}}","reason":"x"}""");
                return On(Street, Decided(what));
        }

        await DoAsync(Street, $"{w}/release", """{"department":"waterworks"}""");
        await DoAsync(Street, $"{w}/release", """{"department":"990101-roads","reason":"x"}""");
        if (what == "close")
            return On(Street, """{"note":"x"}""");
        await DoAsync(Street, $"{w}/close", "{}");
        return what == "reopen" ? On(Street, """{"reason":"x","found":"x"}""") : throw Unprepared(operation);

        ((string Organisation, string Role), string, (string, string)[]) On((string Organisation, string Role) who, string body) => (who, body, [("id", id), ("department", "waterworks")]);
    }

    private async Task<((string Organisation, string Role) Who, string Body, (string Name, string Value)[] Names)> OfReportAsync(Operation operation)
    {
        var what = operation.Path["/api/v1/reports/{id}".Length..];
        if (what == "/place")
            return (Command, $$$"""{"grid":"{{{ExampleCity.Belfry}}}","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"}}""", [("id", await ReportAsync(",\"district\":\"990101\""))]);
        var id = await ReportAsync($",\"grid\":\"{ExampleCity.Belfry}\"");
        return what switch
        {
            "" => (Street, "", [("id", id)]),
            "/whistle" => (Street, """{"matter":"burst-main","occasion":"public-demand","level":"daily","chain":"service","description":"x"}""", [("id", id)]),
            "/merge" => (Street, $$"""{"whistle":"{{await BlowAsync()}}"}""", [("id", id)]),
            "/dismiss" => (Street, """{"reason":"x"}""", [("id", id)]),
            _ => throw Unprepared(operation),
        };
    }

    private async Task<((string Organisation, string Role) Who, string Body, (string Name, string Value)[] Names)> OfOtherAsync(Operation operation)
    {
        const string Department = "/api/v1/departments/{department}";
        switch (operation.Name)
        {
            case "POST /api/v1/sign-in":
                return (Street, """{"person":"x","name":"x","organisation":"990101001","role":"subdistrict-officer"}""", []);
            case "POST /api/v1/grids/{grid}/whistles":
                return (Street, """{"matter":"burst-main","occasion":"public-demand","level":"daily","chain":"service","description":"x","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"}}""", [("grid", ExampleCity.Belfry.Text)]);
            case "POST /api/v1/attachments":
                return (Street, Encoding.Latin1.GetString(Files.Png), []);
            case "POST /api/v1/reports":
                return (Hotline, NewReport($",\"grid\":\"{ExampleCity.Belfry}\",\"matter\":\"burst-main\",\"occurredAt\":\"2026-03-10T09:00:00+08:00\",\"address\":\"x\",\"caller\":{{\"name\":\"x\",\"phone\":\"13800138000\"}}"), []);
            case "POST /api/v1/reports/import":
                return (Hotline, $"工单编号,标题\r\nI-{++reports},x\r\n", [("source", "hotline")]);
            case "GET /api/v1/reports":
                return (Street, "", [("desk", "990101001"), ("limit", "5"), ("cursor", await ReportAsync($",\"grid\":\"{ExampleCity.Belfry}\""))]);
            case "POST /api/v1/access/{person}/withdraw":
                return (Administrator, """{"reason":"x","tokensBefore":"2026-01-02T03:04:05+08:00"}""", [("person", $"leaver-{++reports}")]);
            case "POST /api/v1/plans":
                return (Command, """{"scenario":"day","changes":{"seed":1},"need":[]}""", []);
            case "GET /api/v1/plans/scenarios/{id}":
                return (Command, "", [("id", "day")]);
            case "GET /api/v1/plans/scenarios" or "GET /api/v1/access/withdrawn" or "GET /api/v1/webhooks" or "GET /api/v1/webhooks/dead-letters":
                return (Administrator, "", []);
            case "GET /api/v1/plans/{id}" or "DELETE /api/v1/plans/{id}":
                var plan = (await (await AsAsync(Command)).PostAsync("plans", """{"scenario":"day"}""")).ShouldSucceed(202).Id;
                Began(plan);
                return (Administrator, "", [("id", plan)]);
            case "POST /api/v1/webhooks/dead-letters/{notice}/resend":
                return (Administrator, "", [("notice", "waterworks-1")]);
            case $"POST {Department}/crews/{{crew}}/assign":
                return (Water, $$"""{"whistle":"{{await BlowAsync()}}","reason":"x"}""", [("department", "waterworks"), ("crew", "waterworks-1")]);
            case $"POST {Department}/crews/{{crew}}/unassign":
                var assigned = await BlowAsync();
                await UntilDoneAsync(Water, "departments/waterworks/crews/waterworks-1/assign", $$"""{"whistle":"{{assigned}}"}""");
                return (Water, """{"reason":"x"}""", [("department", "waterworks"), ("crew", "waterworks-1")]);
            case $"POST {Department}/crews/{{crew}}/duty":
                return (Water, $$"""{"onDuty":false,"until":"{{Later(2)}}","reason":"x{{++reports}}"}""", [("department", "waterworks"), ("crew", "waterworks-2")]);
            case $"POST {Department}/crews/{{crew}}/lend" or $"POST {Department}/crews/{{crew}}/return":
                await (await AsAsync(EastCommand)).PostAsync("departments/990102-roads/crews/990102-roads-1/return", """{"reason":"x"}""");
                if (operation.Path.EndsWith("/return", StringComparison.Ordinal))
                    await DoAsync(EastCommand, "departments/990102-roads/crews/990102-roads-1/lend", $$"""{"to":"990101-roads","until":"{{Later(2)}}","reason":"x"}""", 204);
                return (
                    EastCommand,
                    operation.Path.EndsWith("/lend", StringComparison.Ordinal) ? $$"""{"to":"990101-roads","until":"{{Later(2)}}","reason":"x"}""" : """{"reason":"x"}""",
                    [("department", "990102-roads"), ("crew", "990102-roads-1")]);
            case $"PUT {Department}/allocation/mode":
                var isAutomatic = (await (await AsAsync(Water)).GetAsync("departments/waterworks/allocation")).ShouldSucceed().Json.GetProperty("automatic").GetBoolean();
                return (Water, $$"""{"automatic":{{(isAutomatic ? "false" : "true")}}}""", [("department", "waterworks")]);
            case $"POST {Department}/priorities":
                return (Water, $$"""{"whistle":"{{await BlowAsync()}}","minutes":10,"reason":"x"}""", [("department", "waterworks")]);
            case $"PUT {Department}/throttle":
                return (Water, $$"""{"levels":["daily"],"until":"{{Later(1)}}","reason":"x{{++reports}}"}""", [("department", "waterworks")]);
            case $"PUT {Department}/roster":
                return (Water, $$"""{"from":"{{Later(1)}}","to":"{{Later(9)}}","shifts":[{"person":"x","name":"x{{++reports}}","rank":"on-duty","from":"{{Later(1)}}","to":"{{Later(9)}}","kind":"regular","contacts":[{"channel":"email","address":"a@example.org"}]}]}""", [("department", "waterworks")]);
            case $"PUT {Department}/roster.ics":
                return (Water, Calendar.Replace("SUMMARY:x", $"SUMMARY:x{++reports}", StringComparison.Ordinal), [("department", "waterworks"), ("from", "2026-03-10T00:00:00Z"), ("to", "2026-03-12T00:00:00Z")]);
            case $"GET {Department}/roster" or $"GET {Department}/roster.ics":
                return (Water, "", [("department", "waterworks"), ("from", "2026-03-10T00:00:00Z"), ("to", "2026-03-12T00:00:00Z")]);
            case $"POST {Department}/roster/hand-over":
                return (Water, $$"""{"rank":"on-duty","person":"x","name":"x{{++reports}}","until":"{{Later(8)}}","contacts":[{"channel":"email","address":"a@example.org"}]}""", [("department", "waterworks")]);
            case $"PUT {Department}/notification-rules":
                return (Water, """{"channels":["email"],"quietFrom":"22:00","quietTo":"07:00"}""", [("department", "waterworks")]);
            case $"POST {Department}/push-subscriptions":
                using (var keys = new BrowserKeys())
                    return (Water, keys.Subscription($"https://push.example/{++reports}"), [("department", "waterworks")]);
            case $"DELETE {Department}/push-subscriptions":
                return (Water, "", [("department", "waterworks"), ("endpoint", "https%3A%2F%2Fpush.example%2F0")]);
        }

        return operation is { Method: "GET", Body: null } && operation.Parameters.All(parameter => Plain.ContainsKey(parameter.Name))
            ? (operation.Path.StartsWith(Department, StringComparison.Ordinal) ? Water : operation.Path.Contains("/{district}/", StringComparison.Ordinal) ? Command : Street, "", [.. operation.Parameters.Select(parameter => (parameter.Name, Plain[parameter.Name]))])
            : throw Unprepared(operation);
    }

    private static readonly ImmutableDictionary<string, string> Plain = new Dictionary<string, string>
    {
        ["grid"] = ExampleCity.Belfry.Text, ["matter"] = "burst-main", ["lon"] = "120.005", ["lat"] = "30.005", ["datum"] = "wgs84", ["metres"] = "500", ["department"] = "waterworks",
        ["district"] = "990101", ["subdistrict"] = "990101001", ["board"] = "subdistrict:990101001", ["limit"] = "5", ["cursor"] = $"{ExampleCity.Belfry}-1", ["ledgers"] = "true",
        ["minutes"] = "30", ["weeks"] = "4",
    }.ToImmutableDictionary();

    private static InvalidOperationException Unprepared(Operation operation) =>
        new($"Nobody has said how '{operation.Name}' can be done: write it into {nameof(Grounds)}, so that hostile input to it is tried.");

    private static string Decided(string what) => what.EndsWith("approve", StringComparison.Ordinal) ? "{}" : """{"reason":"x"}""";

    private string Later(int hours) => server.Now.AddHours(hours).ToString("O", CultureInfo.InvariantCulture);

    private Task<Person> AsAsync((string Organisation, string Role) who) => server.AsAsync($"{who.Role}.{who.Organisation}", who.Organisation, who.Role);

    private async Task DoAsync((string Organisation, string Role) who, string path, string body, int status = 200)
    {
        var answer = await (await AsAsync(who)).PostAsync(path, body);
        if (answer.Status != status)
            throw new InvalidOperationException($"{path} {body}: {answer.Status} {answer.Text}");
    }

    // What a department must have heard of first.
    private async Task UntilDoneAsync((string Organisation, string Role) who, string path, string body)
    {
        var person = await AsAsync(who);
        await Eventually.TrueAsync(async () => (await person.PostAsync(path, body)).Status == 204);
    }

    private async Task<string> BlowAsync(string level = "daily", string? grid = null, string more = "")
    {
        var street = await AsAsync(Street);
        var id = (await street.PostAsync(
            $"grids/{grid ?? ExampleCity.Belfry.Text}/whistles",
            $$"""{"matter":"burst-main","occasion":"public-demand","level":"{{level}}","description":"x"{{more}}}""")).ShouldSucceed(201).Id;
        whistles.Add(id);
        return id;
    }

    // One crew, two whistles: for one of the two there is nobody.
    private async Task<string> QueueAsync()
    {
        await BlowAsync();
        await BlowAsync();
        var roads = await AsAsync(Roads);
        var queued = "";
        await Eventually.TrueAsync(async () =>
        {
            var queue = (await roads.GetAsync("departments/990101-roads/allocation")).ShouldSucceed().Json.GetProperty("queue").EnumerateArray()
                .Where(entry => entry.TryGetProperty("substitute", out _)).Select(entry => entry.GetProperty("whistle").GetString()!).Where(whistles.Contains).ToList();
            queued = queue.FirstOrDefault("");
            return queued.Length > 0;
        });
        return queued;
    }

    private string NewReport(string more) => $$"""{"source":"hotline","number":"N-{{++reports}}","title":"x","text":"x"{{more}}}""";

    private async Task<string> ReportAsync(string more) => (await (await AsAsync(Hotline)).PostAsync("reports", NewReport(more))).ShouldSucceed(201).Id;

    private async Task<string> UploadAsync((string Organisation, string Role) who)
    {
        using var content = new ByteArrayContent(Files.Jpeg($"x{++reports}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return (await (await AsAsync(who)).SendAsync(HttpMethod.Post, "attachments", content)).ShouldSucceed(201).Json.GetProperty("hash").GetString()!;
    }
}
