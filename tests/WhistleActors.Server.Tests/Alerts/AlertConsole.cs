using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>A console that follows alerts, frame by frame.</summary>
internal sealed class AlertConsole<TFrame> : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stopping = new();
    private readonly IAsyncEnumerator<JsonElement> frames;
    private readonly TestServer server;
    private readonly JsonTypeInfo<TFrame> type;
    private Task<bool>? moving;

    public AlertConsole(TestServer server, HubConnection connection, string method, string followed, JsonTypeInfo<TFrame> type)
    {
        (this.server, this.type, Connection) = (server, type, connection);
        frames = connection.StreamAsync<JsonElement>(method, followed, stopping.Token).GetAsyncEnumerator(stopping.Token);
    }

    public HubConnection Connection { get; }

    /// <summary>The next frame. The board beats by the server's clock, which stands still unless it is moved.</summary>
    public async Task<TFrame> NextAsync() => await NextAsync(TimeSpan.FromMinutes(15)) ?? throw new TimeoutException("No frame came.");

    /// <summary>The next frame; nothing when none comes while the server's clock goes on for so long.</summary>
    public async Task<TFrame?> NextAsync(TimeSpan within)
    {
        moving ??= frames.MoveNextAsync().AsTask();
        var until = server.Now + within;
        for (var waiting = Stopwatch.StartNew(); !moving.IsCompleted && server.Now < until && waiting.Elapsed < TimeSpan.FromSeconds(20);)
        {
            server.Clock.Advance(Step);
            await Task.WhenAny(moving, Task.Delay(2));
        }

        if (!moving.IsCompleted)
            return default;
        var moved = await moving;
        moving = null;
        moved.ShouldBeTrue();
        return JsonSerializer.Deserialize(frames.Current, type);
    }

    /// <summary>The next frame, which waits for no beat of the board: the clock stands still.</summary>
    public async Task<TFrame> AtOnceAsync()
    {
        moving ??= frames.MoveNextAsync().AsTask();
        (await moving.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        moving = null;
        return JsonSerializer.Deserialize(frames.Current, type)!;
    }

    public async Task<TFrame> UntilAsync(Func<TFrame, bool> fits)
    {
        while (true)
        {
            if (await NextAsync() is var frame && fits(frame))
                return frame;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Connection.DisposeAsync();
        stopping.Dispose();
    }
}

internal static class AlertConsole
{
    /// <summary>One of a department.</summary>
    public static async Task<AlertConsole<AlertFrame>> OfAsync(AlertServer server, Person person, string department = "waterworks") =>
        new(server.Server, await server.ConnectAsync(person), "Follow", department, ContractJson.Types.AlertFrame);

    /// <summary>One of a district's command.</summary>
    public static async Task<AlertConsole<EscalationFrame>> OfDistrictAsync(AlertServer server, Person person, string district = "990101") =>
        new(server.Server, await server.ConnectAsync(person), "FollowEscalated", district, ContractJson.Types.EscalationFrame);
}
