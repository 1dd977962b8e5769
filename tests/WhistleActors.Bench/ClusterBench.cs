using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Spectre.Console;
using WhistleActors.Actors.Storage;
using WhistleActors.Testing;

namespace WhistleActors.Bench;

/// <summary>
/// Three nodes on PostgreSQL: whole lives on one and on three of them beside the bare journal, and the take-over after <c>kill -9</c> of the oldest node, which has the
/// singletons, beside that of a bare sharding system with the same settings in the same run.
/// </summary>
internal sealed class ClusterBench(TimeSpan time, int runs, bool full)
{
    internal static readonly string[] Groups = ["cluster", "cluster.lives", "cluster.takeover"];

    private const int Nodes = 3;
    private const int Probed = 300;

    // 22,605 grids: a city that is three times as large as the largest.
    private const int GridsPerCommunityWhenFull = 3;
    private const int CommandsAtOnce = 8;
    private const string Plugin = "akka.persistence.journal.group-commit";

    // Who asks again that often, has the time of the answer that exactly; whose home is alive is answered at the first time.
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Unanswered = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (string Unit, List<double> Runs)> figures = [];

    internal async Task<IReadOnlyList<Measure>> RunAsync(IReadOnlyCollection<string> groups, CancellationToken cancelled)
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        for (var run = 0; run < runs; run++)
        {
            cancelled.ThrowIfCancellationRequested();
            if (groups.Any(group => group is "cluster" or "cluster.takeover"))
            {
                var bare = await TemporaryFolder.UseAsync(folder => BareTakeoverAsync(folder, postgres));
                var seconds = await TemporaryFolder.UseAsync(folder => TakeoverAsync(folder, postgres));
                Add("cluster.bare_takeover_s", "s", bare);
                Add("cluster.takeover_s", "s", seconds);
                Add("cluster.takeover_ratio", "", seconds / bare);
            }

            if (groups.Any(group => group is "cluster" or "cluster.lives"))
            {
                Say("cluster: the bare journal on PostgreSQL");
                Add("cluster.bare_events_per_s", "events/s", await BareJournal.RunAsync(StorageSettings.Postgres(await postgres.CreateDatabaseAsync()), Plugin, time));
                Add("cluster.lives_per_s_1", "lives/s", await TemporaryFolder.UseAsync(folder => LivesAsync(folder, postgres, 1)));
                Add("cluster.lives_per_s_3", "lives/s", await TemporaryFolder.UseAsync(folder => LivesAsync(folder, postgres, Nodes)));
            }
        }

        return [.. figures.Select(figure => Measure.Of(figure.Key, figure.Value.Unit, figure.Value.Runs))];
    }

    private async Task<double> LivesAsync(string folder, PostgresServer postgres, int count)
    {
        var nodes = await StartAsync(folder, await postgres.CreateDatabaseAsync(), count, run: null);
        using var lives = await Lives.PrepareAsync(nodes[0].Address);
        lives.Nodes = [.. nodes.Select(node => node.Address)];
        Say($"cluster: warming up {count} nodes");
        await lives.WarmUpAsync();
        Say($"cluster: lives on {count} nodes");
        var rate = await lives.ClosedLoopAsync(CoreBench.AtOnce, time);
        foreach (var node in nodes)
            await node.DisposeAsync();
        return rate;
    }

    private static async Task<double> BareTakeoverAsync(string folder, PostgresServer postgres)
    {
        string[] run = [typeof(ClusterBench).Assembly.Location, "bare-node"];
        var nodes = await StartAsync(folder, await postgres.CreateDatabaseAsync(), Nodes, run);
        var asked = Enumerable.Range(0, Probed).Select(number => string.Create(CultureInfo.InvariantCulture, $"/ask/{number}")).ToList();
        Say("cluster: kill -9 of the oldest of three bare nodes");
        var seconds = (await AnsweredAgainAsync(nodes, asked, token: null)).Values.Max();
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        return seconds;
    }

    private async Task<double> TakeoverAsync(string folder, PostgresServer postgres)
    {
        var pack = full ? LargePack.Write(Path.Combine(folder, "pack"), GridsPerCommunityWhenFull) : null;
        var nodes = await StartAsync(folder, await postgres.CreateDatabaseAsync(), Nodes, run: null, pack);
        using var lives = await Lives.PrepareAsync(nodes[0].Address);
        lives.Nodes = [.. nodes.Select(node => node.Address)];
        lives.Everyday = true;
        await lives.SignInOfficersAsync();
        Say($"cluster: opening a whistle in each of {lives.Grids.Count} grids");
        await lives.LeaveOpenAsync(lives.Grids.Count);
        lives.Nodes = [.. nodes.Skip(1).Select(node => node.Address)];
        var stride = lives.Grids.Count / Probed;
        var grids = lives.Grids.Where((_, number) => number % stride == 0).Take(Probed).ToDictionary(grid => $"/api/v1/grids/{grid.Code}");
        var token = new AuthenticationHeaderValue("Bearer", await lives.TokenAsync());
        Say("cluster: kill -9 of the oldest of three nodes, while others work");
        using var enough = new CancellationTokenSource();
        var commands = new ConcurrentBag<(string Grid, double Seconds, bool Accepted)>();
        var working = Enumerable.Range(0, CommandsAtOnce).Select(worker => WorkAsync(lives, [.. grids], worker, commands, enough.Token)).ToList();
        var answered = await AnsweredAgainAsync(nodes, [.. grids.Keys], token);
        await Task.Delay(Afterwards, CancellationToken.None);
        await enough.CancelAsync();
        await Task.WhenAll(working);
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));

        // Of grids whose node lives on nothing should be felt, though a third of the city wakes beside them.
        var unhurt = answered.Where(grid => grid.Value < Unanswered.TotalSeconds).Select(grid => grid.Key).ToHashSet();
        Add("cluster.takeover_grids", "", lives.Grids.Count);
        Add("cluster.takeover_lost_share", "", 1 - ((double)unhurt.Count / grids.Count));
        Add("cluster.takeover_refused", "commands", commands.Count(command => !command.Accepted));
        Add("cluster.takeover_slowest_command_s", "s", commands.Max(command => command.Seconds));
        Add("cluster.takeover_other_p99_ms", "ms", Percentile.Of(commands.Where(command => unhurt.Contains(command.Grid)).Select(command => command.Seconds * 1_000), 99));
        return answered.Values.Max();
    }

    private static async Task WorkAsync(Lives lives, List<KeyValuePair<string, GridPlace>> grids, int worker, ConcurrentBag<(string, double, bool)> commands, CancellationToken enough)
    {
        for (var i = worker; !enough.IsCancellationRequested; i += CommandsAtOnce)
        {
            var (path, grid) = grids[i % grids.Count];
            var began = Stopwatch.GetTimestamp();
            bool accepted;
            try
            {
                await lives.BlowAsync(grid);
                accepted = true;
            }
            catch (Exception refused) when (refused is InvalidOperationException or HttpRequestException or OperationCanceledException)
            {
                accepted = false;
            }

            commands.Add((path, Stopwatch.GetElapsedTime(began).TotalSeconds, accepted));
            await Task.Delay(AskedAgainAfter, CancellationToken.None);
        }
    }

    /// <returns>By path the seconds from the end of the first node until one of the others gave an answer that was asked for after it.</returns>
    private static async Task<IReadOnlyDictionary<string, double>> AnsweredAgainAsync(IReadOnlyList<ServerProcess> nodes, IReadOnlyList<string> paths, AuthenticationHeaderValue? token)
    {
        var https = nodes.Skip(1).Select(node => new HttpClient { BaseAddress = node.Address }).ToList();
        foreach (var http in https)
            http.DefaultRequestHeaders.Authorization = token;

        // Each has its home before.
        await Task.WhenAll(paths.Select((path, number) => AnswerAsync(https[number % https.Count], path, Patience)));
        await nodes[0].KillAsync();
        var began = Stopwatch.GetTimestamp();
        var answered = new ConcurrentDictionary<string, double>();
        await Task.WhenAll(paths.Select(async (path, number) =>
        {
            while (!await AnswerAsync(https[number % https.Count], path, Unanswered))
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new TimeoutException($"{path} was not answered again.");
                await Task.Delay(AskedAgainAfter);
            }

            answered[path] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }));
        https.ForEach(http => http.Dispose());
        return answered;
    }

    private static async Task<bool> AnswerAsync(HttpClient http, string path, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            using var answer = await http.GetAsync(path, patience.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<ServerProcess>> StartAsync(string folder, string database, int count, IReadOnlyList<string>? run, string? pack = null)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var ports = Enumerable.Range(0, count).Select(_ => FreePorts.Next()).ToList();
        var seeds = string.Join(',', ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")));
        var nodes = new List<ServerProcess>();
        foreach (var port in ports)
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, port.ToString(CultureInfo.InvariantCulture))).FullName;
            await File.WriteAllBytesAsync(Path.Combine(data, "development-signing.key"), key);
            var settings = new Dictionary<string, string>
            {
                ["WHISTLE_POSTGRES"] = $"{database};Maximum Pool Size=40",
                ["WHISTLE_NODE"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
                ["WHISTLE_SEEDS"] = seeds,
                ["WHISTLE_LEAVE_AFTER"] = "0",
            };
            if (pack is not null)
                settings["WHISTLE_CITY_PACK"] = pack;
            nodes.Add(await ServerProcess.StartAsync(data, settings, run));
        }

        return nodes;
    }

    private void Add(string name, string unit, double value)
    {
        if (!figures.TryGetValue(name, out var figure))
            figures[name] = figure = (unit, []);
        figure.Runs.Add(value);
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");
}
