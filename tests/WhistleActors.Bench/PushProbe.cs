using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace WhistleActors.Bench;

/// <summary>How long after the answer to a command a screen has the whistle at that version.</summary>
internal sealed class PushProbe : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(long Version, long At)>> answered = new();
    private readonly ConcurrentDictionary<string, (long Version, long At)> seen = new();
    private readonly ConcurrentBag<double> milliseconds = [];

    private PushProbe(HubConnection connection) => this.connection = connection;

    internal IReadOnlyCollection<double> Milliseconds => milliseconds;

    internal static async Task<PushProbe> FollowAsync(Uri server, string token)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/live"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        var probe = new PushProbe(connection);
        connection.On<string, JsonElement>("Frame", (_, frame) => probe.Look(frame));
        await connection.StartAsync();
        await connection.InvokeAsync("Follow", "city", null);
        return probe;
    }

    internal void Answered(string whistle, long version, long at)
    {
        // The screen may have it before the answer has arrived: then it waited for nothing.
        if (seen.TryGetValue(whistle, out var shown) && shown.Version >= version)
            milliseconds.Add(Math.Max(0, Stopwatch.GetElapsedTime(at, shown.At).TotalMilliseconds));
        else
            answered.GetOrAdd(whistle, _ => []).Enqueue((version, at));
    }

    private void Look(JsonElement frame)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var whistle in frame.GetProperty("whistles").EnumerateArray())
        {
            var (id, version) = (whistle.GetProperty("id").GetString()!, whistle.GetProperty("version").GetInt64());
            seen[id] = (version, now);
            if (answered.TryGetValue(id, out var waiting))
            {
                while (waiting.TryPeek(out var first) && first.Version <= version && waiting.TryDequeue(out first))
                    milliseconds.Add(Math.Max(0, Stopwatch.GetElapsedTime(first.At, now).TotalMilliseconds));
            }
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
