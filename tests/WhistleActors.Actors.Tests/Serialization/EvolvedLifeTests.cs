using Shouldly;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>Life goes on after events that were stored otherwise.</summary>
public sealed class EvolvedLifeTests : IAsyncLifetime
{
    private readonly EvolvedNode fixture = new();

    private static WhistleId Id => EvolvedNode.Id;

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_command_of_then_that_is_repeated_gets_its_answer_of_then_and_the_next_one_is_stored_at_the_next_number()
    {
        var node = fixture.Node;
        var water = ExampleCity.Dispatcher(ExampleCity.Waterworks);
        var again = await node.City.GiveOrderAsync(ExampleCity.Belfry, new Order(new SignSummons(Id, ExampleCity.Waterworks), water, new CommandKey("key-2", "same")), CancellationToken.None);
        again.ShouldBe(new OrderRepeated(Id, 2));

        var next = await node.City.GiveOrderAsync(ExampleCity.Belfry, Orders.Withdraw(Id), CancellationToken.None);
        var stored = node.Count($"SELECT MAX(sequence_number) FROM journal WHERE persistence_id = '{GridActor.PersistenceIdOf(ExampleCity.Belfry)}'");
        stored.ShouldBeGreaterThan(3);
        next.ShouldBeOfType<OrderAccepted>().Version.ShouldBe(stored, "versions count what is stored");

        // And so it is after one more start: from the board's checkpoint, and in the grid's journal.
        await node.StopAsync();
        await node.StartAsync();
        (await node.City.WhistleAtAsync(Id, long.MaxValue, CancellationToken.None))!.Whistle.Version.ShouldBe(stored);
        (await node.City.TraceAsync(Id, CancellationToken.None)).Select(entry => (int)entry.Sequence).ShouldBe([1, 2, 3, 3, .. Enumerable.Range(4, (int)stored - 3)]);
    }
}
