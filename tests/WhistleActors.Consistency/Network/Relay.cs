using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace WhistleActors.Consistency.Network;

/// <summary>Listens in the place of something and passes on what comes, over the wires of who sent it. Loopback only.</summary>
/// <param name="port">Where that something listens now.</param>
/// <param name="from">Who connects, told from the first bytes of a connection.</param>
internal sealed class Relay(Wires wires, string to, Func<int> port, Func<byte[], string> from) : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private const int MostUnderWay = 256;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private Task listening = Task.CompletedTask;

    /// <summary>Where to connect to instead.</summary>
    internal int Port { get; private set; }

    internal void Start()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!ending.IsCancellationRequested)
            _ = ServeAsync(await listener.AcceptTcpClientAsync(ending.Token));
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        using (caller)
        using (var called = new TcpClient())
        {
            try
            {
                caller.NoDelay = called.NoDelay = true;
                var first = new byte[ChunkBytes];
                var count = await caller.GetStream().ReadAsync(first, both.Token);
                if (count == 0)
                    return;
                var greeting = first[..count];
                var name = from(greeting);
                await wires[name, to].WholeAsync(both.Token);
                await called.ConnectAsync(IPAddress.Loopback, port(), both.Token);
                await Task.WhenAny(
                    PassOnAsync(caller, called, wires[name, to], greeting, both.Token),
                    PassOnAsync(called, caller, wires[to, name], [], both.Token));

                // That one end has left comes no faster to the other than anything else.
                await wires[name, to].WholeAsync(both.Token);
                await wires[to, name].WholeAsync(both.Token);
            }
            catch (Exception end) when (end is SocketException or IOException or OperationCanceledException)
            {
                // One end has left: the other is told by the closing below.
            }
            finally
            {
                await both.CancelAsync();
            }
        }
    }

    private static async Task PassOnAsync(TcpClient source, TcpClient target, Wire wire, byte[] greeting, CancellationToken cancel)
    {
        var underWay = Channel.CreateBounded<(long Due, ReadOnlyMemory<byte> Bytes)>(MostUnderWay);
        var delivering = DeliverAsync();
        try
        {
            // Chance here only decides which chunk comes late: it needs no seed to be fair.
            if (greeting.Length > 0)
                await underWay.Writer.WriteAsync((DueOf(), greeting), cancel);
            while (true)
            {
                var chunk = new byte[ChunkBytes];
                var count = await source.GetStream().ReadAsync(chunk, cancel);
                if (count == 0)
                    break;
                await underWay.Writer.WriteAsync((DueOf(), chunk.AsMemory(0, count)), cancel);
            }
        }
        finally
        {
            underWay.Writer.TryComplete();
        }

        await delivering;

        long DueOf() => TimeProvider.System.GetTimestamp() + (long)(wire.LatenessOf(Random.Shared).TotalSeconds * TimeProvider.System.TimestampFrequency);

        async Task DeliverAsync()
        {
            await foreach (var (due, bytes) in underWay.Reader.ReadAllAsync(cancel))
            {
                var wait = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancel);
                await wire.WholeAsync(cancel);
                await target.GetStream().WriteAsync(bytes, cancel);
            }
        }
    }
}
