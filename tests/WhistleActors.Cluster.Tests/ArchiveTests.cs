using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>Two nodes archive what is old while they are worked with, and one of them is lost over it.</summary>
public sealed partial class ArchiveTests
{
    private const int LivesOfAQuietGrid = 12;

    // More than a grid lets happen before it keeps a snapshot by itself.
    private const int LivesOfABusyGrid = 70;

    [Fact]
    public async Task What_is_old_is_archived_without_anybody_noticing_and_everything_answers_the_same_after_a_loss_and_a_restart()
    {
        await using var database = await TestPostgres.StartAsync();
        int[] ports = [FreePorts.Next(), FreePorts.Next()];
        var nodes = ports.Select(port => new ServerProcess(
            ("WHISTLE_CITY_PACK", Town.Folder),
            ("WHISTLE_POSTGRES", database.ConnectionString),
            ("WHISTLE_ARCHIVE_AFTER", "30"),

            // Only who is killed here shall look so, however busy the machine is.
            ("WHISTLE_HOCON", Path.Combine(Repository.Root, "cluster-config", "hocon", "two-sites.conf")),
            ("WHISTLE_NODE", $"127.0.0.1:{port}"),
            ("WHISTLE_SEEDS", string.Join(',', ports.Select(seed => $"127.0.0.1:{seed}"))))).ToList();
        await using var first = nodes[0];
        await using var second = nodes[1];
        var key = RandomNumberGenerator.GetBytes(32);
        foreach (var node in nodes)
            node.GiveKey(key);

        // All of it was long ago: only by the journal's own time, so that no deadline has passed meanwhile.
        nodes[0].Start();
        await nodes[0].ReadyAsync();
        var (ended, open, before) = await HappenAsync(nodes[0]);
        await nodes[0].KillAsync();
        await TestPostgres.ExecuteAsync(database.ConnectionString, $"UPDATE journal SET created = created - {TimeSpan.FromDays(40).Ticks}");

        // The eldest, which archives, is lost over it; the other goes on, with the grid too that had to keep a snapshot first.
        foreach (var node in nodes)
        {
            node.Start();
            await node.ReadyAsync();
        }

        var (street, water) = (nodes[1].As("street", "990101001", "subdistrict-officer"), nodes[1].As("water", "waterworks", "dispatcher"));
        await using var screen = new LiveBoardClient(nodes[1].As("wall", "city", "observer"), "city");
        await screen.WaitForAsync(picture => picture.Whistles.ContainsKey(open));
        await using var cut = new LiveBoardClient(nodes[0].As("wall-2", "city", "observer"), "city");
        await cut.WaitForAsync(picture => picture.Whistles.ContainsKey(open));
        await Eventually.TrueAsync(
            async () => await CountAsync(database, "SELECT count(*) FROM journal_archive WHERE persistence_id LIKE 'grid-%'") > 0, TimeSpan.FromSeconds(120), () => nodes[0].Output);
        await nodes[0].KillAsync();
        await Eventually.TrueAsync(async () => await LeftAsync(database) == 0, TimeSpan.FromSeconds(120), () => nodes[1].Output);
        (await CountAsync(database, "SELECT count(*) FROM journal_archive WHERE persistence_id LIKE 'grid-%'")).ShouldBeGreaterThanOrEqualTo(200 + (3 * LivesOfAQuietGrid));
        (await TellAsync(street, ended)).ShouldBe(before);

        // It is worked on, on what is open and on what is in the archive: an order that is repeated gets the same answer.
        var repeated = await street.BlowAsync(Town.Grids[1], Town.BurstMain, new CommandOptions($"life-{Town.Grids[1]}-3"));
        repeated.Whistle.Id.ShouldBe(ended[LivesOfABusyGrid + 3]);
        var signed = (await water.SignAsync(open, "waterworks")).Whistle.Version;
        (await street.TraceAsync(open)).Events.Count(entry => entry.Manifest is "whistle-blown.1" or "summons-signed.1").ShouldBe(2);
        await screen.WaitForAsync(picture => picture.Whistles[open].Version >= signed);

        // Who comes back has no checkpoint to begin with and reads everything from the first event on.
        await TestPostgres.ExecuteAsync(database.ConnectionString, "DELETE FROM snapshot WHERE persistence_id LIKE 'board%'");
        nodes[0].Start();
        await nodes[0].ReadyAsync();
        (await TellAsync(nodes[0].As("street", "990101001", "subdistrict-officer"), ended)).ShouldBe(before);
        await using var other = new LiveBoardClient(nodes[0].As("wall", "city", "observer"), "city");
        await Eventually.TrueAsync(
            () => other.IsFresh && other.Picture?.City?.Blown == ended.Count + 1 && JsonSerializer.Serialize(other.Picture.City) == JsonSerializer.Serialize(screen.Picture!.City),
            TimeSpan.FromSeconds(60),
            () => $"{JsonSerializer.Serialize(other.Picture?.City)} {JsonSerializer.Serialize(screen.Picture?.City)}");
        other.Picture!.Whistles.Keys.ShouldBe([open]);

        // A screen of the node that was lost goes on from a position whose events have gone into the archive since.
        await Eventually.TrueAsync(
            () => cut.IsFresh && cut.Picture!.Whistles[open].Version >= signed && JsonSerializer.Serialize(cut.Picture.City) == JsonSerializer.Serialize(screen.Picture!.City),
            TimeSpan.FromSeconds(60),
            () => $"{cut.Trouble} {JsonSerializer.Serialize(cut.Picture?.City)} {JsonSerializer.Serialize(screen.Picture?.City)}");
    }

    private static async Task<(IReadOnlyList<string> Ended, string Open, IReadOnlyList<string> Told)> HappenAsync(ServerProcess node)
    {
        var (street, water) = (node.As("street", "990101001", "subdistrict-officer"), node.As("water", "waterworks", "dispatcher"));
        var ended = await Task.WhenAll(LiveAsync(street, water, Town.Grids[0], LivesOfABusyGrid), LiveAsync(street, water, Town.Grids[1], LivesOfAQuietGrid));
        string[] all = [.. ended[0], .. ended[1]];
        return (all, (await street.BlowAsync(Town.Grids[1], Town.BurstMain)).Whistle.Id, await TellAsync(street, all));
    }

    private static async Task<IReadOnlyList<string>> LiveAsync(WhistleClient street, WhistleClient water, string grid, int lives)
    {
        var ids = new List<string>();
        for (var life = 0; life < lives; life++)
        {
            var whistle = (await street.BlowAsync(grid, Town.BurstMain, new CommandOptions($"life-{grid}-{life}"))).Whistle.Id;
            await water.SignAsync(whistle, "waterworks");
            await street.WithdrawAsync(whistle, new WithdrawRequest("误报"));
            ids.Add(whistle);
        }

        return ids;
    }

    // Of the first and the last of each grid.
    private static async Task<IReadOnlyList<string>> TellAsync(WhistleClient street, IReadOnlyList<string> ended)
    {
        var told = new List<string>();
        foreach (var id in (string[])[ended[0], ended[LivesOfABusyGrid - 1], ended[LivesOfABusyGrid], ended[^1]])
        {
            told.Add(JsonSerializer.Serialize(await street.TraceAsync(id)));
            told.Add(JsonSerializer.Serialize(await street.WhistleAsync(id)));
            told.Add(JsonSerializer.Serialize(await street.AlertsAsync(id)));
            told.Add(MadeAt().Replace(await street.CaseFileAsync(id, "zh"), ""));
        }

        return told;
    }

    [GeneratedRegex("本卷宗由系统于 .*? 依据")]
    private static partial Regex MadeAt();

    // What is old of the quiet grid and not its newest event, which stays.
    private static Task<long> LeftAsync(TestPostgres database) => CountAsync(
        database,
        $"""
        SELECT count(*) FROM journal WHERE persistence_id = 'grid-{Town.Grids[1]}' AND created < {TimeProvider.System.GetUtcNow().AddDays(-30).UtcTicks}
        AND sequence_number < (SELECT max(sequence_number) FROM journal AS newest WHERE newest.persistence_id = journal.persistence_id)
        """);

    private static async Task<long> CountAsync(TestPostgres database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
