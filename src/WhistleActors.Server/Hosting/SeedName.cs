using System.Net;
using System.Net.Sockets;

namespace WhistleActors.Server.Hosting;

/// <summary>The nodes to join, as the addresses of one name in the DNS.</summary>
/// <param name="Name">A name with an address for each node, such as that of a headless service.</param>
/// <param name="Port">The port that all nodes reach each other by.</param>
/// <param name="Least">Below so many addresses nobody begins: who sees only itself has nobody to join.</param>
public sealed record SeedName(string Name, int Port, int Least)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Looks the name up until it has enough addresses and twice the same ones, in one order on every node.
    /// </summary>
    /// <param name="lookUp">The addresses of a name; throws <see cref="SocketException"/> when it has none.</param>
    /// <returns><c>host:port</c> of each node.</returns>
    internal async Task<IReadOnlyList<string>> ResolveAsync(Func<string, CancellationToken, Task<IPAddress[]>> lookUp, TimeProvider clock, CancellationToken cancelled)
    {
        for (IReadOnlyList<string> before = []; ;)
        {
            var now = await LookUpAsync(lookUp, cancelled);
            if (now.Count >= Least && now.SequenceEqual(before))
                return now;
            before = now;
            await Task.Delay(LookAgainAfter, clock, cancelled);
        }
    }

    private async Task<IReadOnlyList<string>> LookUpAsync(Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancelled)
    {
        try
        {
            return [.. (await lookUp(Name, cancelled)).Select(address => new IPEndPoint(address, Port).ToString()).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
