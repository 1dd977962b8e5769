using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Npgsql;
using Spectre.Console;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.Journal.Archiving;
using WhistleActors.Testing;

namespace WhistleActors.Bench;

/// <summary>
/// A city with years of history in PostgreSQL: what it takes to start, to wake a grid, to command and to trace there, beside the same city without a past,
/// and what archiving does and costs.
/// </summary>
internal sealed class CityGrowthBench(TimeSpan time, int runs, bool full)
{
    internal const string Group = "growth.city";

    private const int Sample = 300;
    private const double SteadyLives = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // Older than all that was blown lately, and far younger than most.
    private static readonly TimeSpan ArchiveAfter = TimeSpan.FromDays(30);

    private readonly List<Measure> measures = [];

    internal async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancelled)
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        return await TemporaryFolder.UseAsync(folder => RunAsync(folder, postgres, cancelled));
    }

    private async Task<IReadOnlyList<Measure>> RunAsync(string folder, PostgresServer postgres, CancellationToken cancelled)
    {
        var pack = LargePack.Write(Path.Combine(folder, "pack"), full ? 14 : 2);
        var (database, young) = (await postgres.CreateDatabaseAsync(), await postgres.CreateDatabaseAsync());
        var old = new Dictionary<string, string> { ["WHISTLE_CITY_PACK"] = pack, ["WHISTLE_POSTGRES"] = database };

        // The server makes the tables.
        await (await StartAsync(folder, old)).DisposeAsync();
        Say("writing its history");
        var clock = Stopwatch.StartNew();
        var history = await LargeHistory.WriteAsync(pack, database, full ? 1_000_000 : 100_000);
        Add("load_events_per_s", "events/s", history.Events / clock.Elapsed.TotalSeconds);
        Add("grids", "", history.Busy.Count + history.Quiet.Count + history.Fresh.Count);
        Add("whistles_open", "", history.Open);
        Add("events", "", history.Events);
        await TestPostgres.ExecuteAsync(database + ";Command Timeout=0", "VACUUM ANALYZE journal");
        Add("journal_bytes", "bytes", await AskAsync(database, "SELECT pg_total_relation_size('journal')"));
        cancelled.ThrowIfCancellationRequested();

        Say("the first start, without a checkpoint");
        await using (var first = await StartAsync(folder, old))
        {
            Add("start_without_checkpoint_s", "s", first.ToReady.TotalSeconds);
            Add("memory_bytes", "bytes", first.Memory.Now);
        }

        var starts = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            Say("a start from its checkpoint, after kill -9");
            await using var server = await StartAsync(folder, old);
            starts.Add(server.ToReady.TotalSeconds);
            await server.KillAsync();
        }

        measures.Add(Measure.Of($"{Group}.start_s", "s", starts));
        await BackUpAsync(folder, old);
        cancelled.ThrowIfCancellationRequested();
        var oldCost = await CostsAsync("old", folder, old, history);
        var youngCost = await CostsAsync("young", folder, new Dictionary<string, string>(old) { ["WHISTLE_POSTGRES"] = young }, history);
        Add("cost_ratio", "", oldCost / youngCost);
        cancelled.ThrowIfCancellationRequested();
        await ArchiveAsync(folder, old, database, history);
        return measures;
    }

    // As every night: the server goes on working.
    private async Task BackUpAsync(string folder, Dictionary<string, string> settings)
    {
        await using var server = await StartAsync(folder, settings);
        Say("a backup, while the server works");
        var target = new DirectoryInfo(Path.Combine(folder, "backups", "tonight"));
        Directory.CreateDirectory(target.Parent!.FullName);
        var clock = Stopwatch.StartNew();
        await ServerProcess.RunAsync(folder, settings, "backup", target.FullName);
        Add("backup_s", "s", clock.Elapsed.TotalSeconds);
        Add("backup_bytes", "bytes", target.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
        clock.Restart();
        await ServerProcess.RunAsync(folder, settings, "verify", target.FullName);
        Add("verify_s", "s", clock.Elapsed.TotalSeconds);
        target.Delete(recursive: true);
    }

    /// <returns>Processor time of server and database for a life, in ms.</returns>
    private async Task<double> CostsAsync(string city, string folder, Dictionary<string, string> settings, LargeHistory history)
    {
        await using var server = await StartAsync(folder, settings);
        using var lives = await Lives.PrepareAsync(server.Address);
        lives.Everyday = true;
        await lives.SignInOfficersAsync();
        Say($"a grid wakes, in the {city} city");
        foreach (var (kind, grids) in new[] { ("busy", history.Busy), ("quiet", history.Quiet.Skip(history.Open).ToList()), ("fresh", history.Fresh) })
        {
            var asked = grids.Take(Sample).ToList();
            await MeasureAsync($"{city}.wake_{kind}", asked, grid => lives.AskAsync($"/api/v1/grids/{grid.Code}"));
        }

        if (city == "old")
            await MeasureAsync("old.trace", [.. history.Ended.Take(Sample)], whistle => lives.AskAsync($"/api/v1/whistles/{whistle}/trace"));
        Say($"lives in the {city} city");
        await lives.WarmUpAsync();
        var (costs, rates) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var (cpu, clock) = (server.Cpu, Stopwatch.StartNew());
            rates.Add(await lives.ClosedLoopAsync(CoreBench.AtOnce, time));
            costs.Add((server.Cpu - cpu).TotalMilliseconds / (rates[^1] * clock.Elapsed.TotalSeconds));
        }

        measures.Add(Measure.Of($"{Group}.{city}.lives_per_s", "lives/s", rates));
        var cost = Measure.Of($"{Group}.{city}.server_cpu_ms_per_life", "ms", costs);
        measures.Add(cost);
        await SteadyAsync($"{city}.steady", lives);
        return cost.Value;
    }

    private async Task ArchiveAsync(string folder, Dictionary<string, string> settings, string database, LargeHistory history)
    {
        Say("archiving, by itself and without rest");
        var hocon = WhistleActorsHosting.Configuration(StorageSettings.Postgres(database), "akka.actor.provider = local\nakka.loglevel = WARNING");
        using (var system = ActorSystem.Create("archive", hocon))
        {
            await using var archive = EventArchive.Open(system);
            var (moved, clock) = (0L, Stopwatch.StartNew());
            for (var after = "grid-"; after is not null && clock.Elapsed < time * 6;)
            {
                var step = await archive.StepAsync(after, TimeProvider.System.GetUtcNow() - ArchiveAfter, CancellationToken.None);
                (after, moved) = (step.After, moved + step.Moved);
            }

            Add("archive_alone_events_per_s", "events/s", moved / clock.Elapsed.TotalSeconds);
            await system.Terminate();
        }

        await using var server = await StartAsync(folder, new Dictionary<string, string>(settings) { ["WHISTLE_ARCHIVE_AFTER"] = ArchiveAfter.TotalDays.ToString(CultureInfo.InvariantCulture) });
        using var lives = await Lives.PrepareAsync(server.Address);
        lives.Everyday = true;
        await lives.SignInOfficersAsync();
        await lives.WarmUpAsync();
        Say("archiving beside people who work");
        var (before, counting) = (await ArchivedAsync(database), Stopwatch.StartNew());
        await SteadyAsync("archiving", lives);
        Add("archive_events_per_s", "events/s", (await ArchivedAsync(database) - before) / counting.Elapsed.TotalSeconds);
        var archived = new HashSet<string>();
        foreach (var whistle in history.Ended.Where(whistle => history.Busy.Any(grid => grid.Code == whistle.Grid)).Take(Sample))
        {
            if (await AskAsync(database, $"SELECT coalesce((SELECT sequence_number FROM journal_archived WHERE persistence_id = 'grid-{whistle.Grid}'), 0)") > whistle.Number)
                archived.Add(whistle.Text);
        }

        await MeasureAsync("archived.trace", [.. archived], whistle => lives.AskAsync($"/api/v1/whistles/{whistle}/trace"));
        Add("archive_bytes", "bytes", await AskAsync(database, "SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0)::bigint FROM pg_inherits WHERE inhparent = 'journal_archive'::regclass"));
    }

    private async Task SteadyAsync(string name, Lives lives)
    {
        await lives.OpenLoopAsync(SteadyLives, time * 2);
        Add($"{name}_command_p50_ms", "ms", Percentile.Of(lives.Milliseconds, 50));
        Add($"{name}_command_p99_ms", "ms", Percentile.Of(lives.Milliseconds, 99));
    }

    private async Task MeasureAsync<T>(string name, List<T> of, Func<T, Task> work)
    {
        var took = new List<double>();
        foreach (var one in of)
        {
            var start = Stopwatch.GetTimestamp();
            await work(one);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Add($"{name}_p50_ms", "ms", Percentile.Of(took, 50));
        Add($"{name}_p99_ms", "ms", Percentile.Of(took, 99));
    }

    private static Task<ServerProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> settings) => ServerProcess.StartAsync(folder, settings, patience: Patience);

    // Whole actors' beginnings are there: so their highest numbers are how many. Counting the rows would be work for the database.
    private static Task<long> ArchivedAsync(string database) => AskAsync(database, "SELECT coalesce(sum(sequence_number), 0)::bigint FROM journal_archived");

    private static async Task<long> AskAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=False");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this program.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private void Add(string name, string unit, double value) => measures.Add(Measure.Of($"{Group}.{name}", unit, [value]));

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{Group}: {what}[/]");
}
