using Shouldly;
using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Network;

namespace WhistleActors.Consistency.Tests;

/// <summary>What strikes, and how wires carry.</summary>
public sealed class RainTests
{
    [Fact]
    public void The_same_seed_brings_the_same_faults_in_the_same_order()
    {
        Names(5).ShouldBe(Names(5));
        Names(5).ShouldNotBe(Names(6));

        static List<string> Names(int seed) => [.. Rain.Order(AllFaults.List, seed).Take(60).Select(next => next.Fault.Name)];
    }

    [Fact]
    public void Each_fault_strikes_once_in_each_turn()
    {
        foreach (var turn in Rain.Order(AllFaults.List, 3).Take(AllFaults.List.Count * 3).Chunk(AllFaults.List.Count))
            turn.Select(next => next.Fault).ShouldBe(AllFaults.List, ignoreOrder: true);
    }

    [Fact]
    public async Task A_wire_that_is_cut_lets_nothing_pass_until_it_is_whole()
    {
        var wire = new Wire();
        (await PassesAsync(wire)).ShouldBeTrue();
        wire.Cut();
        var waiting = PassesAsync(wire);
        waiting.IsCompleted.ShouldBeFalse();
        wire.Heal();
        (await waiting).ShouldBeTrue();

        static async Task<bool> PassesAsync(Wire wire)
        {
            await wire.WholeAsync(TestContext.Current.CancellationToken);
            return true;
        }
    }

    [Fact]
    public void What_a_wire_loses_comes_a_retransmission_later()
    {
        var wire = new Wire { Loss = 0.5 };
        var chance = new Random(1);
        var late = Enumerable.Range(0, 1_000).Select(_ => wire.LatenessOf(chance)).ToList();
        late.Count(lateness => lateness > TimeSpan.Zero).ShouldBeInRange(400, 600);
        late.Where(lateness => lateness > TimeSpan.Zero).Min().ShouldBe(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Who_opens_a_connection_of_the_cluster_is_told_from_its_first_bytes()
    {
        // The port of an address in Akka's handshake: field 3, and 40123 as a varint.
        byte[] greeting = [0, 0, 0, 60, 0x12, 1, 0x18, 0xbb, 0xb9, 0x02, 9];
        Greeting.NameOf(greeting, [("a", 40122), ("b", 40123)]).ShouldBe("b");
        Greeting.NameOf(greeting, [("a", 40122)]).ShouldBe("");
    }
}
