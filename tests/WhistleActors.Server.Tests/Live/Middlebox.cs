using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhistleActors.Server.Tests.Live;

/// <summary>Something between a client and the server that does not like WebSockets.</summary>
internal sealed class Middlebox : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task> connections = [];
    private readonly Uri server;
    private readonly Kind kind;
    private readonly Task accepting;
    private long bytesFromServer;

    public Middlebox(Uri server, Kind kind)
    {
        (this.server, this.kind) = (server, kind);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    internal enum Kind
    {
        /// <summary>Hands everything on.</summary>
        Counts,

        /// <summary>The server is not told that an upgrade was asked for.</summary>
        RefusesUpgrade,

        /// <summary>What the server sends after the upgrade does not come through.</summary>
        SwallowsUpgraded,
    }

    public Uri Address { get; }

    public long BytesFromServer => Interlocked.Read(ref bytesFromServer);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                connections.Add(CarryAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            // It is put away.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            await upstream.ConnectAsync(server.Host, server.Port);
            var (near, far) = (client.GetStream(), upstream.GetStream());
            await Task.WhenAny(ToServerAsync(near, far), ToClientAsync(far, near));
        }
    }

    private async Task ToServerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stopping.Token) is > 0 and var read)
            {
                if (kind == Kind.RefusesUpgrade)
                    Replace(buffer.AsSpan(0, read), "Upgrade: websocket"u8, "X-Grade: websocket"u8);
                await to.WriteAsync(buffer.AsMemory(0, read), stopping.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // One side is gone.
        }
    }

    private async Task ToClientAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        var swallows = false;
        try
        {
            while (await from.ReadAsync(buffer, stopping.Token) is > 0 and var read)
            {
                Interlocked.Add(ref bytesFromServer, read);
                if (swallows)
                    continue;
                swallows = kind == Kind.SwallowsUpgraded && Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 101", StringComparison.Ordinal);
                await to.WriteAsync(buffer.AsMemory(0, read), stopping.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // One side is gone.
        }
    }

    private static void Replace(Span<byte> text, ReadOnlySpan<byte> what, ReadOnlySpan<byte> with)
    {
        var at = text.IndexOf(what);
        if (at >= 0)
            with.CopyTo(text[at..]);
    }
}
