using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Live;

/// <summary>A screen that follows one board, frame by frame.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HubConnection connection;
    private readonly bool owns;
    private readonly string? board;
    private readonly Channel<JsonElement> frames = Channel.CreateUnbounded<JsonElement>();
    private readonly List<IDisposable> listening = [];
    private readonly Task following;

    public Screen(HubConnection connection, string? board, object? position, bool owns = false)
    {
        (this.connection, this.board, this.owns) = (connection, board, owns);
        listening.Add(connection.On<string, JsonElement>("Frame", (of, frame) =>
        {
            if (of == board)
                frames.Writer.TryWrite(frame);
        }));
        listening.Add(connection.On<string, string>("Ended", (of, reason) =>
        {
            if (of == board)
                frames.Writer.TryComplete(new HubException(reason));
        }));
        connection.Closed += failure =>
        {
            frames.Writer.TryComplete(failure);
            return Task.CompletedTask;
        };
        following = FollowAsync(position);
    }

    /// <summary>Ids of all whistles that it was ever told of.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>The newest load of each department that it was told of.</summary>
    public Dictionary<string, JsonElement> Loads { get; } = [];

    /// <summary>The newest totals that it was told of.</summary>
    public JsonElement? Totals { get; private set; }

    public static async Task<HubConnection> ConnectAsync(TestServer server, Person? person = null)
    {
        var token = (person ?? await server.AsAsync("wall", "city", "observer")).Token;
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, "hubs/live"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        await connection.StartAsync();
        return connection;
    }

    public async Task<JsonElement> NextAsync()
    {
        if (!await frames.Reader.WaitToReadAsync().AsTask().WaitAsync(Patience) || !frames.Reader.TryRead(out var frame))
            throw new InvalidOperationException("The board has ended.");
        foreach (var whistle in frame.GetProperty("whistles").EnumerateArray())
            Seen.Add(whistle.GetProperty("id").GetString()!);
        foreach (var load in frame.GetProperty("departments").EnumerateArray())
            Loads[load.GetProperty("department").GetString()!] = load;
        if (frame.TryGetProperty("city", out var totals))
            Totals = totals;
        return frame;
    }

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> fits)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var frame = await NextAsync();
            if (fits(frame))
                return frame;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Completes, or fails, when following is answered.</summary>
    public Task FollowingAsync() => following.WaitAsync(Patience);

    /// <summary>How many frames have come that nobody has read.</summary>
    public int Unread => frames.Reader.Count;

    public async Task StopAsync()
    {
        await connection.InvokeAsync("Unfollow", board);
        await DeafenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (owns)
            await connection.DisposeAsync();
        await DeafenAsync();
    }

    private async Task FollowAsync(object? position)
    {
        try
        {
            await connection.InvokeAsync("Follow", board, position);
        }
        catch (Exception refused)
        {
            frames.Writer.TryComplete(refused);
            throw;
        }
    }

    private async Task DeafenAsync()
    {
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var listener in listening)
            listener.Dispose();
    }
}
