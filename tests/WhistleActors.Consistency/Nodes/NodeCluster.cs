using System.Security.Cryptography;
using Npgsql;
using WhistleActors.Consistency.Network;
using WhistleActors.Consistency.Verification;
using WhistleActors.Testing;

namespace WhistleActors.Consistency.Nodes;

/// <summary>PostgreSQL and three nodes on the loopback address. Between any two of them is a <see cref="Wire"/> each way.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    /// <summary>The name of the database among the wires.</summary>
    internal const string Database = "database";

    private static readonly string[] Names = ["a", "b", "c"];

    private readonly List<Relay> relays = [];
    private readonly string folder;

    private NodeCluster(string folder, Databases databases) => (this.folder, Databases) = (folder, databases);

    internal IReadOnlyList<ServerNode> Nodes { get; private set; } = [];

    internal Databases Databases { get; }

    internal PostgresServer Postgres => Databases.Primary;

    internal Wires Wires { get; } = new();

    /// <summary>A connection to the database that no fault of the wires touches.</summary>
    internal string ConnectionString => Databases.ConnectionString;

    /// <summary>Starts everything and waits until all nodes can serve.</summary>
    /// <param name="program">The server's assembly.</param>
    /// <param name="logs">Where the nodes' outputs go.</param>
    /// <param name="means">What faults will need.</param>
    /// <param name="settings">HOCON that the nodes get beside their own.</param>
    internal static async Task<NodeCluster> StartAsync(Town town, string program, string logs, CancellationToken cancel, Means means = Means.None, string settings = "")
    {
        var cluster = new NodeCluster(Directory.CreateTempSubdirectory("whistle-nodes-").FullName, await Databases.StartAsync(means));
        try
        {
            cluster.Place(town, program, logs, settings);
            foreach (var node in cluster.Nodes)
                node.Start();
            await cluster.ReadyAsync(TimeSpan.FromSeconds(120), cancel);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until all nodes can serve.</summary>
    /// <exception cref="TimeoutException">One cannot; the message says which.</exception>
    internal async Task ReadyAsync(TimeSpan within, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var node in Nodes)
        {
            while (!await node.IsReadyAsync(cancel))
            {
                if (TimeProvider.System.GetElapsedTime(began) > within)
                    throw new TimeoutException($"Node {node.Name} cannot serve {within.TotalSeconds:0} s after all was whole.");
                await Task.Delay(200, cancel);
            }
        }
    }

    /// <summary>Which nodes are not in one cluster with all others.</summary>
    internal async Task<IReadOnlyList<Violation>> DividedAsync(CancellationToken cancel)
    {
        var divided = new List<Violation>();
        foreach (var node in Nodes)
        {
            if (await node.MembersAsync(cancel) is var members && members.Count != Nodes.Count)
                divided.Add(new Violation("divided", $"node {node.Name} is in a cluster of {members.Count}: {string.Join(", ", members)}"));
        }

        return divided;
    }

    public async ValueTask DisposeAsync()
    {
        Wires.HealAll();
        foreach (var node in Nodes)
            await node.DisposeAsync();
        foreach (var relay in relays)
            await relay.DisposeAsync();
        await Databases.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Each node listens on a port that only its relay knows, and is known to the others by the relay's.
    private void Place(Town town, string program, string logs, string settings)
    {
        var inner = Names.ToDictionary(name => name, _ => FreePorts.Next());
        var outer = new Dictionary<string, int>();
        foreach (var name in Names)
            outer[name] = Listen(name, () => inner[name], first => Greeting.NameOf(first, outer.Select(entry => (entry.Key, entry.Value))));
        var key = RandomNumberGenerator.GetBytes(32);
        var seeds = string.Join(',', Names.Select(name => $"127.0.0.1:{outer[name]}"));
        Nodes = [.. Names.Select(name =>
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            File.WriteAllBytes(Path.Combine(data, "development-signing.key"), key);
            var hocon = Path.Combine(data, "node.conf");

            // INFO: where a department comes into memory is said no louder.
            File.WriteAllText(hocon, $"akka.loglevel = INFO\nakka.remote.dot-netty.tcp {{ public-hostname = \"127.0.0.1\", public-port = {outer[name]} }}\n{settings}");
            var database = new NpgsqlConnectionStringBuilder(ConnectionString);
            database.Port = Listen(Database, () => Databases.Port, _ => name);
            return new ServerNode(name, program, FreePorts.Next(), Path.Combine(logs, $"node-{name}.log"), new Dictionary<string, string>
            {
                ["WHISTLE_CITY_PACK"] = town.Folder,
                ["WHISTLE_DATA"] = data,
                ["WHISTLE_POSTGRES"] = database.ConnectionString,
                ["WHISTLE_NODE"] = $"127.0.0.1:{inner[name]}",
                ["WHISTLE_SEEDS"] = seeds,
                ["WHISTLE_HOCON"] = hocon,

                // Three servers and their clients share a small machine.
                ["DOTNET_gcServer"] = "0",
            });
        })];
    }

    private int Listen(string to, Func<int> port, Func<byte[], string> from)
    {
        var relay = new Relay(Wires, to, port, from);
        relay.Start();
        relays.Add(relay);
        return relay.Port;
    }
}
