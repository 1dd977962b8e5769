using System.Security.Cryptography;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Contract.Alerts;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>
/// Servers killed while alerts climb. What came is counted at a real endpoint, and held against what the journal proves: each step is taken once and told
/// in one notice. Who was told when the server died before it had stored that, is told once more, under the same id.
/// </summary>
public sealed class KilledEscalationTests : IAsyncLifetime
{
    private const string Department = "waterworks";
    private static readonly TimeSpan StepAfter = TimeSpan.FromMinutes(1);

    private readonly string webhooks = Path.GetTempFileName();
    private readonly string town = Town.WithAShortChain();
    private Receiver endpoint = null!;

    public async ValueTask InitializeAsync()
    {
        endpoint = await Receiver.StartAsync();
        await File.WriteAllTextAsync(webhooks, $$"""{ "targets": [{ "name": "desk", "url": "{{endpoint.Url}}", "secret": "a secret of more than 24 characters" }] }""");
    }

    public async ValueTask DisposeAsync()
    {
        await endpoint.DisposeAsync();
        File.Delete(webhooks);
        Directory.Delete(town, recursive: true);
    }

    [Fact]
    public async Task A_climb_goes_on_on_the_same_database_and_nobody_is_told_a_step_twice()
    {
        await using var server = new ServerProcess(Settings());
        server.Start();
        await server.ReadyAsync();
        var (street, water) = (server.As("street", "990101001", "subdistrict-officer"), server.As("water", Department, "dispatcher"));
        await StaffAsync(water);

        // Whoever tells the deputy gets no answer until the server is dead.
        var (held, died) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        endpoint.Before = received =>
        {
            if (PersonOf(received) != "bo")
                return Task.CompletedTask;
            held.TrySetResult(received.Headers["webhook-id"]);
            return died.Task;
        };

        // Killed once all is told, and its answers may or may not be stored. Where all that took a minute, the next step was taken already, and its notice is in doubt
        // over both kills.
        var whistles = await BlowAsync(street, 10);
        await ToldAsync("an", whistles, server);
        await server.KillAsync();
        var early = held.Task.IsCompleted;

        // Killed for sure between the sending and the answer.
        server.Start();
        await server.ReadyAsync();
        await Eventually.TrueAsync(() => held.Task.IsCompleted, StepAfter * 2, () => $"told so far: {string.Join(' ', endpoint.All.Select(PersonOf))}\n{server.Output}");
        var unanswered = await held.Task;
        await server.KillAsync();
        endpoint.Before = _ => Task.CompletedTask;
        died.SetResult();
        server.Start();
        await server.ReadyAsync();

        await ToldAsync("bo", whistles, server);
        await ToldAsync("chen", whistles, server);
        await ProvenAsync(street, whistles, server);
        endpoint.All.Count(received => received.Headers["webhook-id"] == unanswered).ShouldBeInRange(2, early ? 3 : 2, "what nobody knows to have arrived is sent once more");
        NothingTwice(whistles, kills: 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_climb_goes_on_on_another_node_when_either_is_lost(int lost)
    {
        await using var database = await TestPostgres.StartAsync();
        int[] ports = [FreePorts.Next(), FreePorts.Next()];
        var key = RandomNumberGenerator.GetBytes(32);
        var nodes = ports.Select(port => new ServerProcess(
        [
            .. Settings(),
            ("WHISTLE_POSTGRES", database.ConnectionString),
            ("WHISTLE_NODE", $"127.0.0.1:{port}"),
            ("WHISTLE_SEEDS", string.Join(',', ports.Select(seed => $"127.0.0.1:{seed}"))),
        ])).ToList();
        await using var first = nodes[0];
        await using var second = nodes[1];
        foreach (var node in nodes)
        {
            node.GiveKey(key);
            node.Start();
        }

        foreach (var node in nodes)
            await node.ReadyAsync();
        await StaffAsync(nodes[lost].As("water", Department, "dispatcher"));
        var whistles = await BlowAsync(nodes[lost].As("street", "990101001", "subdistrict-officer"), 10);
        await ToldAsync("an", whistles, nodes[lost]);

        await nodes[lost].KillAsync();

        var left = nodes[1 - lost];
        await ToldAsync("bo", whistles, left);
        await ToldAsync("chen", whistles, left);
        await ProvenAsync(left.As("street", "990101001", "subdistrict-officer"), whistles, left);
        NothingTwice(whistles, kills: 1);
    }

    private static string PersonOf(Received received) => received.Json.GetProperty("data").GetProperty("person").GetString()!;

    private static IEnumerable<string> WhistlesOf(Received received) =>
        received.Json.GetProperty("data").GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("whistle").GetString()!);

    private static async Task<HashSet<string>> BlowAsync(WhistleClient street, int count)
    {
        var blown = await Task.WhenAll(Enumerable.Range(0, count).Select(number => street.BlowAsync(Town.Grids[number % 2], Town.BurstMain)));
        return [.. blown.Select(answer => answer.Whistle.Id)];
    }

    private static async Task StaffAsync(WhistleClient water)
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddHours(1));
        await water.ReplaceRosterAsync(Department, new RosterRequest(from, to,
        [
            .. new[] { ("an", "on-duty"), ("bo", "deputy"), ("chen", "head") }.Select(shift =>
                new ShiftRequest(shift.Item1, shift.Item1, shift.Item2, from, to, Contacts: [new RosterContactRequest("webhook", "desk")])),
        ]));
    }

    private (string, string)[] Settings() => [("WHISTLE_CITY_PACK", town), ("WHISTLE_WEBHOOKS", webhooks), ("WHISTLE_ALLOWED_NETWORKS", "127.0.0.0/8")];

    private Task<TimeSpan> ToldAsync(string person, HashSet<string> whistles, ServerProcess server) => Eventually.TrueAsync(
        () => endpoint.All.Where(received => PersonOf(received) == person).SelectMany(WhistlesOf).ToHashSet().SetEquals(whistles),
        StepAfter * 3,
        () => $"{person} was told of {endpoint.All.Where(received => PersonOf(received) == person).SelectMany(WhistlesOf).Distinct().Count()}\n{server.Output}");

    private static async Task ProvenAsync(WhistleClient street, HashSet<string> whistles, ServerProcess server)
    {
        foreach (var whistle in whistles)
        {
            IReadOnlyList<AttemptView> attempts = [];
            await Eventually.TrueAsync(
                async () =>
                {
                    attempts = (await street.AlertsAsync(whistle)).Departments.Single(department => department.Department == Department).Attempts;
                    return attempts.Count(attempt => attempt is { Kind: "answered", Result: "delivered" }) >= 3;
                },
                TimeSpan.FromSeconds(60),
                () => server.Output);
            attempts.Where(attempt => attempt.Kind == "step").Select(attempt => (attempt.Rank, attempt.Person)).ShouldBe([("on-duty", "an"), ("deputy", "bo"), ("head", "chen")], whistle);
            attempts.Where(attempt => attempt.Kind == "sent").GroupBy(attempt => attempt.Person).ShouldAllBe(person => person.Select(attempt => attempt.Notice).Distinct().Count() == 1, whistle);
            attempts.Where(attempt => attempt.Kind == "sent").Select(attempt => (attempt.Notice, attempt.Attempt)).ShouldBeUnique();
        }
    }

    // Each person hears of each whistle in one notice; that notice comes again only where a server died over it.
    private void NothingTwice(HashSet<string> whistles, int kills)
    {
        foreach (var person in endpoint.All.GroupBy(PersonOf))
        {
            var notices = person.GroupBy(received => received.Headers["webhook-id"]).ToList();
            notices.SelectMany(notice => WhistlesOf(notice.First())).Order(StringComparer.Ordinal).ShouldBe(whistles.Order(StringComparer.Ordinal), person.Key);
            notices.ShouldAllBe(notice => notice.Count() <= 1 + kills, person.Key);
            notices.ShouldAllBe(notice => notice.Select(copy => copy.Json.GetProperty("data").GetRawText()).Distinct().Count() == 1, person.Key);
        }
    }
}
