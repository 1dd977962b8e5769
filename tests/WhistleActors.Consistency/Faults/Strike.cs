using WhistleActors.Client;
using WhistleActors.Consistency.Network;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Consistency.Faults;

/// <summary>What a fault needs to strike: the cluster, and the chances that its seed gives.</summary>
/// <param name="Pace">1 for a long run, less for a short one: how long faults last.</param>
/// <param name="Say">Told whom it strikes, where that is not plain.</param>
internal sealed record Strike(NodeCluster Cluster, Random Chance, double Pace, Action<string> Say, CancellationToken Cancel)
{
    private static readonly SignInRequest Looker = new("looker", "looker", "city", "observer");

    private readonly int first = Chance.Next(3);

    /// <summary>The nodes, in the order of chance.</summary>
    internal ServerNode this[int number] => Cluster.Nodes[(first + number) % Cluster.Nodes.Count];

    /// <summary>The one that runs for longest: it holds what there is once in a cluster.</summary>
    internal ServerNode Oldest => Cluster.Nodes.MinBy(node => node.StartedAt)!;

    /// <summary>The one that holds the department with the most open summonses in its memory, as the nodes themselves tell; the oldest when none does.</summary>
    internal async Task<ServerNode> HottestAsync()
    {
        var (department, open) = ("", 0);
        foreach (var node in Cluster.Nodes)
        {
            try
            {
                var hottest = (await node.As(Looker).LoadsAsync(Cancel)).MaxBy(load => load.Open);
                (department, open) = (hottest?.Department ?? "", hottest?.Open ?? 0);
                break;
            }
            catch (Exception no) when (no is RefusedException or UnreachableException)
            {
                // The next one knows it too.
            }
        }

        var home = Cluster.Nodes.MaxBy(node => node.HasDepartmentSince(department) ?? long.MinValue)!;
        if (home.HasDepartmentSince(department) is null)
            return Oldest;
        Say($"   {department}, {open} open, is at node {home.Name}");
        return home;
    }

    internal Wires Wires => Cluster.Wires;

    /// <summary>Waits for about so many seconds.</summary>
    internal Task LastAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * Pace * (0.7 + (0.6 * Chance.NextDouble()))), Cancel);

    /// <summary>How long a killed node stays down: mostly longer than the others need to notice.</summary>
    internal TimeSpan Down() => TimeSpan.FromSeconds(Pace * Chance.Next(2, 25));
}
