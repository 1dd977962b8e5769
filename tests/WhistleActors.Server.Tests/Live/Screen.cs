using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Live;

/// <summary>A screen that follows one board, frame by frame.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly HubConnection connection;
    private readonly bool owns;
    private readonly IAsyncEnumerator<JsonElement> frames;

    public Screen(HubConnection connection, string? board, object? position, bool owns = false)
    {
        (this.connection, this.owns) = (connection, owns);
        frames = connection.StreamAsync<JsonElement>("Follow", board, position, stopping.Token).GetAsyncEnumerator(stopping.Token);
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
        if (!await frames.MoveNextAsync().AsTask().WaitAsync(Patience))
            throw new InvalidOperationException("The board has ended.");
        foreach (var whistle in frames.Current.GetProperty("whistles").EnumerateArray())
            Seen.Add(whistle.GetProperty("id").GetString()!);
        foreach (var load in frames.Current.GetProperty("departments").EnumerateArray())
            Loads[load.GetProperty("department").GetString()!] = load;
        if (frames.Current.TryGetProperty("city", out var totals))
            Totals = totals;
        return frames.Current;
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

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        try
        {
            await frames.DisposeAsync();
        }
        catch (Exception ended) when (ended is OperationCanceledException or NotSupportedException)
        {
            // It was told to end.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (owns)
            await connection.DisposeAsync();
        stopping.Dispose();
    }
}
