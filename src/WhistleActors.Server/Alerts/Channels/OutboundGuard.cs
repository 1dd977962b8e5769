using System.Net;
using System.Net.Sockets;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>
/// Keeps requests that people's settings cause from reaching what lies inside (SSRF): a name is resolved once, every address that it has must
/// be a public one, and the connection goes to the address that was checked, not to what the name says a moment later.
/// </summary>
internal sealed class OutboundGuard(IReadOnlyList<IPNetwork> allowed)
{
    // What the registries of special addresses of IANA (RFC 6890) keep from the public Internet.
    private static readonly IPNetwork[] Inside =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>True when a request may go to an address.</summary>
    internal bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        return allowed.Any(network => network.Contains(plain)) || !Array.Exists(Inside, network => network.Contains(plain));
    }

    /// <summary>Connects a client to what it asks for, unless that lies inside.</summary>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancelled)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancelled);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancelled);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host, all of them checked.</summary>
    internal async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancelled)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancelled);
        return addresses.Length > 0 && Array.TrueForAll(addresses, Allows)
            ? addresses
            : throw new TargetInsideException($"The address of {host} is not a public one.");
    }

    // Addresses that carry an IPv4 address inside lead where that leads.
    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 16 && bytes.AsSpan(0, 12).SequenceEqual<byte>([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) ? new IPAddress(bytes.AsSpan(12)) : address;
    }
}

/// <summary>A request would have gone to an address that is not public.</summary>
internal sealed class TargetInsideException(string message) : IOException(message);
