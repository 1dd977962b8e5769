using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace WhistleActors.Bench;

/// <summary>How the crowd speaks with the server.</summary>
internal enum Speech
{
    Json,
    MessagePack,
    Plain,
}

/// <summary>Many screens in this process that do as little as they can: they count what comes, and some of them tell how old it was.</summary>
internal sealed class LiveCrowd : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;
    private const int Sampled = 25;

    // Unpacking takes time that the two cores do not have for all.
    private const int SampledPacked = 2_500;
    private const int ConnectingAtOnce = 256;

    private readonly Uri address;
    private readonly Speech speech;
    private readonly HttpMessageInvoker invoker;
    private readonly List<Screen> screens = [];

    internal LiveCrowd(Uri server, string token, Speech speech)
    {
        this.speech = speech;
        address = new UriBuilder(new Uri(server, speech == Speech.Plain ? "bench/plain" : "hubs/live")) { Scheme = "ws", Query = $"access_token={token}" }.Uri;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancelled) =>
            {
                // Without lingering: ten thousand ports that wait for minutes would leave none for the next run.
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancelled);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    internal long Messages => screens.Sum(screen => screen.Messages);

    internal long Changes => screens.Sum(screen => screen.Changes);

    internal long SampledMessages => screens.Where(screen => screen.IsSampled).Sum(screen => screen.Messages);

    internal ConcurrentBag<double> Milliseconds { get; private set; } = [];

    internal string? LastPosition => screens[0].Position;

    /// <summary>Connects so many, and waits until each has heard so many messages.</summary>
    internal async Task ConnectAsync(int count, string? position, int messages, int stuck = 0)
    {
        using var turns = new SemaphoreSlim(ConnectingAtOnce);
        for (var i = 0; i < count; i++)
            screens.Add(new Screen(this, sampled: i % (speech == Speech.MessagePack ? SampledPacked : Sampled) == 0, stuck: i < stuck));
        await Task.WhenAll(screens.Select(async screen =>
        {
            await turns.WaitAsync();
            try
            {
                await screen.ConnectAsync(position, messages);
            }
            finally
            {
                turns.Release();
            }

            await screen.Heard;
        })).WaitAsync(TimeSpan.FromMinutes(2));
    }

    internal void ForgetTimes() => Milliseconds = [];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(screens.Select(screen => screen.DisposeAsync().AsTask()));
        invoker.Dispose();
    }

    private sealed class Screen(LiveCrowd crowd, bool sampled, bool stuck) : IAsyncDisposable
    {
        private readonly ClientWebSocket socket = new();
        private readonly TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Task reading = Task.CompletedTask;
        private readonly MemoryStream packed = new(0);
        private int awaited;
        private int left;
        private int header;
        private long messages;

        internal long Messages => Volatile.Read(ref messages);

        internal bool IsSampled => sampled;

        internal long Changes { get; private set; }

        internal Task Heard => heard.Task;

        internal string? Position { get; private set; }

        internal async Task ConnectAsync(string? position, int expected)
        {
            awaited = expected;
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(crowd.address, crowd.invoker, CancellationToken.None);
            if (crowd.speech != Speech.Plain)
            {
                var packed = crowd.speech == Speech.MessagePack;
                await SayAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"{{(packed ? "messagepack" : "json")}}","version":1}""" + (char)RecordEnd));
                await socket.ReceiveAsync(new byte[64], CancellationToken.None);
                await SayAsync(packed
                    ? [19, 0x96, 1, 0x80, 0xc0, 0xa6, .. "Follow"u8, 0x92, 0xa4, .. "city"u8, 0xc0, 0x90]
                    : Encoding.UTF8.GetBytes($$"""{"type":1,"target":"Follow","arguments":["city",{{position ?? "null"}}]}""" + (char)RecordEnd));
            }

            if (expected == 0 || stuck)
                heard.TrySetResult();
            if (!stuck)
                reading = ReadAsync();
        }

        public async ValueTask DisposeAsync()
        {
            socket.Abort();
            await reading;
            socket.Dispose();
        }

        private ValueTask SayAsync(byte[] bytes) => socket.SendAsync(
            bytes.AsMemory(), crowd.speech == Speech.MessagePack ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        private async Task ReadAsync()
        {
            var buffer = new byte[sampled ? 32 * 1024 : 4 * 1024];
            try
            {
                while (true)
                {
                    var read = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                    if (read.MessageType == WebSocketMessageType.Close)
                        break;
                    var bytes = buffer.AsSpan(0, read.Count);
                    messages += crowd.speech == Speech.MessagePack ? CountPacked(bytes) : bytes.Count(RecordEnd);
                    if (messages >= awaited)
                        heard.TrySetResult();
                    if (sampled && crowd.speech != Speech.MessagePack)
                        Look(bytes);
                }
            }
            catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or OperationCanceledException)
            {
                heard.TrySetException(gone);
            }
        }

        // Each message is preceded by its length, seven bits a byte.
        private int CountPacked(ReadOnlySpan<byte> bytes)
        {
            var count = 0;
            while (bytes.Length > 0)
            {
                if (left == 0 || header > 0)
                {
                    left |= (bytes[0] & 0x7f) << header;
                    header = (bytes[0] & 0x80) != 0 ? header + 7 : 0;
                    bytes = bytes[1..];
                    continue;
                }

                var taken = Math.Min(left, bytes.Length);
                left -= taken;
                if (sampled)
                    packed.Write(bytes[..taken]);
                bytes = bytes[taken..];
                if (left > 0)
                    continue;
                count++;
                if (sampled)
                    Look(Unpacked());
            }

            return count;
        }

        private byte[] Unpacked()
        {
            var message = packed.ToArray();
            packed.SetLength(0);
            var gzip = message.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x1f, 0x8b, 0x08]);
            if (gzip < 0)
                return message;
            using var plain = new MemoryStream();
            using var unpacking = new GZipStream(new MemoryStream(message, gzip, message.Length - gzip), CompressionMode.Decompress);
            unpacking.CopyTo(plain);
            return plain.ToArray();
        }

        private void Look(ReadOnlySpan<byte> bytes)
        {
            var now = Stopwatch.GetTimestamp();
            var epoch = bytes.IndexOf("\"epoch\":\""u8);
            var to = bytes.IndexOf(",\"to\":"u8);
            if (epoch >= 0 && to > epoch && bytes.Length > to + 26)
                Position = $$"""{"epoch":"{{Encoding.ASCII.GetString(bytes.Slice(epoch + 9, 12))}}","sequence":{{Number(bytes[(to + 6)..])}}}""";
            for (var at = bytes.IndexOf("\"at0"u8); at >= 0 && bytes.Length >= at + 23; at = bytes.IndexOf("\"at0"u8))
            {
                Changes++;
                var stored = long.Parse(bytes.Slice(at + 3, 20), NumberStyles.None, CultureInfo.InvariantCulture);
                crowd.Milliseconds.Add(Stopwatch.GetElapsedTime(stored, now).TotalMilliseconds);
                bytes = bytes[(at + 23)..];
            }
        }

        private static long Number(ReadOnlySpan<byte> digits)
        {
            var length = 0;
            while (length < digits.Length && digits[length] is >= (byte)'0' and <= (byte)'9')
                length++;
            return long.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }
}
