namespace WhistleActors.Actors.Hosting;

/// <summary>Where this node stands in the cluster.</summary>
/// <param name="Host">The address that other nodes reach it by.</param>
/// <param name="Port">The port that other nodes reach it by; 0 for any free one, which only a node without others can use.</param>
/// <param name="Seeds">Addresses (<c>host:port</c>) of the nodes to join; empty for a cluster of its own.</param>
public sealed record NodeSettings(string Host = "127.0.0.1", int Port = 0, IReadOnlyList<string>? Seeds = null);
