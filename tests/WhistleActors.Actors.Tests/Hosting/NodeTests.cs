using System.Text.Json;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Contract;
using WhistleActors.Contract.Boards;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

public sealed class NodeTests
{
    [Fact]
    public async Task After_a_restart_a_grid_with_an_open_whistle_is_brought_back_by_itself_and_no_other()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        await BlowAsync(node, ExampleCity.Belfry);
        var ended = await BlowAsync(node, ExampleCity.Market);
        await GiveAsync(node, ExampleCity.Market, Orders.Withdraw(ended));
        await node.StopAsync();

        await node.StartAsync();

        await Eventually.TrueAsync(async () => (await node.GridsInMemoryAsync()).Count > 0);
        (await node.GridsInMemoryAsync()).ShouldBe([ExampleCity.Belfry.Text]);
    }

    [Fact]
    public async Task A_deadline_that_passed_while_no_node_was_there_is_recorded_once_without_any_message()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var whistle = await BlowAsync(node, ExampleCity.Belfry);
        await node.StopAsync();
        node.Clock.Advance(TimeSpan.FromMinutes(6));

        await node.StartAsync();

        // The trace is read from the journal and wakes nobody.
        await Eventually.TrueAsync(async () => (await node.City.TraceAsync(whistle, TestContext.Current.CancellationToken)).Count == 3);
        await node.StopAsync();
        await node.StartAsync();
        await Eventually.TrueAsync(async () => (await node.GridsInMemoryAsync()).Count == 1);
        (await node.City.TraceAsync(whistle, TestContext.Current.CancellationToken)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_grid_that_was_handed_over_is_back_before_its_next_deadline_and_not_long_before()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var whistle = await BlowAsync(node, ExampleCity.Belfry);
        node.HandOver(ExampleCity.Belfry);
        await Eventually.TrueAsync(async () => (await node.GridsInMemoryAsync()).Count == 0);

        // It is to sign within five minutes.
        node.Clock.Advance(TimeSpan.FromSeconds((5 * 60) - 2));

        await Eventually.TrueAsync(async () => (await node.GridsInMemoryAsync()).Count == 1);
        (await node.City.TraceAsync(whistle, TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        node.Clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually.TrueAsync(async () => (await node.City.TraceAsync(whistle, TestContext.Current.CancellationToken)).Count > 1);
    }

    [Fact]
    public async Task A_grid_leaves_memory_when_its_last_whistle_has_ended_and_is_back_when_it_is_asked()
    {
        await using var node = new NodeBox(Pace.Normal with { GridIdleAfter = TimeSpan.FromMilliseconds(300) });
        await node.StartAsync();
        var whistle = await BlowAsync(node, ExampleCity.Belfry);
        await BlowAsync(node, ExampleCity.Market);
        await GiveAsync(node, ExampleCity.Belfry, Orders.Withdraw(whistle));

        await Eventually.TrueAsync(async () => (await node.GridsInMemoryAsync()).SequenceEqual([ExampleCity.Market.Text]));

        (await node.City.FindWhistleAsync(whistle, TestContext.Current.CancellationToken)).ShouldNotBeNull().Whistle.Version.ShouldBe(2);
        (await node.GridsInMemoryAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_board_goes_on_from_its_checkpoint_and_shows_what_the_whole_journal_shows()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var whistle = await BlowAsync(node, ExampleCity.Belfry);
        await BlowAsync(node, ExampleCity.Market);
        await GiveAsync(node, ExampleCity.Belfry, Orders.Sign(whistle));
        await GiveAsync(node, ExampleCity.Belfry, Orders.Withdraw(await BlowAsync(node, ExampleCity.Belfry)));
        await Eventually.TrueAsync(() => Picture(node).Departments.FirstOrDefault(load => load.Department == "waterworks") is { Open: 2, Signed: 1 } && Picture(node).City?.Blown == 3);
        var live = Picture(node);
        await node.StopAsync();
        node.Count("SELECT COUNT(*) FROM snapshot WHERE persistence_id = 'board'").ShouldBe(1);
        node.Count("SELECT sequence_number FROM snapshot WHERE persistence_id = 'board'").ShouldBe(node.Count("SELECT MAX(ordering) FROM journal"));

        await node.StartAsync();
        Same(Picture(node), live);
        await BlowAsync(node, ExampleCity.Belfry);
        await Eventually.TrueAsync(() => Picture(node).City?.Blown == 4);
        live = Picture(node);
        await node.StopAsync();

        node.Count("DELETE FROM snapshot WHERE persistence_id = 'board' RETURNING 1").ShouldBe(1);
        await node.StartAsync();
        Same(Picture(node), live);
    }

    [Fact]
    public async Task A_board_that_reads_the_whole_journal_holds_only_what_is_open()
    {
        await using var node = new NodeBox();
        await node.StartAsync();
        var open = await BlowAsync(node, ExampleCity.Belfry);
        for (var i = 0; i < 5; i++)
            await GiveAsync(node, ExampleCity.Belfry, Orders.Withdraw(await BlowAsync(node, ExampleCity.Belfry)));
        await node.StopAsync();
        node.Count("DELETE FROM snapshot WHERE persistence_id = 'board' RETURNING 1").ShouldBeLessThanOrEqualTo(1);

        await node.StartAsync();

        // A whistle, two departments that were summoned and one that was told, the district of one of them, and the city's totals: nothing of what has ended.
        node.Board.OpenWhistles(BoardScope.City).ShouldHaveSingleItem().Whistle.Id.ShouldBe(open);
        node.Board.Head.ShouldBeLessThanOrEqualTo(6);
    }

    private static async Task<WhistleId> BlowAsync(NodeBox node, GridCode grid) => (await GiveAsync(node, grid, Orders.Blow())).Whistle;

    private static async Task<OrderAccepted> GiveAsync(NodeBox node, GridCode grid, Order order) =>
        (await node.City.GiveOrderAsync(grid, order, TestContext.Current.CancellationToken)).ShouldBeOfType<OrderAccepted>();

    private static BoardFrame Picture(NodeBox node) =>
        JsonSerializer.Deserialize(node.Board.Write(BoardScope.City, after: null, node.Board.Tidy(), sure: true).Utf8.Span, ContractJson.Types.BoardFrame)!;

    private static void Same(BoardFrame now, BoardFrame then)
    {
        Json(now.Whistles.OrderBy(whistle => whistle.Id)).ShouldBe(Json(then.Whistles.OrderBy(whistle => whistle.Id)));
        Json(now.Departments.OrderBy(load => load.Department)).ShouldBe(Json(then.Departments.OrderBy(load => load.Department)));
        Json((now.Districts ?? []).OrderBy(load => load.District)).ShouldBe(Json((then.Districts ?? []).OrderBy(load => load.District)));
        now.City.ShouldBe(then.City);

        static string Json<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);
    }
}
