using System.Globalization;

namespace WhistleActors.Journal.Bench;

/// <summary>
/// What is measured. Figures that are divided by one another come from the same round, minutes apart at most: the speed of a
/// shared machine drifts.
/// </summary>
internal sealed class JournalBench(Site site, Figures figures, TextWriter log)
{
    private static readonly Load Storm = new(Actors: 1000, EventsPerWrite: 1, Bytes: 200);
    private static readonly Load Single = new(Actors: 1, EventsPerWrite: 1, Bytes: 200);
    private static readonly Database[] Databases = [Database.SqliteFull, Database.Postgres];

    /// <summary>The first run in a process measures the compiler.</summary>
    public async Task WarmUpAsync()
    {
        foreach (var database in Databases)
        {
            foreach (var contender in Enum.GetValues<Contender>())
                await RunAsync(contender, database, Storm, contender == Contender.Stock ? 3000 : 20_000);
            await PlainDriver.MeasureAsync(site, database, Storm.Bytes, 20_000, 1000);
        }
    }

    /// <summary>One round of the figures by which the journal is judged.</summary>
    /// <param name="parts">Which of them: storm, single, steady, recovery.</param>
    public async Task HeadlinesAsync(IReadOnlyCollection<string> parts)
    {
        if (parts.Contains("storm"))
            await StormAsync();
        if (parts.Contains("single"))
            figures.Add("journal.single.vs_stock", "x", await WorstOfAsync(SingleAsync, Math.Min));
        if (parts.Contains("steady"))
            figures.Add("journal.p99_ms_at_1000", "ms", await WorstOfAsync(SteadyAsync, Math.Max));
        if (parts.Contains("recovery"))
        {
            foreach (var database in Databases)
                await RecoveryAsync(database);
        }
    }

    /// <summary>Every size, once.</summary>
    public async Task MatrixAsync()
    {
        foreach (var database in Databases)
        {
            foreach (var bytes in (int[])[200, 2000])
            {
                foreach (var events in (int[])[1, 3])
                {
                    var driver = (await PlainDriver.MeasureAsync(site, database, bytes, 50_000, 1000)).Values.Max();
                    figures.Add(string.Create(CultureInfo.InvariantCulture, $"matrix.{NameOf(database)}.driver.{bytes}b"), "events/s", driver);
                    foreach (var actors in (int[])[1, 10, 100, 1000, 10_000])
                    {
                        foreach (var contender in Enum.GetValues<Contender>())
                        {
                            var load = new Load(actors, events, bytes);
                            var sample = await RunAsync(contender, database, load, WantedEvents(contender, database, actors));
                            var name = string.Create(
                                CultureInfo.InvariantCulture, $"matrix.{NameOf(database)}.{NameOf(contender)}.{actors}x{events}.{bytes}b");
                            figures.Add(name, "events/s", sample.EventsPerSecond);
                            figures.Add(name + ".p50_ms", "ms", sample.P50Milliseconds);
                            figures.Add(name + ".p99_ms", "ms", sample.P99Milliseconds);
                        }
                    }
                }
            }
        }
    }

    private static double WantedEvents(Contender contender, Database database, int actors) => (contender, actors) switch
    {
        (Contender.InMemory, _) => 100_000,
        (_, 1) => 3000,
        (Contender.Stock, 10_000) => 30_000,
        (Contender.Stock, _) => database == Database.Postgres ? 20_000 : 6000,
        (_, 10) => 20_000,
        _ => 100_000,
    };

    private static string NameOf(Database database) => database switch
    {
        Database.SqliteFull => "sqlite_full",
        Database.SqliteNormal => "sqlite_normal",
        _ => "postgres",
    };

    private static string NameOf(Contender contender) => contender switch
    {
        Contender.Stock => "stock",
        Contender.Ours => "ours",
        _ => "memory",
    };

    private Task<Sample> RunAsync(Contender contender, Database database, Load load, double events) =>
        OnFreshAsync(contender, database, async run =>
        {
            var sample = await run.ClosedLoopAsync(load, events);
            await log.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{NameOf(database),-13} {NameOf(contender),-6} {load.Actors,6} actors x {load.EventsPerWrite} x {load.Bytes,4} B: {sample.EventsPerSecond,9:N0}/s, p50 {sample.P50Milliseconds:N2} ms, p99 {sample.P99Milliseconds:N2} ms, {sample.CpuMicroseconds:N1} µs CPU an event"));
            return sample;
        });

    private static async Task<double> WorstOfAsync(Func<Database, Task<double>> measure, Func<double, double, double> worse)
    {
        var first = await measure(Databases[0]);
        return worse(first, await measure(Databases[1]));
    }

    private async Task StormAsync()
    {
        foreach (var database in Databases)
        {
            var name = NameOf(database);
            var memory = await RunAsync(Contender.InMemory, database, Storm, 200_000);
            var stock = await RunAsync(Contender.Stock, database, Storm, database == Database.Postgres ? 60_000 : 10_000);
            var ours = await RunAsync(Contender.Ours, database, Storm, 200_000);
            var driver = (await PlainDriver.MeasureAsync(site, database, Storm.Bytes, 200_000, 1000)).Values.Max();
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-13} driver {driver:N0}/s"));
            figures.Add($"journal.{name}.vs_stock", "x", ours.EventsPerSecond / stock.EventsPerSecond);
            figures.Add($"journal.{name}.share_of_driver", "share", ours.EventsPerSecond / driver);
            figures.Add($"journal.{name}.events_per_second", "events/s", ours.EventsPerSecond);
            figures.Add($"journal.{name}.stock_events_per_second", "events/s", stock.EventsPerSecond);
            figures.Add($"journal.{name}.driver_events_per_second", "events/s", driver);
            figures.Add($"journal.{name}.memory_events_per_second", "events/s", memory.EventsPerSecond);
            figures.Add($"journal.{name}.p50_ms", "ms", ours.P50Milliseconds);
            figures.Add($"journal.{name}.p99_ms", "ms", ours.P99Milliseconds);
            figures.Add($"journal.{name}.stock_p99_ms", "ms", stock.P99Milliseconds);
            figures.Add($"journal.{name}.cpu_us_per_event", "µs", ours.CpuMicroseconds);
            figures.Add($"journal.{name}.stock_cpu_us_per_event", "µs", stock.CpuMicroseconds);
        }

        var normal = await RunAsync(Contender.Ours, Database.SqliteNormal, Storm, 200_000);
        figures.Add("journal.sqlite_normal.events_per_second", "events/s", normal.EventsPerSecond);
    }

    private async Task<double> SingleAsync(Database database)
    {
        var stock = await RunAsync(Contender.Stock, database, Single, 3000);
        var ours = await RunAsync(Contender.Ours, database, Single, 3000);
        var ratio = ours.EventsPerSecond / stock.EventsPerSecond;
        figures.Add($"journal.{NameOf(database)}.single_vs_stock", "x", ratio);
        figures.Add($"journal.{NameOf(database)}.single_events_per_second", "events/s", ours.EventsPerSecond);
        return ratio;
    }

    private async Task<double> SteadyAsync(Database database)
    {
        var ours = await SteadyAsync(Contender.Ours, database);
        figures.Add($"journal.{NameOf(database)}.p99_ms_at_1000", "ms", ours);
        figures.Add($"journal.{NameOf(database)}.stock_p99_ms_at_1000", "ms", await SteadyAsync(Contender.Stock, database));
        return ours;
    }

    private async Task RecoveryAsync(Database database)
    {
        var ours = await RecoverAsync(Contender.Ours, database);
        figures.Add($"journal.{NameOf(database)}.recovery_events_per_second", "events/s", ours);
        figures.Add($"journal.{NameOf(database)}.recovery_vs_stock", "x", ours / await RecoverAsync(Contender.Stock, database));
    }

    private Task<double> SteadyAsync(Contender contender, Database database) =>
        OnFreshAsync(contender, database, async run =>
        {
            var sample = await run.OpenLoopAsync(1000, 200, 1000, TimeSpan.FromSeconds(5));
            await log.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{NameOf(database),-13} {NameOf(contender),-6} 1,000 events/s: p50 {sample.P50Milliseconds:N2} ms, p99 {sample.P99Milliseconds:N2} ms"));
            return sample.P99Milliseconds;
        });

    private Task<double> RecoverAsync(Contender contender, Database database) =>
        OnFreshAsync(contender, database, async run =>
        {
            var rate = await run.RecoveryAsync(1000, 20);
            await log.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{NameOf(database),-13} {NameOf(contender),-6} recovery of 1,000 actors x 20: {rate:N0} events/s"));
            return rate;
        });

    private async Task<T> OnFreshAsync<T>(Contender contender, Database database, Func<JournalRun, Task<T>> measure)
    {
        var connectionString = await site.FreshAsync(database);
        try
        {
            await using var run = JournalRun.Start(contender, database, connectionString);
            return await measure(run);
        }
        finally
        {
            await site.DropAsync(database, connectionString);
        }
    }
}
