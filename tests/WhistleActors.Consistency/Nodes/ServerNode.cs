using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using WhistleActors.Client;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Consistency.Nodes;

/// <summary>A node: the real server as a process of its own, with somebody who starts it again two seconds after it ended, as its systemd unit does.</summary>
internal sealed partial class ServerNode : IAsyncDisposable
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(2);

    // A killed process that is not gone by then would let a run stand still for good: it was seen once.
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(60);

    private readonly string program;
    private readonly string log;
    private readonly Dictionary<string, string> settings;
    private readonly ConcurrentDictionary<SignInRequest, WhistleClient> clients = [];
    private readonly ConcurrentDictionary<string, long> departments = [];
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

    /// <summary>Tells it to leave in order, and waits until it has been started again.</summary>
    internal async Task LeaveAsync(CancellationToken cancel)
    {
        var before = StartedAt;
        killed = true;
        Signals.Terminate(process!.Id);
        while (StartedAt == before)
            await Task.Delay(100, cancel);
    }

    /// <summary>By how much its clock is ahead from its next start on; negative when behind.</summary>
    internal TimeSpan ClockAhead { get; set; }

    /// <summary>When a department came into memory there, in this run of the process; null when it did not.</summary>
    internal long? HasDepartmentSince(string department) => departments.TryGetValue(department, out var since) ? since : null;

    internal void Freeze() => Signals.Freeze(process!.Id);

    internal void Thaw() => Signals.Thaw(process!.Id);

    internal async Task<bool> IsReadyAsync(CancellationToken cancel) => await HealthAsync(cancel) is { Status: HttpStatusCode.OK };

    /// <summary>The members of the cluster as this node sees them; none when it does not answer.</summary>
    internal async Task<IReadOnlyList<string>> MembersAsync(CancellationToken cancel)
    {
        if (await HealthAsync(cancel) is not { } health)
            return [];
        using var read = JsonDocument.Parse(health.Body);
        return [.. read.RootElement.GetProperty("members").EnumerateArray().Select(member => member.GetString()!)];
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
            await process.WaitForExitAsync().WaitAsync(GoneWithin);
        }

        await watching.WaitAsync(GoneWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process?.Dispose();
        http.Dispose();
    }

    // Null when it does not answer.
    private async Task<(HttpStatusCode Status, string Body)?> HealthAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("health/ready", cancel).WaitAsync(TimeSpan.FromSeconds(5), cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception no) when (no is HttpRequestException or TimeoutException)
        {
            return null;
        }
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
        foreach (var (name, value) in ClockAhead == TimeSpan.Zero ? new Dictionary<string, string>() : WrongClock.Environment(ClockAhead))
            start.Environment[name] = value;
        departments.Clear();
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
            if (DepartmentIn().Match(line) is { Success: true } here)
                departments[here.Groups[1].Value] = TimeProvider.System.GetTimestamp();
            lock (settings)
                File.AppendAllText(log, line + "\n");
        }
    }

    // What the server's log says when a department's actor has come into memory.
    [GeneratedRegex(@"Department (\S+) is in memory at this node")]
    private static partial Regex DepartmentIn();
}
