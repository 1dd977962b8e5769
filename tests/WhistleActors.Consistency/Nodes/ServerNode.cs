using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using WhistleActors.Client;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Consistency.Nodes;

/// <summary>A node: the real server as a process of its own, with somebody who starts it again two seconds after it ended, as its systemd unit does.</summary>
internal sealed class ServerNode : IAsyncDisposable
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(2);

    private readonly string program;
    private readonly string log;
    private readonly Dictionary<string, string> settings;
    private readonly ConcurrentDictionary<SignInRequest, WhistleClient> clients = [];
    private readonly HttpClient http;
    private readonly CancellationTokenSource ending = new();
    private Process? process;
    private Task watching = Task.CompletedTask;
    private long heldUntil;
    private volatile bool killed;

    /// <param name="program">The server's assembly.</param>
    /// <param name="log">The file that its output goes to.</param>
    internal ServerNode(string name, string program, int port, string log, Dictionary<string, string> settings)
    {
        (Name, this.program, this.log, this.settings) = (name, program, log, settings);
        Address = new Uri($"http://127.0.0.1:{port}/");
        settings["ASPNETCORE_URLS"] = Address.ToString();
        http = WhistleClient.CreateHttp(Address);
    }

    internal string Name { get; }

    internal Uri Address { get; }

    /// <summary>When it was started last: the longest running one holds what there is once in a cluster.</summary>
    internal long StartedAt { get; private set; }

    /// <summary>How often it ended without having been killed: a node that was voted out ends itself.</summary>
    internal int EndedByItself { get; private set; }

    internal void Start() => watching = WatchAsync();

    /// <summary>Ends it with <c>kill -9</c> and keeps it down for a while.</summary>
    internal void Kill(TimeSpan down)
    {
        killed = true;
        Volatile.Write(ref heldUntil, TimeProvider.System.GetTimestamp() + (long)(down.TotalSeconds * TimeProvider.System.TimestampFrequency));
        Signals.Kill(process!.Id);
    }

    internal void Freeze() => Signals.Freeze(process!.Id);

    internal void Thaw() => Signals.Thaw(process!.Id);

    internal async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", cancel).WaitAsync(TimeSpan.FromSeconds(5), cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception no) when (no is HttpRequestException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Somebody who asks this node once: whether to ask again, and whom, is theirs to decide.</summary>
    internal WhistleClient As(SignInRequest who) => clients.GetOrAdd(who, _ => new WhistleClient(
        http, who, new WhistleClientOptions { AttemptTimeout = TimeSpan.FromSeconds(8), GiveUpAfter = TimeSpan.Zero }));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (process is { HasExited: false })
        {
            Signals.Kill(process.Id);
            await process.WaitForExitAsync();
        }

        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process?.Dispose();
        http.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            StartOnce();
            await process!.WaitForExitAsync(ending.Token);
            if (!killed)
                EndedByItself++;
            killed = false;
            await Task.Delay(RestartAfter, ending.Token);
            while (TimeProvider.System.GetTimestamp() < Volatile.Read(ref heldUntil))
                await Task.Delay(100, ending.Token);
        }
    }

    private void StartOnce()
    {
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process?.Dispose();
        process = Process.Start(start)!;
        StartedAt = TimeProvider.System.GetTimestamp();
        _ = KeepAsync(process.StandardOutput);
        _ = KeepAsync(process.StandardError);
    }

    private async Task KeepAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (settings)
                File.AppendAllText(log, line + "\n");
        }
    }
}
