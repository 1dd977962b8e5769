using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Consistency.Verification;

namespace WhistleActors.Consistency.Faults;

/// <summary>Lets faults rain down, one after the other, in the order and with the chances that a seed gives. Between two the cluster has to find itself.</summary>
internal sealed class Rain(NodeCluster cluster, History history, IReadOnlyList<Fault> faults, int seed, double pace, Action<string> say)
{
    /// <summary>
    /// How long the cluster may take to find itself, after the loss of a part or after all is whole again. 3 s to notice, 3 to be sure, some 5 to decide and hand over:
    /// 14 s were measured on a quiet machine; this one has two cores for three servers, their clients and the database.
    /// </summary>
    internal static readonly TimeSpan FindsItselfIn = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ServesIn = TimeSpan.FromSeconds(60);

    /// <summary>How often each struck.</summary>
    internal SortedDictionary<string, int> Strikes { get; } = new(StringComparer.Ordinal);

    /// <summary>The faults of a seed in their order: each once in each turn.</summary>
    internal static IEnumerable<(Fault Fault, int Number)> Order(IReadOnlyList<Fault> faults, int seed)
    {
        var chance = new Random(seed);
        for (var number = 0; ;)
        {
            var turn = faults.ToArray();
            chance.Shuffle(turn);
            foreach (var fault in turn)
                yield return (fault, number++);
        }
    }

    /// <summary>Rains until it is told to stop, or for so many faults.</summary>
    internal async Task FallAsync(int? most, CancellationToken stop, CancellationToken cancel)
    {
        foreach (var (fault, number) in Order(faults, seed))
        {
            var chance = new Random(unchecked((seed * 7919) + number));
            await Task.Delay(TimeSpan.FromSeconds(pace * chance.Next(4, 12)), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested || number == most)
                return;
            await StrikeAsync(fault, new Strike(cluster, chance, pace, say, cancel), number);
        }
    }

    private async Task StrikeAsync(Fault fault, Strike strike, int number)
    {
        say($"{number + 1}. {fault.Name}");
        Strikes[fault.Name] = Strikes.GetValueOrDefault(fault.Name) + 1;
        var from = TimeProvider.System.GetUtcNow();
        await fault.StrikeAsync(strike);
        var end = TimeProvider.System.GetUtcNow();
        if (fault.SurvivedMeanwhile)
            history.Disturbed(new Disturbance(fault.Name, from, from + FindsItselfIn));
        history.Disturbed(new Disturbance(fault.Name, fault.SurvivedMeanwhile ? end : from, end + FindsItselfIn));
        try
        {
            await cluster.ReadyAsync(ServesIn, strike.Cancel);
            say($"   whole after {(TimeProvider.System.GetUtcNow() - end).TotalSeconds:0.0} s");
        }
        catch (TimeoutException never)
        {
            history.Saw(new Violation("not-recovered", $"after {fault.Name} ({number + 1}): {never.Message}"));
            say($"   {never.Message}");
        }
    }
}
