using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace WhistleActors.Bench;

/// <summary>The consoles of departments, several each; knows when the last of those that a whistle concerns had it.</summary>
internal sealed class AlertProbe : IAsyncDisposable
{
    private readonly List<HubConnection> connections = [];
    private readonly List<Task> following = [];
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Told> whistles = new();

    /// <summary>Connects them, and returns when each has its first frame.</summary>
    internal async Task ConnectAsync(Uri server, IReadOnlyDictionary<string, string> tokens, int each)
    {
        foreach (var (department, token) in tokens)
        {
            for (var i = 0; i < each; i++)
            {
                var connection = new HubConnectionBuilder()
                    .WithUrl(new Uri(server, "/hubs/alerts"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
                    .Build();
                connections.Add(connection);
                await connection.StartAsync();
                var first = new TaskCompletionSource();
                following.Add(ReadAsync(connection, department, first));
                await first.Task;
            }
        }
    }

    /// <summary>Completes when so many consoles have been told of a whistle, with the moment (<see cref="Stopwatch"/> ticks) at which the last was.</summary>
    internal Task<long> ToldAsync(string whistle, int consoles) => whistles.GetOrAdd(whistle, _ => new Told()).ByAsync(consoles);

    internal void Forget(string whistle) => whistles.TryRemove(whistle, out _);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(following);
        foreach (var connection in connections)
            await connection.DisposeAsync();
        stop.Dispose();
    }

    private async Task ReadAsync(HubConnection connection, string department, TaskCompletionSource first)
    {
        try
        {
            await foreach (var frame in connection.StreamAsync<JsonElement>("Follow", department, stop.Token))
            {
                var now = Stopwatch.GetTimestamp();
                first.TrySetResult();
                foreach (var alert in frame.GetProperty("alerts").EnumerateArray())
                    whistles.GetOrAdd(alert.GetProperty("whistle").GetString()!, _ => new Told()).Once(now);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the measurement.
        }
    }

    private sealed class Told
    {
        private readonly Lock gate = new();
        private readonly TaskCompletionSource<long> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int awaited = int.MaxValue;
        private int consoles;
        private long last;

        internal void Once(long at)
        {
            lock (gate)
            {
                (consoles, last) = (consoles + 1, Math.Max(last, at));
                if (consoles >= awaited)
                    all.TrySetResult(last);
            }
        }

        internal Task<long> ByAsync(int count)
        {
            lock (gate)
            {
                awaited = count;
                if (consoles >= awaited)
                    all.TrySetResult(last);
                return all.Task;
            }
        }
    }
}
