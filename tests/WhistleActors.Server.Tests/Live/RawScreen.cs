using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Live;

/// <summary>A WebSocket to a hub without any client around it, for saying what no client would say, and for not reading.</summary>
internal sealed class RawScreen : IDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();
    private readonly StringBuilder heard = new();

    public static async Task<RawScreen> ConnectAsync(TestServer server, bool greets = true, string hub = "live", Person? person = null)
    {
        var screen = new RawScreen();
        screen.socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var token = (person ?? await server.AsAsync("wall", "city", "observer")).Token;
        var address = new UriBuilder(new Uri(server.Address, $"hubs/{hub}")) { Scheme = "ws", Query = $"access_token={token}" }.Uri;
        await screen.socket.ConnectAsync(address, CancellationToken.None);
        if (greets)
        {
            await screen.SayAsync("""{"protocol":"json","version":1}""");
            await screen.HearAsync();
        }

        return screen;
    }

    public Task FollowAsync(int invocation, string board) =>
        SayAsync($$"""{"type":1,"invocationId":"{{invocation}}","target":"Follow","arguments":["{{board}}",null]}""");

    public Task SayAsync(string record) => SayRawAsync(Encoding.UTF8.GetBytes(record + End), WebSocketMessageType.Text);

    public async Task SayRawAsync(byte[] bytes, WebSocketMessageType type) =>
        await socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next record; null when the server has ended the connection.</summary>
    public async Task<string?> HearAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var text = heard.ToString();
            var end = text.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
            {
                heard.Remove(0, end + 1);
                return text[..end];
            }

            try
            {
                var result = await socket.ReceiveAsync(buffer, patience.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                    return null;
                heard.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
            }
            catch (WebSocketException)
            {
                return null;
            }
        }
    }

    /// <summary>The next frame, and the board that it is of.</summary>
    public async Task<(string Board, JsonElement Frame)> FrameAsync()
    {
        while (true)
        {
            var message = JsonDocument.Parse(await HearAsync() ?? throw new InvalidOperationException("The server has ended the connection.")).RootElement;
            if (message.TryGetProperty("target", out var target) && target.GetString() == "Frame")
                return (message.GetProperty("arguments")[0].GetString()!, message.GetProperty("arguments")[1]);
        }
    }

    /// <summary>All that comes until the server ends the connection.</summary>
    public async Task<List<string>> HearToTheEndAsync()
    {
        var records = new List<string>();
        while (await HearAsync() is { } record)
            records.Add(record);
        return records;
    }

    public void Dispose() => socket.Dispose();
}
