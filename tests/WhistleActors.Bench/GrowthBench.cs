using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace WhistleActors.Bench;

/// <summary>
/// What a whistle costs while more and more others are open, on a real journal: whole lives, each of 12 commands, with a thousand, ten thousand and a hundred
/// thousand whistles left open on the same server.
/// </summary>
internal sealed class GrowthBench(TimeSpan time)
{
    private static readonly int[] Open = [1_000, 10_000, 100_000];
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    internal Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancelled) => TemporaryFolder.UseAsync(folder => RunAsync(folder, cancelled));

    private async Task<IReadOnlyList<Measure>> RunAsync(string folder, CancellationToken cancelled)
    {
        await using var server = await ServerProcess.StartAsync(folder);
        using var lives = await Lives.PrepareAsync(server.Address);
        lives.Everyday = true;
        await lives.SignInOfficersAsync();
        Say("growth: warming up");
        await lives.WarmUpAsync();
        var (open, costs) = (0, new List<(int Open, double Cpu, double Wall, double Idle, long Memory)>());
        foreach (var next in Open)
        {
            cancelled.ThrowIfCancellationRequested();
            Say(string.Create(CultureInfo.InvariantCulture, $"growth: opening whistles up to {next:#,0}"));
            await lives.LeaveOpenAsync(next - open);
            open = next;
            Say(string.Create(CultureInfo.InvariantCulture, $"growth: lives beside {next:#,0} open whistles"));

            // What the open ones cost by themselves, such as when their clocks run out, is not the next one's cost.
            await Task.Delay(Rest, cancelled);
            var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
            await Task.Delay(Rest, cancelled);
            var idle = (server.Cpu - cpu) / clock.Elapsed;
            (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
            var lived = await lives.ClosedLoopAsync(CoreBench.AtOnce, time) * clock.Elapsed.TotalSeconds;
            costs.Add((open, ((server.Cpu - cpu) - (clock.Elapsed * idle)).TotalMilliseconds / lived, clock.Elapsed.TotalMilliseconds / lived, idle, server.Memory.Now));
        }

        var (least, most) = (costs[0], costs[^1]);
        return
        [
            Measure.Of("growth.cost_ratio", "", [most.Cpu / least.Cpu]),
            Measure.Of("growth.wall_ratio", "", [most.Wall / least.Wall]),
            .. costs.SelectMany(cost => new[]
            {
                Measure.Of($"growth.cpu_ms_per_whistle_{cost.Open}", "ms", [cost.Cpu]),
                Measure.Of($"growth.wall_ms_per_whistle_{cost.Open}", "ms", [cost.Wall]),
                Measure.Of($"growth.idle_cores_{cost.Open}", "", [cost.Idle]),
                Measure.Of($"growth.memory_bytes_{cost.Open}", "bytes", [cost.Memory]),
            }),
        ];
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");
}
