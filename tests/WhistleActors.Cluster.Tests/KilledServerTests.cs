using System.Collections.Concurrent;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Boards;

namespace WhistleActors.Cluster.Tests;

/// <summary>One node on SQLite, killed in the middle of its work.</summary>
public sealed class KilledServerTests
{
    [Fact]
    public async Task Nothing_that_was_accepted_is_lost_nothing_happens_twice_deadlines_fire_and_screens_come_back()
    {
        var town = Town.InAHurry();
        await using var server = new ServerProcess(("WHISTLE_CITY_PACK", town));
        server.Start();
        await server.ReadyAsync();
        var (street, water) = (server.As("street", "990101001", "subdistrict-officer"), server.As("water", "waterworks", "dispatcher"));
        await using var screen = new LiveBoardClient(server.As("wall", "city", "observer"), "city");
        var unsigned = (await street.BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle;

        // Eight at once, each through all that comes: a command without an answer is repeated under its key.
        var accepted = new ConcurrentDictionary<string, string>();
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                var key = $"life-{worker}-{i}";
                var blown = await street.BlowAsync(Town.Grids[(worker + i) % 2], Town.BurstMain, new CommandOptions(key));
                await water.SignAsync(blown.Whistle.Id, "waterworks", new CommandOptions($"sign-{key}"));
                accepted[blown.Whistle.Id] = key;
            }
        })).ToList();
        foreach (var enough in (int[])[25, 70])
        {
            await Eventually.TrueAsync(() => accepted.Count >= enough || workers.Exists(worker => worker.IsFaulted), TimeSpan.FromSeconds(60), () => server.Output);
            await server.KillAsync();
            server.Start();
        }

        await Task.WhenAll(workers);
        await server.ReadyAsync();
        accepted.Count.ShouldBe(120, "one whistle for each key");
        foreach (var grid in Town.Grids)
        {
            var open = (await street.GridAsync(grid)).OpenWhistles.Select(whistle => whistle.Id).Where(id => id != unsigned.Id);
            open.ShouldBe(accepted.Keys.Where(id => id.StartsWith(grid, StringComparison.Ordinal)), ignoreOrder: true);
        }

        foreach (var (id, key) in accepted)
        {
            var events = (await street.TraceAsync(id)).Events;
            events.Select(entry => entry.Manifest).Where(manifest => manifest != "deadline-passed.1").ShouldBe(["whistle-blown.1", "summons-signed.1"], id);
            events[0].Event.GetProperty("key").GetProperty("key").GetString().ShouldBe(key);
            events.Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        }

        // The screen found its way back by itself, to the whole truth.
        var all = accepted.Keys.Append(unsigned.Id).ToHashSet();
        await Eventually.TrueAsync(() => screen.IsFresh && screen.Picture!.Whistles.Keys.ToHashSet().SetEquals(all), TimeSpan.FromSeconds(10), () => $"{screen.Picture?.Whistles.Count} of {all.Count}; {screen.Trouble}");
        screen.Connections.ShouldBeGreaterThan(2);

        // And the clock that nobody answered has run out, on the real clock, within a second, once for each department.
        await Eventually.TrueAsync(
            async () => (await street.TraceAsync(unsigned.Id)).Events.Count(entry => entry.Manifest == "deadline-passed.1") == 2, TimeSpan.FromSeconds(75), () => server.Output);
        foreach (var passed in (await street.TraceAsync(unsigned.Id)).Events.Where(entry => entry.Manifest == "deadline-passed.1"))
            (passed.At - passed.Event.GetProperty("due").GetDateTimeOffset()).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Directory.Delete(town, recursive: true);
    }

    [Fact]
    public async Task A_deadline_that_passed_while_the_server_was_dead_is_recorded_at_once_when_it_is_back()
    {
        var town = Town.InAHurry();
        await using var server = new ServerProcess(("WHISTLE_CITY_PACK", town));
        server.Start();
        await server.ReadyAsync();
        var street = server.As("street", "990101001", "subdistrict-officer");
        var whistle = (await street.BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle;
        await server.KillAsync();
        var due = whistle.Summonses[0].SignBy!.Value;
        await Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow() > due, TimeSpan.FromSeconds(70));

        server.Start();
        await server.ReadyAsync();

        // Only the journal is asked: nothing wakes the grid but the server itself.
        await Eventually.TrueAsync(async () => (await street.TraceAsync(whistle.Id)).Events.Count == 3, TimeSpan.FromSeconds(2), () => server.Output);
        (await street.TraceAsync(whistle.Id)).Events.Skip(1).ShouldAllBe(entry => entry.Manifest == "deadline-passed.1");
        Directory.Delete(town, recursive: true);
    }
}
