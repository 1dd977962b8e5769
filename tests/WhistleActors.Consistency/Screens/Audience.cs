using WhistleActors.Client.Alerts;
using WhistleActors.Client.Boards;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Consistency.Verification;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Consistency.Screens;

/// <summary>Who looks on: at each node a wall, one that looks at the bare frames, and a console of the department that every whistle summons.</summary>
internal sealed class Audience : IAsyncDisposable
{
    /// <summary>The department whose consoles are watched.</summary>
    internal const string Department = "waterworks";

    private static readonly SignInRequest Observer = new("wall", "wall", "city", "observer");

    private readonly NodeCluster cluster;
    private readonly List<Onlooker> onlookers;
    private readonly List<(string Node, LiveBoardClient Wall)> walls;
    private readonly List<(string Node, AlertBoardClient Console)> consoles;

    internal Audience(NodeCluster cluster, History history)
    {
        this.cluster = cluster;
        onlookers = [.. cluster.Nodes.Select(node => new Onlooker(node.Name, node.As(Observer), history))];
        walls = [.. cluster.Nodes.Select(node => (node.Name, new LiveBoardClient(node.As(Observer), "city")))];
        var dispatcher = new SignInRequest("desk", "desk", Department, "dispatcher");
        consoles = [.. cluster.Nodes.Select(node => (node.Name, new AlertBoardClient(node.As(dispatcher), Department, $"desk-{node.Name}", _ => { })))];
    }

    /// <summary>How many frames were looked at.</summary>
    internal int Frames => onlookers.Sum(onlooker => onlooker.Frames);

    /// <summary>What screens show that is not so. Fresh screens are opened beside those that stood through everything.</summary>
    internal async Task<IReadOnlyList<Violation>> CompareAsync(Truth truth, CancellationToken cancel)
    {
        var wrong = new List<Violation>();
        foreach (var (node, wall) in walls)
            wrong.AddRange(truth.Compare(wall.IsFresh ? wall.Picture : null, $"the wall at node {node}"));
        foreach (var node in cluster.Nodes)
        {
            await using var fresh = new LiveBoardClient(node.As(Observer), "city");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            BoardPicture? picture = null;
            try
            {
                picture = await fresh.WaitForAsync(_ => true, patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // No picture is what is compared.
            }

            wrong.AddRange(truth.Compare(picture, $"a new wall at node {node.Name}"));
        }

        foreach (var (node, console) in consoles)
            wrong.AddRange(truth.Compare(console.Trouble is null ? console.Waiting : null, Department, $"the console at node {node}"));
        return wrong;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var onlooker in onlookers)
            await onlooker.DisposeAsync();
        foreach (var (_, wall) in walls)
            await wall.DisposeAsync();
        foreach (var (_, console) in consoles)
            await console.DisposeAsync();
    }
}
