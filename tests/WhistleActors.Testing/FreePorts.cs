using System.Net;
using System.Net.Sockets;

namespace WhistleActors.Testing;

/// <summary>Ports of the loopback address for what is stopped and started again.</summary>
public static class FreePorts
{
    // Below what Linux gives to outgoing connections (ip_local_port_range): else one of those may sit on the port of a server that is down for a moment.
    private const int First = 12_000;
    private const int End = 32_768;

    /// <summary>A port that nobody listens on, and that no outgoing connection will be given.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody does.
            }
        }
    }
}
