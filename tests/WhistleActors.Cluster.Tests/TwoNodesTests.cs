using System.Security.Cryptography;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.SignIn;
using WhistleActors.Testing;

namespace WhistleActors.Cluster.Tests;

/// <summary>Two nodes on one PostgreSQL; either may be lost.</summary>
public sealed class TwoNodesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_one_node_did_is_seen_on_the_other_and_after_the_loss_of_either_everything_is_there_and_goes_on(int lost)
    {
        await using var database = await TestPostgres.StartAsync();
        var nodes = Two(database);
        await using var first = nodes[0];
        await using var second = nodes[1];
        await StartAsync(nodes);
        var streets = nodes.Select(node => node.As("street", "990101001", "subdistrict-officer")).ToList();
        var waters = nodes.Select(node => node.As("water", "waterworks", "dispatcher")).ToList();
        await using var screen0 = new LiveBoardClient(nodes[0].As("wall", "city", "observer"), "city");
        await using var screen1 = new LiveBoardClient(nodes[1].As("wall", "city", "observer"), "city");
        LiveBoardClient[] screens = [screen0, screen1];

        // Blown through one node, signed through the other, wherever the grid lives.
        var signed = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var blown = await streets[i % 2].BlowAsync(Town.Grids[i / 2 % 2], Town.BurstMain);
            (await waters[(i + 1) % 2].SignAsync(blown.Whistle.Id, "waterworks")).Whistle.Version.ShouldBe(2);
            signed.Add(blown.Whistle.Id);
        }

        (await streets[0].TraceAsync(signed[0])).Events.Count.ShouldBe((await streets[1].TraceAsync(signed[0])).Events.Count);
        await SameAsync(screens, signed, version: 2);

        await nodes[lost].KillAsync();
        var (street, water, screen) = (streets[1 - lost], waters[1 - lost], screens[1 - lost]);
        var left = nodes[1 - lost];

        // The first command is repeated by its client until the other node has taken over.
        var took = await Eventually.TrueAsync(
            async () =>
            {
                foreach (var id in signed)
                    (await street.WhistleAsync(id)).Version.ShouldBe(2);
                foreach (var grid in Town.Grids)
                    signed.Add((await street.BlowAsync(grid, Town.BurstMain, new CommandOptions($"after-{grid}"))).Whistle.Id);
                return true;
            },
            TimeSpan.FromSeconds(60),
            () => left.Output);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        foreach (var id in signed.TakeLast(2))
            await water.SignAsync(id, "waterworks");
        await SameAsync([screen], signed, version: 2);
        await Eventually.TrueAsync(async () => (await water.LoadAsync("waterworks")).Signed == 14, TimeSpan.FromSeconds(10), () => left.Output);

        // Who was lost comes back, and works.
        nodes[lost].Start();
        await nodes[lost].ReadyAsync();
        signed.Add((await streets[lost].BlowAsync(Town.Grids[0], Town.BurstMain)).Whistle.Id);
        await waters[lost].SignAsync(signed[^1], "waterworks");
        await SameAsync(screens, signed, version: 2);
    }

    [Fact]
    public async Task Access_that_is_withdrawn_on_one_node_ends_on_the_other()
    {
        await using var database = await TestPostgres.StartAsync();
        var nodes = Two(database);
        await using var first = nodes[0];
        await using var second = nodes[1];
        await StartAsync(nodes);
        var leaver = nodes[1].As("leaver", "waterworks", "dispatcher");
        await using var screen = new LiveBoardClient(leaver, "department:waterworks");
        await screen.WaitForAsync(_ => true);

        await nodes[0].As("admin", "city", "administrator").WithdrawAccessAsync("leaver", new WithdrawAccessRequest("调离"));

        await Eventually.TrueAsync(() => screen.Trouble is AccessWithdrawnException, TimeSpan.FromSeconds(10), () => $"{screen.Trouble} {nodes[1].Output}");
        (await Should.ThrowAsync<RefusedException>(leaver.OpenWhistlesAsync("department:waterworks"))).Code.ShouldBe("access-withdrawn");

        // A node that comes back knows it too, though it was not told.
        await nodes[1].KillAsync();
        nodes[1].Start();
        await nodes[1].ReadyAsync();
        (await Should.ThrowAsync<RefusedException>(leaver.OpenWhistlesAsync("department:waterworks"))).Code.ShouldBe("access-withdrawn");
    }

    private static List<ServerProcess> Two(TestPostgres database)
    {
        int[] ports = [FreePorts.Next(), FreePorts.Next()];
        return [.. ports.Select(port => new ServerProcess(
            ("WHISTLE_CITY_PACK", Town.Folder),
            ("WHISTLE_POSTGRES", database.ConnectionString),
            ("WHISTLE_NODE", $"127.0.0.1:{port}"),
            ("WHISTLE_SEEDS", string.Join(',', ports.Select(seed => $"127.0.0.1:{seed}")))))];
    }

    private static async Task StartAsync(List<ServerProcess> nodes)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        foreach (var node in nodes)
        {
            node.GiveKey(key);
            node.Start();
        }

        foreach (var node in nodes)
            await node.ReadyAsync();
    }

    private static async Task SameAsync(IReadOnlyList<LiveBoardClient> screens, List<string> whistles, long version)
    {
        foreach (var screen in screens)
        {
            await Eventually.TrueAsync(
                () => screen.IsFresh && screen.Picture is { } picture && picture.Whistles.Keys.ToHashSet().SetEquals(whistles) && picture.Whistles.Values.All(whistle => whistle.Version == version),
                TimeSpan.FromSeconds(15),
                () => $"{screen.Picture?.Whistles.Count} of {whistles.Count}, fresh: {screen.IsFresh}, {screen.Trouble}");
        }
    }
}
