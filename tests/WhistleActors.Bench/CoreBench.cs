using Spectre.Console;

namespace WhistleActors.Bench;

/// <summary>The figures of the running core.</summary>
internal sealed class CoreBench(TimeSpan time, int runs)
{
    internal static readonly string[] Groups = ["journal", "http", "push", "memory", "large", "start"];

    internal const int AtOnce = 64;

    // The runtime compiles what is hot a second time, which takes it some twenty seconds of load on two cores.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);

    private readonly List<Measure> measures = [];

    internal async Task<IReadOnlyList<Measure>> RunAsync(IReadOnlyCollection<string> groups, CancellationToken cancelled)
    {
        if (groups.Except(Groups).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no group '{unknown}'; there are {string.Join(", ", Groups)}.", nameof(groups));
        if (groups.Contains("journal"))
            await JournalAsync();
        if (groups.Contains("http") || groups.Contains("push"))
            await HttpAsync(groups.Contains("http"), groups.Contains("push"));
        cancelled.ThrowIfCancellationRequested();
        if (groups.Contains("memory"))
            await MemoryAsync();
        cancelled.ThrowIfCancellationRequested();
        if (groups.Contains("large"))
            await LargeAsync();
        cancelled.ThrowIfCancellationRequested();
        if (groups.Contains("start"))
            await StartAsync();
        return measures;
    }

    private async Task JournalAsync()
    {
        Say("The journal alone: 1,000 actors, each stores an event and waits for it");
        foreach (var (name, plugin) in new[] { ("core.journal.events_per_s", "akka.persistence.journal.sql"), ("core.journal.group_commit_events_per_s", "akka.persistence.journal.group-commit") })
        {
            var rates = new List<double>();
            for (var run = 0; run < runs; run++)
                rates.Add(await TemporaryFolder.UseAsync(folder => BareJournal.RunAsync(folder, plugin, time)));
            measures.Add(Measure.Of(name, "events/s", rates));
        }
    }

    private async Task HttpAsync(bool http, bool push)
    {
        await TemporaryFolder.UseAsync(async folder =>
        {
            await using var server = await ServerProcess.StartAsync(folder);
            using var lives = await Lives.PrepareAsync(server.Address);
            Say("Whole lives over HTTP: warming up");
            await lives.ClosedLoopAsync(AtOnce, WarmUp);
            var (rates, events, p50, p99, cpu) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var run = 0; run < runs; run++)
            {
                Say($"Whole lives over HTTP, {AtOnce} at once");
                var (before, cpuBefore) = (JournalFile.CountEvents(folder), server.Cpu);
                var clock = System.Diagnostics.Stopwatch.StartNew();
                rates.Add(await lives.ClosedLoopAsync(AtOnce, time));
                events.Add((JournalFile.CountEvents(folder) - before) / clock.Elapsed.TotalSeconds);
                cpu.Add((server.Cpu - cpuBefore).TotalMilliseconds / lives.Milliseconds.Count);
                p50.Add(Percentile.Of(lives.Milliseconds, 50));
                p99.Add(Percentile.Of(lives.Milliseconds, 99));
            }

            if (http)
            {
                measures.Add(Measure.Of("core.http.lives_per_s", "lives/s", rates));
                measures.Add(Measure.Of("core.http.events_per_s", "events/s", events));
                measures.Add(Measure.Of("core.http.command_p50_ms", "ms", p50));
                measures.Add(Measure.Of("core.http.command_p99_ms", "ms", p99));
                measures.Add(Measure.Of("core.http.cpu_per_command_ms", "ms", cpu));
                foreach (var (name, of) in new[] { ("core.http.share_of_journal", "core.journal.events_per_s"), ("core.http.share_of_group_commit", "core.journal.group_commit_events_per_s") })
                {
                    if (measures.Find(measure => measure.Name == of) is { } journal)
                        measures.Add(Measure.Of(name, "", events.Select(rate => rate / journal.Value)));
                }

                Say("Surge: 2,000 whistles at once");
                var surges = new List<double>();
                for (var run = 0; run < runs; run++)
                    surges.Add((await lives.SurgeAsync(2_000)).TotalSeconds);
                measures.Add(Measure.Of("core.http.surge_2000_s", "s", surges));
            }

            if (push)
                await PushAsync(server, lives, rates.Order().ElementAt(rates.Count / 2) / 2);
            return 0;
        });
    }

    private async Task PushAsync(ServerProcess server, Lives lives, double perSecond)
    {
        var (p50, p99) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            Say($"From answer to screen, at half load ({perSecond:0} lives/s)");
            await using var probe = await PushProbe.FollowAsync(server.Address, await lives.TokenAsync());
            lives.Answered = probe.Answered;
            await lives.OpenLoopAsync(perSecond, time);
            lives.Answered = null;
            p50.Add(Percentile.Of(probe.Milliseconds, 50));
            p99.Add(Percentile.Of(probe.Milliseconds, 99));
        }

        measures.Add(Measure.Of("core.push.p50_ms", "ms", p50));
        measures.Add(Measure.Of("core.push.p99_ms", "ms", p99));
    }

    private async Task MemoryAsync()
    {
        Say("Memory of a grid");
        var (idle, open) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var (idleBytes, openBytes) = await TemporaryFolder.UseAsync(GridMemory.MeasureAsync);
            idle.Add(idleBytes);
            open.Add(openBytes);
        }

        measures.Add(Measure.Of("core.grid.idle_bytes", "bytes", idle));
        measures.Add(Measure.Of("core.grid.open_bytes", "bytes", open));
    }

    private async Task LargeAsync()
    {
        Say($"A large whistle: {LargeWhistle.Departments} departments, {LargeWhistle.Notes} notes, {LargeWhistle.Rounds} rounds");
        var (small, p50, p99, bytes) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var large = await TemporaryFolder.UseAsync(LargeWhistle.MeasureAsync);
            small.Add(Percentile.Of(large.First, 50));
            p50.Add(Percentile.Of(large.Last, 50));
            p99.Add(Percentile.Of(large.Last, 99));
            bytes.Add(large.Bytes);
        }

        measures.Add(Measure.Of("core.large.first_commands_p50_ms", "ms", small));
        measures.Add(Measure.Of("core.large.last_commands_p50_ms", "ms", p50));
        measures.Add(Measure.Of("core.large.last_commands_p99_ms", "ms", p99));
        measures.Add(Measure.Of("core.large.snapshot_bytes", "bytes", bytes));
    }

    private async Task StartAsync()
    {
        Say("Start-up with an empty journal");
        var empty = new List<double>();
        for (var run = 0; run < runs; run++)
            empty.Add(await TemporaryFolder.UseAsync(StartOnce));
        measures.Add(Measure.Of("core.start.empty_s", "s", empty));

        await TemporaryFolder.UseAsync(async folder =>
        {
            Say("Start-up with 1,000,000 events: writing them");
            await OldCity.WriteAsync(folder, 1_000_000);
            Say("Start-up with 1,000,000 events: the first start, without a checkpoint");
            measures.Add(Measure.Of("core.start.million_without_checkpoint_s", "s", await StartOnce(folder)));
            var million = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                Say("Start-up with 1,000,000 events");
                million.Add(await StartOnce(folder));
            }

            measures.Add(Measure.Of("core.start.million_s", "s", million));
            return 0;
        });
    }

    private static async Task<double> StartOnce(string folder)
    {
        await using var server = await ServerProcess.StartAsync(folder);
        return server.ToReady.TotalSeconds;
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");
}
