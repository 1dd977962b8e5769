using WhistleActors.Consistency.Network;
using WhistleActors.Consistency.Nodes;

namespace WhistleActors.Consistency.Faults;

/// <summary>What a fault needs to strike: the cluster, and the chances that its seed gives.</summary>
/// <param name="Pace">1 for a long run, less for a short one: how long faults last.</param>
internal sealed record Strike(NodeCluster Cluster, Random Chance, double Pace, CancellationToken Cancel)
{
    private readonly int first = Chance.Next(3);

    /// <summary>The nodes, in the order of chance.</summary>
    internal ServerNode this[int number] => Cluster.Nodes[(first + number) % Cluster.Nodes.Count];

    /// <summary>The one that runs for longest: it holds what there is once in a cluster.</summary>
    internal ServerNode Oldest => Cluster.Nodes.MinBy(node => node.StartedAt)!;

    internal Wires Wires => Cluster.Wires;

    /// <summary>Waits for about so many seconds.</summary>
    internal Task LastAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * Pace * (0.7 + (0.6 * Chance.NextDouble()))), Cancel);

    /// <summary>How long a killed node stays down: mostly longer than the others need to notice.</summary>
    internal TimeSpan Down() => TimeSpan.FromSeconds(Pace * Chance.Next(2, 25));
}
