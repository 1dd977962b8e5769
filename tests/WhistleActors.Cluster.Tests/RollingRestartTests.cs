using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>Three nodes on one PostgreSQL, each of which is stopped in order and started again while people work and screens look on through all of them.</summary>
public sealed class RollingRestartTests
{
    private const string OlderBuild = "WHISTLE_OLDER_BUILD";
    private const int StaysOpenEvery = 8;

    // A deadline that passes is recorded within a second, or when the node that held it is replaced: that takes the others a moment.
    private static readonly TimeSpan ReplacedWithin = TimeSpan.FromSeconds(5);

    [Fact]
    public Task All_nodes_are_replaced_one_after_the_other_and_nobody_loses_anything() => RollAsync(older: null);

    [Fact]
    public Task All_nodes_of_an_older_build_are_replaced_by_this_one_and_nobody_loses_anything()
    {
        var older = Environment.GetEnvironmentVariable(OlderBuild);
        Assert.SkipWhen(string.IsNullOrEmpty(older), $"No release is tagged yet; {OlderBuild} may name the folder of an older build of the server.");
        return RollAsync(older);
    }

    private static async Task RollAsync(string? older)
    {
        await using var database = await TestPostgres.StartAsync();
        var town = Town.InAHurry();
        int[] ports = [FreePorts.Next(), FreePorts.Next(), FreePorts.Next()];
        var key = RandomNumberGenerator.GetBytes(32);
        var nodes = ports.Select(port => new ServerProcess(
            ("WHISTLE_CITY_PACK", town),
            ("WHISTLE_POSTGRES", database.ConnectionString),

            // Nobody is killed here, and a busy machine must not make a node look so.
            ("WHISTLE_HOCON", Path.Combine(Repository.Root, "cluster-config", "hocon", "two-sites.conf")),
            ("WHISTLE_NODE", $"127.0.0.1:{port}"),
            ("WHISTLE_SEEDS", string.Join(',', ports.Select(seed => $"127.0.0.1:{seed}"))))).ToList();
        await using var first = nodes[0];
        await using var second = nodes[1];
        await using var third = nodes[2];
        foreach (var node in nodes)
        {
            node.GiveKey(key);
            node.Start(older);
        }

        foreach (var node in nodes)
            await node.ReadyAsync();
        await using var screen0 = new LiveBoardClient(nodes[0].As("wall", "city", "observer"), "city");
        await using var screen1 = new LiveBoardClient(nodes[1].As("wall", "city", "observer"), "city");
        await using var screen2 = new LiveBoardClient(nodes[2].As("wall", "city", "observer"), "city");
        LiveBoardClient[] screens = [screen0, screen1, screen2];

        using var enough = new CancellationTokenSource();
        var (accepted, witnesses) = (new ConcurrentDictionary<string, Life>(), new List<Witness>());
        var workers = nodes.Select((node, number) =>
        {
            var seen = new Witness();
            witnesses.Add(seen);
            return Task.Run(() => WorkAsync(Through(node, seen, "street", "990101001", "subdistrict-officer"), Through(node, seen, "water", "waterworks", "dispatcher"), number, accepted, () => enough.IsCancellationRequested));
        }).ToList();
        var street = nodes[0].As("street", "990101001", "subdistrict-officer");
        nodes.ShouldAllBe(node => node.Runs, string.Join("\n\n", nodes.Select(node => node.Output)));
        var unsigned = (await street.BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle;
        var due = unsigned.Summonses[0].SignBy!.Value;

        // One after the other; the clock of the whistle that nobody signs runs out in the middle of it, or after.
        foreach (var node in nodes)
        {
            var before = accepted.Count;
            await Eventually.TrueAsync(() => accepted.Count >= before + 10 || workers.Exists(worker => worker.IsFaulted), TimeSpan.FromSeconds(60), () => node.Output);
            (await node.LeaveAsync()).ShouldBeTrue("it called itself not ready before it stopped to serve");
            node.Start();
            await node.ReadyAsync();
        }

        await Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow() > due, TimeSpan.FromSeconds(90));
        await enough.CancelAsync();
        await Task.WhenAll(workers);

        // Each accepted command once, in its order, and nothing else.
        foreach (var (id, life) in accepted)
        {
            var events = (await street.TraceAsync(id)).Events;
            events.Select(entry => entry.Manifest).Where(manifest => manifest != "deadline-passed.1")
                .ShouldBe(life.Open ? ["whistle-blown.1", "summons-signed.1"] : ["whistle-blown.1", "summons-signed.1", "whistle-withdrawn.1"], id);
            events[0].Event.GetProperty("key").GetProperty("key").GetString().ShouldBe(life.Key);
            events.Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, events.Count).Select(number => (long)number));
        }

        accepted.Values.Select(life => life.Key).ShouldBeUnique();
        var open = accepted.Where(life => life.Value.Open).Select(life => life.Key).Append(unsigned.Id).ToHashSet();
        foreach (var node in nodes)
        {
            var asked = node.As("street", "990101001", "subdistrict-officer");
            var there = new List<string>();
            foreach (var grid in Town.Grids)
                there.AddRange((await asked.GridAsync(grid)).OpenWhistles.Select(whistle => whistle.Id));
            there.ShouldBe(open, ignoreOrder: true);
        }

        // The deadline passed once for each department, though nodes came and went.
        await Eventually.TrueAsync(
            async () => (await street.TraceAsync(unsigned.Id)).Events.Count(entry => entry.Manifest == "deadline-passed.1") == 2, TimeSpan.FromSeconds(10), () => nodes[0].Output);
        foreach (var passed in (await street.TraceAsync(unsigned.Id)).Events.Where(entry => entry.Manifest == "deadline-passed.1"))
            (passed.At - passed.Event.GetProperty("due").GetDateTimeOffset()).ShouldBeInRange(TimeSpan.Zero, ReplacedWithin);

        foreach (var screen in screens)
        {
            await Eventually.TrueAsync(
                () => screen.IsFresh && screen.Picture!.Whistles.Values.Where(whistle => whistle.Stage == WhistleStage.Open).Select(whistle => whistle.Id).ToHashSet().SetEquals(open),
                TimeSpan.FromSeconds(15),
                () => $"{screen.Picture?.Whistles.Count} of {open.Count}, fresh: {screen.IsFresh}, {screen.Trouble}");
            screen.Connections.ShouldBeGreaterThan(1);
        }

        // Whoever was sent away was told when to come back.
        witnesses.SelectMany(seen => seen.Refusals).ShouldAllBe(refusal => refusal.Status == (int)HttpStatusCode.ServiceUnavailable && refusal.SaysWhen);
        Directory.Delete(town, recursive: true);
    }

    private static WhistleClient Through(ServerProcess node, Witness witness, string person, string organisation, string role) => new(
        new HttpClient(witness, disposeHandler: false) { BaseAddress = node.Address }, new SignInRequest(person, person, organisation, role), ServerProcess.Patient);

    // Lives one after the other; a command without an answer is repeated under its key until the node is back.
    private static async Task WorkAsync(WhistleClient street, WhistleClient water, int worker, ConcurrentDictionary<string, Life> accepted, Func<bool> enough)
    {
        for (var i = 0; !enough(); i++)
        {
            var (key, open) = ($"life-{worker}-{i}", i % StaysOpenEvery == 0);
            var whistle = (await street.BlowAsync(Town.Grids[(worker + i) % 2], Town.BurstMain, new CommandOptions(key))).Whistle.Id;
            await water.SignAsync(whistle, "waterworks", new CommandOptions($"sign-{key}"));
            if (!open)
                await street.WithdrawAsync(whistle, new WithdrawRequest("误报"), new CommandOptions($"withdraw-{key}"));
            accepted[whistle] = new Life(key, open);
            await Task.Delay(50);
        }
    }

    private sealed record Life(string Key, bool Open);
}
