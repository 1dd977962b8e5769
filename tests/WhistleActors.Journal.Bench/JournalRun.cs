using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LinqToDB;

namespace WhistleActors.Journal.Bench;

/// <summary>One actor system with one journal on one fresh database.</summary>
internal sealed class JournalRun : IAsyncDisposable
{
    private readonly ActorSystem _system;

    private JournalRun(ActorSystem system) => _system = system;

    public static JournalRun Start(Contender contender, Database database, string connectionString)
    {
        var plugin = contender switch
        {
            Contender.Stock => "akka.persistence.journal.sql",
            Contender.Ours => GroupCommitPersistence.PluginId,
            _ => "akka.persistence.journal.inmem",
        };
        var sqlite = database != Database.Postgres;
        var synchronous = database == Database.SqliteNormal ? "normal" : "full";
        if (sqlite && contender == Contender.Stock)
            SqlitePragma.SwitchToWal(connectionString);
        var config = ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = WARNING
              actor {
                serializers.bench = "{{typeof(BenchEventSerializer).FullName}}, {{typeof(BenchEventSerializer).Assembly.GetName().Name}}"
                serialization-bindings { "{{typeof(BenchEvent).FullName}}, {{typeof(BenchEvent).Assembly.GetName().Name}}" = bench }
              }
              persistence {
                max-concurrent-recoveries = 50
                journal {
                  plugin = "{{plugin}}"
                  group-commit { provider = {{(sqlite ? "sqlite" : "postgresql")}}, synchronous = {{synchronous}}, connection-string = "{{connectionString}}" }
                  sql {
                    class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                    connection-string = "{{connectionString}}"
                    provider-name = "{{(sqlite ? "SQLite.MS" : "PostgreSQL.15")}}"
                    tag-write-mode = Csv
                    buffer-size = 100000
                    parallelism = {{(sqlite ? 1 : 3)}}
                    circuit-breaker { call-timeout = 60s }
                  }
                }
                snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
              }
            }
            """)
            .WithFallback(GroupCommitPersistence.DefaultConfiguration)
            .WithFallback(SqlPersistence.DefaultConfiguration);
        var setup = BootstrapSetup.Create().WithConfig(config);
        var all = contender == Contender.Stock && sqlite
            ? setup.And(new DataOptionsSetup(
                new DataOptions().UseConnectionString("SQLite.MS", connectionString).UseInterceptor(new SqlitePragma(synchronous))))
            : ActorSystemSetup.Create(setup);
        return new JournalRun(ActorSystem.Create("bench", all));
    }

    /// <summary>Every actor persists its next event as soon as the one before is stored.</summary>
    public async Task<Sample> ClosedLoopAsync(Load load, double eventsWanted)
    {
        await MeasureAsync(load, "warm", Math.Min(eventsWanted / 5, 20_000));
        return await MeasureAsync(load, "run", eventsWanted);
    }

    /// <summary>Commands come at a fixed rate, whatever the answers do; a latency counts from the moment a command was due.</summary>
    public async Task<Sample> OpenLoopAsync(int actors, int bytes, int perSecond, TimeSpan duration)
    {
        var load = new Load(actors, 1, bytes);
        await MeasureAsync(load, "warm", 3000);
        var count = (int)(perSecond * duration.TotalSeconds);
        using var done = new CountdownEvent(count);
        var latencies = new LatencyHistogram();
        var targets = await CreateAsync(load, "open", latencies, done);
        var @event = load.Events()[0];
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var sent = 0;
        while (sent < count && await timer.WaitForNextTickAsync())
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond));
            for (; sent < due; sent++)
                targets[sent % actors].Tell(new BenchActor.One(@event, start + (long)((double)sent / perSecond * Stopwatch.Frequency)));
        }

        done.Wait();
        return new Sample(
            count / Stopwatch.GetElapsedTime(start).TotalSeconds, latencies.Milliseconds(0.5), latencies.Milliseconds(0.99), CpuSince(cpu) / count);
    }

    /// <summary>Many actors with a history start at once.</summary>
    /// <returns>Recovered events a second.</returns>
    public async Task<double> RecoveryAsync(int actors, int eventsEach)
    {
        var load = new Load(actors, 1, 200);
        using (var done = new CountdownEvent(actors))
        {
            var writers = await CreateAsync(load, "sleeper", new LatencyHistogram(), done);
            var go = new BenchActor.Go(eventsEach, load.Events());
            foreach (var writer in writers)
                writer.Tell(go);
            done.Wait();
            await Task.WhenAll(writers.Select(writer => writer.GracefulStop(TimeSpan.FromSeconds(30))));
        }

        var start = Stopwatch.GetTimestamp();
        using var unused = new CountdownEvent(1);
        await CreateAsync(load, "sleeper", new LatencyHistogram(), unused);
        return actors * eventsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private static double CpuSince(TimeSpan before) => (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;

    private async Task<Sample> MeasureAsync(Load load, string name, double eventsWanted)
    {
        using var done = new CountdownEvent(load.Actors);
        var latencies = new LatencyHistogram();
        var targets = await CreateAsync(load, name, latencies, done);
        var go = new BenchActor.Go(load.WritesPerActor(eventsWanted), load.Events());
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        foreach (var target in targets)
            target.Tell(go);
        done.Wait();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var events = (double)load.Actors * go.Writes * load.EventsPerWrite;
        return new Sample(events / seconds, latencies.Milliseconds(0.5), latencies.Milliseconds(0.99), CpuSince(cpu) / events);
    }

    private async Task<IActorRef[]> CreateAsync(Load load, string name, LatencyHistogram latencies, CountdownEvent done)
    {
        var actors = new IActorRef[load.Actors];
        for (var i = 0; i < actors.Length; i++)
            actors[i] = _system.ActorOf(BenchActor.Props($"{name}-{i}", latencies, done));
        // An answer means that the actor has recovered.
        await Task.WhenAll(actors.Select(actor => actor.Ask<BenchActor.Ping>(new BenchActor.Ping(), TimeSpan.FromMinutes(2))));
        return actors;
    }
}
