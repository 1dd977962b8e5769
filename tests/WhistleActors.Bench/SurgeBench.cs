using System.Diagnostics;
using Npgsql;
using Spectre.Console;
using WhistleActors.Actors.Storage;
using WhistleActors.Testing;

namespace WhistleActors.Bench;

/// <summary>
/// Every grid of the city whistles in one instant, for three departments each: until all whistles are answered and every summoned department's
/// console has all its alerts. Beside it the time that the bare journal needs for as many events. Each run has a server of its own.
/// </summary>
internal sealed class SurgeBench(int runs)
{
    internal static readonly string[] Groups = ["surge", "surge.sqlite", "surge.postgres", "hot"];

    private const int DepartmentsEach = 3;
    private const int WarmGrids = 1_000;
    private const int WarmSurges = 3;
    private const string Plugin = "akka.persistence.journal.group-commit";
    private const string HotDepartment = "bench-everywhere";
    private static readonly TimeSpan BareTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, (string Unit, List<double> Runs)> figures = [];

    internal async Task<IReadOnlyList<Measure>> RunAsync(IReadOnlyCollection<string> groups, CancellationToken cancelled)
    {
        await using var postgres = groups.Contains("surge") || groups.Contains("surge.postgres") ? await PostgresServer.StartAsync(durable: true) : null;
        for (var run = 0; run < runs; run++)
        {
            cancelled.ThrowIfCancellationRequested();
            var sqlite = groups.All(group => group == "surge.postgres") ? 0 : await TemporaryFolder.UseAsync(folder => OneAsync("surge.sqlite", folder, postgres: null, hot: false));
            if (postgres is not null)
                await TemporaryFolder.UseAsync(folder => OneAsync("surge.postgres", folder, postgres, hot: false));
            if (groups.Contains("hot"))
                Add("hot_department.ratio", "", await TemporaryFolder.UseAsync(folder => OneAsync("hot_department", folder, postgres: null, hot: true)) / sqlite);
        }

        return [.. figures.Select(figure => Measure.Of(figure.Key, figure.Value.Unit, figure.Value.Runs))];
    }

    private async Task<double> OneAsync(string name, string folder, PostgresServer? postgres, bool hot)
    {
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync();
        var settings = new Dictionary<string, string>();
        if (database is not null)
            settings["WHISTLE_POSTGRES"] = database;
        if (hot)
            settings["WHISTLE_CITY_PACK"] = WithHotDepartment(Path.Combine(folder, "pack"));
        Func<long> events = database is null ? () => JournalFile.CountEvents(folder) : () => CountEvents(database);
        double seconds;
        long stored;
        await using (var server = await ServerProcess.StartAsync(folder, settings))
        {
            using var lives = await Lives.PrepareAsync(server.Address, DepartmentsEach);
            if (hot)
                lives.SummonEverywhere(HotDepartment);
            await using var probe = new AlertProbe();
            await lives.SignInOfficersAsync();
            await probe.ConnectAsync(server.Address, await lives.DispatchersAsync(), each: 1);
            Say($"{name}: warming up");
            lives.Among = WarmGrids;
            await lives.WarmUpAsync();
            for (var small = 0; small < WarmSurges; small++)
            {
                var whistles = await Task.WhenAll(Enumerable.Range(0, WarmGrids).Select(_ => lives.Next()).Select(async grid => (Grid: grid, Whistle: await lives.BlowAsync(grid))));
                await Task.WhenAll(whistles.Select(blown => lives.AnswerAsync(blown.Whistle, blown.Grid)));
            }

            lives.Among = null;
            await server.IsQuietAsync();
            var (before, memory) = (events(), server.Memory);
            var (cpu, clientCpu) = (server.Cpu, Environment.CpuUsage.TotalTime);
            Say($"{name}: all {lives.Grids.Count} grids at once");
            (seconds, var answered) = await SurgeAsync(lives, probe);
            var (cpuAfter, clientCpuAfter) = (server.Cpu, Environment.CpuUsage.TotalTime);
            stored = events() - before;
            Add($"{name}.seconds", "s", seconds);
            Add($"{name}.answered_seconds", "s", answered);
            Add($"{name}.events", "", stored);
            Add($"{name}.server_cpu_seconds", "s", (cpuAfter - cpu).TotalSeconds);
            Add($"{name}.generator_cpu_seconds", "s", (clientCpuAfter - clientCpu).TotalSeconds);
            Add($"{name}.memory_growth_bytes", "bytes", Math.Max(0, server.Memory.Most - memory.Now));
        }

        if (!hot)
        {
            Say($"{name}: the bare journal");
            var storage = postgres is null ? StorageSettings.Sqlite(Path.Combine(folder, "bare.db")) : StorageSettings.Postgres(await postgres.CreateDatabaseAsync());
            var bare = stored / await BareJournal.RunAsync(storage, Plugin, BareTime);
            Add($"{name}.bare_seconds", "s", bare);
            Add($"{name}.ratio", "", seconds / bare);
        }

        return seconds;
    }

    /// <returns>Seconds until the last console had its last alert, and until the last answer.</returns>
    private static async Task<(double Seconds, double Answered)> SurgeAsync(Lives lives, AlertProbe probe)
    {
        var began = Stopwatch.GetTimestamp();
        var whistles = await Task.WhenAll(lives.Grids.Select(lives.BlowAsync));
        var answered = Stopwatch.GetTimestamp();
        var told = await Task.WhenAll(whistles.Select(whistle => probe.ToldAsync(whistle, DepartmentsEach))).WaitAsync(Patience);
        return (Stopwatch.GetElapsedTime(began, Math.Max(answered, told.Max())).TotalSeconds, Stopwatch.GetElapsedTime(began, answered).TotalSeconds);
    }

    // The pack of Beijing has no department that serves more than one district: so one is added.
    private static string WithHotDepartment(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(folder, "departments.csv"), $"{HotDepartment},{HotDepartment},,全市应急抢险队,City-wide Emergency Works,应急抢险,Emergency Works,enterprise\n");
        return folder;
    }

    private static long CountEvents(string postgres)
    {
        using var connection = new NpgsqlConnection(postgres);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT count(*) FROM journal", connection);
        return (long)command.ExecuteScalar()!;
    }

    private void Add(string name, string unit, double value)
    {
        if (!figures.TryGetValue(name, out var figure))
            figures[name] = figure = (unit, []);
        figure.Runs.Add(value);
    }

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");
}
