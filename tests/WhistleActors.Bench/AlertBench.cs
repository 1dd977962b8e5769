using System.Collections.Concurrent;
using System.Diagnostics;
using Spectre.Console;

namespace WhistleActors.Bench;

/// <summary>
/// From the answer to a whistle until the last console of its departments has it. Half load is half of what the same server does of the same alerts,
/// as fast as they go, with all consoles connected: blown, signed by each department, withdrawn.
/// </summary>
internal sealed class AlertBench(TimeSpan time, int runs)
{
    private const int ConsolesEach = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal async Task<IReadOnlyList<Measure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("whistle-bench-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(folder);
            using var lives = await Lives.PrepareAsync(server.Address);
            await using var probe = new AlertProbe();
            var tokens = await lives.DispatchersAsync();
            await probe.ConnectAsync(server.Address, tokens, ConsolesEach);
            Say($"Alerts, {tokens.Count} departments with {ConsolesEach} consoles each: warming up");
            await SaturateAsync(lives, probe, WarmUp);
            var (rates, p50, p99) = (new List<double>(), new List<double>(), new List<double>());
            for (var run = 0; run < runs; run++)
            {
                Say($"Alerts as fast as they go, {CoreBench.AtOnce} at once");
                rates.Add(await SaturateAsync(lives, probe, time));
            }

            var half = rates.Order().ElementAt(rates.Count / 2) / 2;
            for (var run = 0; run < runs; run++)
            {
                Say($"From the answer to the last console, at half load ({half:0} whistles/s)");
                var milliseconds = await OpenLoopAsync(lives, probe, half);
                p50.Add(Percentile.Of(milliseconds, 50));
                p99.Add(Percentile.Of(milliseconds, 99));
            }

            return
            [
                Measure.Of("alerts.saturation_whistles_per_s", "whistles/s", rates),
                Measure.Of("alerts.consoles", "", tokens.Count * ConsolesEach),
                Measure.Of("alerts.p50_ms_half", "ms", p50),
                Measure.Of("alerts.p99_ms_half", "ms", p99),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> SaturateAsync(Lives lives, AlertProbe probe, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, CoreBench.AtOnce).Select(async _ =>
        {
            while (clock.Elapsed < time)
            {
                var grid = lives.Next();
                var whistle = await lives.BlowAsync(grid);
                await lives.AnswerAsync(whistle, grid);
                probe.Forget(whistle);
                Interlocked.Increment(ref done);
            }
        }));
        return done / clock.Elapsed.TotalSeconds;
    }

    private async Task<IReadOnlyCollection<double>> OpenLoopAsync(Lives lives, AlertProbe probe, double perSecond)
    {
        var milliseconds = new ConcurrentBag<double>();
        var (clock, running) = (Stopwatch.StartNew(), new List<Task>());
        for (var i = 0; clock.Elapsed < time; i++)
        {
            var wait = TimeSpan.FromSeconds(i / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            running.Add(AlertAsync());
        }

        await Task.WhenAll(running);
        return milliseconds;

        // Whoever signs before it was told would hide how late that came: so a department answers when all its consoles have it. One that is never told ends the run.
        async Task AlertAsync()
        {
            var grid = lives.Next();
            var whistle = await lives.BlowAsync(grid);
            var accepted = Stopwatch.GetTimestamp();
            var last = await probe.ToldAsync(whistle, lives.DepartmentsOf(grid).Count * ConsolesEach).WaitAsync(Patience);

            // A console may have it before the answer has arrived here: then nobody waited.
            milliseconds.Add(Math.Max(0, Stopwatch.GetElapsedTime(accepted, last).TotalMilliseconds));
            await lives.AnswerAsync(whistle, grid);
            probe.Forget(whistle);
        }
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");
}
