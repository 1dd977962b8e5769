using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Boards;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Bench;

/// <summary>
/// The whole server, whose board is fed here as its actors feed it after they have stored something; and beside it, in the same process, a plain
/// WebSocket broadcast of the same bytes.
/// </summary>
internal sealed class LiveHost(LiveBoard board, CityPack pack) : IDisposable
{
    private readonly List<Whistle> whistles = [];
    private readonly List<WebSocket> plain = [];
    private readonly CancellationTokenSource stopping = new();
    private int next;

    internal static async Task RunAsync(int open)
    {
        string[] args = [];
        var settings = ServerSettings.Read(args);
        var pack = CityPackReader.Read(settings.CityPack) is CityPackReading.Loaded loaded ? loaded.Pack : throw new InvalidOperationException("The city pack is refused.");
        await using var app = WhistleServer.Build(args, settings, pack, builder => builder.Logging.ClearProviders());
        using var host = new LiveHost(app.Services.GetRequiredService<LiveBoard>(), pack);
        host.Blow(open);
        app.UseWebSockets();
        app.Map("/bench/plain", host.TakePlainAsync);
        app.MapPost("/bench/feed", async (double rate, double seconds, CancellationToken cancelled) => await host.FeedAsync(rate, TimeSpan.FromSeconds(seconds), cancelled));
        app.MapPost("/bench/broadcast", async (double seconds) => await host.BroadcastAsync(TimeSpan.FromSeconds(seconds)));
        app.MapGet("/bench/frame", () => host.OneChange().Length);
        app.MapGet("/bench/snapshot", () => host.SnapshotFrames());
        app.MapGet("/bench/memory", () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var self = Process.GetCurrentProcess();
            return self.WorkingSet64;
        });
        await app.RunAsync();
    }

    public void Dispose() => stopping.Dispose();

    private void Blow(int open)
    {
        var (matter, department) = (pack.Matters.Keys.First(), pack.Departments.Keys.First());
        var officer = new Officer(PersonId.Parse("bench"), "bench", OrganisationCode.Parse("city"), Role.Observer);
        foreach (var grid in pack.Territory.Grids.Values.Take(open))
        {
            whistles.Add(new Whistle(
                new WhistleId(grid.Code, 1), 1, grid.Subdistrict, grid.District, matter, WhistleOccasion.Emergency, WhistleLevel.Emergency, WhistleChain.Service, 1,
                "路面塌陷，约两平方米，已围挡", null, pack.Version, null, DateTimeOffset.UnixEpoch, officer,
                [new Summons(department, DutyRole.Lead, null, null, null, null, null, null, ImmutableArray<Veto>.Empty, null, null, null)],
                null));
            board.Merge(new PublishedWhistle(whistles[^1]));
        }
    }

    // The moment of storing travels in the text: both processes read the same steady clock.
    private void Change()
    {
        var index = next++ % whistles.Count;
        whistles[index] = whistles[index] with
        {
            Version = whistles[index].Version + 1,
            Description = string.Create(CultureInfo.InvariantCulture, $"at{Stopwatch.GetTimestamp():D20}"),
        };
        board.Merge(new PublishedWhistle(whistles[index]));
    }

    private async Task FeedAsync(double rate, TimeSpan time, CancellationToken cancelled)
    {
        var clock = Stopwatch.StartNew();
        for (long done = 0; clock.Elapsed < time;)
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); done < due; done++)
                Change();
            await Task.Delay(1, cancelled);
        }
    }

    private byte[] OneChange()
    {
        Change();
        var frame = board.Write(BoardScope.City, board.Head - 1, board.Head, sure: true).Utf8;
        return [.. """{"type":1,"target":"Frame","arguments":["city","""u8, .. frame.Span, .. "]}"u8, 0x1e];
    }

    private int SnapshotFrames()
    {
        var frames = 0;
        for (long? after = null; ; frames++)
        {
            var frame = board.Write(BoardScope.City, after, board.Head, sure: true);
            if (frame.AtHead)
                return frames + 1;
            after = frame.To;
        }
    }

    private async Task TakePlainAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        lock (plain)
            plain.Add(socket);
        try
        {
            await socket.ReceiveAsync(new byte[16], http.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The crowd has left.
        }

        lock (plain)
            plain.Remove(socket);
    }

    private async Task BroadcastAsync(TimeSpan time)
    {
        WebSocket[] sockets;
        lock (plain)
            sockets = [.. plain];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            var message = OneChange();
            await Task.WhenAll(sockets.Chunk((sockets.Length + 1) / 2).Select(half => Task.Run(async () =>
            {
                foreach (var socket in half)
                    await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            })));
        }
    }
}
