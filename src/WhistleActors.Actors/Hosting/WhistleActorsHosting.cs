using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Archiving;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Clustering;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Reports;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Actors.Waking;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Journal;
using WhistleActors.Journal.Archiving;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.Hosting;

/// <summary>Puts the actors of a city into a host.</summary>
public static class WhistleActorsHosting
{
    private const string SystemName = "whistle-actors";

    /// <summary>Adds the clock that the city goes by: on PostgreSQL the database's, with SQLite the machine's.</summary>
    public static IServiceCollection AddCityClock(this IServiceCollection services, StorageSettings storage)
    {
        if (!storage.IsPostgres)
            return services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new CityClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<CityClock>());
        services.AddSingleton<IHostedService>(provider => new ClockKeeper(provider.GetRequiredService<CityClock>(), storage.ConnectionString, provider.GetRequiredService<ILogger<ClockKeeper>>()));
        return services;
    }

    /// <summary>Adds the city's actors, its live board and <see cref="City"/>, the way in. A <see cref="TimeProvider"/> may be registered before.</summary>
    public static IServiceCollection AddWhistleActors(
        this IServiceCollection services, CityPack pack, StorageSettings storage, NodeSettings node, string? ownHocon = null)
    {
        services.AddSingleton(pack);
        services.AddSingleton(provider => new LiveBoard(pack, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BoardFrames>();
        services.AddSingleton<CityRecord>();
        services.AddSingleton<CityLoads>();
        services.AddSingleton<PrecedentBook>();
        services.AddSingleton<AccessBook>();
        services.TryAddSingleton(new GateSettings());
        services.TryAddSingleton(new ArchiveSettings());
        services.AddSingleton<CityGates>();
        services.AddSingleton<Unanswered>();
        services.AddSingleton<City>();
        services.AddSingleton(provider => EventLog.Open(provider.GetRequiredService<ActorSystem>()));
        services.AddSingleton<NodeLeaving>();
        services.AddSingleton<NodeHealth>();
        services.AddSingleton<MailboxDepths>();
        CityMeter.Begin();
        services.AddAkka(SystemName, (akka, provider) =>
        {
            storage.Prepare();
            akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            });
            akka.AddHocon(Configuration(storage, ownHocon), HoconAddMode.Prepend);

            if (provider.GetService<FurtherForms>() is { } forms)
                akka.AddSetup(forms);
            if (provider.GetRequiredService<TimeProvider>() is CityClock clock)
                akka.AddSetup(new GroupCommitSetup { TimeProvider = clock });

            // What has no manifest is refused, rather than written under the name of a CLR type.
            akka.WithStrictSerialization();
            akka.WithRemoting(node.Host, node.Port);
            var seeds = (node.Seeds ?? []).Select(seed => $"akka.tcp://{SystemName}@{seed}").ToArray();

            // On a database that nodes share, it says which cluster lives; else Akka's own rule does.
            var charter = seeds.Length > 0 && storage.IsPostgres ? new ClusterCharter(storage.ConnectionString) : null;
            akka.WithClustering(new ClusterOptions { SeedNodes = seeds.Length > 0 && charter is null ? seeds : null });
            akka.WithDistributedPubSub("");
            Populate(akka, provider, pack, joinSelf: seeds.Length == 0);
            if (charter is not null)
                akka.WithActors((system, _) => new ClusterEntry(system, charter, [.. seeds.Select(Address.Parse)], provider.GetRequiredService<TimeProvider>()).Start());
        });
        return services;
    }

    private static void Populate(AkkaConfigurationBuilder akka, IServiceProvider provider, CityPack pack, bool joinSelf)
    {
        var (board, clock) = (provider.GetRequiredService<LiveBoard>(), provider.GetRequiredService<TimeProvider>());
        var precedents = provider.GetRequiredService<PrecedentBook>();

        CityNode Node(ActorSystem system, IReadOnlyActorRegistry registry)
        {
            var mediator = DistributedPubSub.Get(system).Mediator;
            return new CityNode(
                pack,
                clock,
                news => mediator.Tell(new Publish(BoardListener.Topic, news)),
                () => registry.Get<GridActor>(),
                () => registry.Get<DepartmentActor>(),
                () => new WhistleHistory(provider.GetRequiredService<EventLog>()))
            {
                Pace = provider.GetService<Pace>() ?? Pace.Normal,
                Courier = provider.GetService<ICourier>() ?? new NoCourier(),
                Log = provider.GetRequiredService<ILoggerFactory>().CreateLogger("WhistleActors.City"),
                Precedents = () => precedents.Now,
            };
        }

        akka.WithShardRegion<GridActor>(
            "grid",
            (system, registry, _) =>
            {
                var node = Node(system, registry);

                // By type: a lambda would be taken apart and compiled anew for each grid that wakes (measured: a third of all processor time).
                return code => Props.Create<GridActor>(GridCode.Parse(code), node);
            },
            new Extractor(message => message is IGridMessage of ? of.Grid.Text : null),
            new ShardOptions { HandOffStopMessage = StopGrid.Instance });
        akka.WithShardRegion<DepartmentActor>(
            "department",
            (system, registry, _) =>
            {
                var node = Node(system, registry);
                return code => Props.Create<DepartmentActor>(DepartmentCode.Parse(code), node);
            },
            new Extractor(message => message is IDepartmentMessage of ? of.Department.Text : null),
            new ShardOptions { HandOffStopMessage = StopDepartment.Instance });
        akka.WithShardRegion<ReportDeskActor>(
            "reports",
            (system, registry, _) =>
            {
                var node = Node(system, registry);
                return code => Props.Create<ReportDeskActor>(DeskCode.Parse(code), node);
            },
            new Extractor(message => message is IReportDeskMessage of ? of.Desk.Text : null),
            new ShardOptions { HandOffStopMessage = StopDesk.Instance });
        akka.WithShardRegion<AccessActor>(
            "access",
            (system, _, _) =>
            {
                var mediator = DistributedPubSub.Get(system).Mediator;
                return _ => Props.Create(() => new AccessActor(clock, state => mediator.Tell(new Publish(AccessFollower.Topic, state))));
            },
            new Extractor(message => message is IAccessMessage ? AccessActor.Name : null),
            new ShardOptions { HandOffStopMessage = StopAccess.Instance });
        akka.WithSingleton<Waker>("waker", (system, registry, _) =>
        {
            var node = Node(system, registry);
            return Props.Create(() => new Waker(node, board));
        }, createProxyToo: false);
        akka.WithSingleton<Assigner>("assigner", (system, registry, _) =>
        {
            var node = Node(system, registry);
            var places = provider.GetService<CityPlaces>() ?? new CityPlaces(pack);
            var travel = provider.GetService<ITravel>() ?? new StraightLineTravel(pack.Travel);
            return Props.Create(() => new Assigner(node, board, places, travel));
        }, createProxyToo: false);
        if (provider.GetRequiredService<ArchiveSettings>().After is { } age)
        {
            akka.WithSingleton<Archivist>("archivist", (system, registry, _) =>
            {
                var (node, log) = (Node(system, registry), provider.GetRequiredService<ILogger<Archivist>>());
                return Props.Create(() => new Archivist(node, EventArchive.Open(system), age, log));
            }, createProxyToo: false);
        }

        akka.WithActors((system, registry) =>
        {
            if (joinSelf)
            {
                var cluster = Akka.Cluster.Cluster.Get(system);

                // Whoever does not know what time it is must hold no grid.
                _ = ((clock as CityClock)?.Known ?? Task.CompletedTask).ContinueWith(_ => cluster.Join(cluster.SelfAddress), TaskScheduler.Default);
            }

            system.ActorOf(Props.Create(() => new LostOrders()), "lost-orders");
            var unanswered = provider.GetRequiredService<Unanswered>();
            system.ActorOf(Props.Create(() => new NodeWatch(unanswered)), "node-watch");
            var access = provider.GetRequiredService<AccessBook>();
            system.ActorOf(Props.Create(() => new AccessFollower(access, () => registry.Get<AccessActor>())), "access");
            registry.Register<BoardListener>(system.ActorOf(Props.Create(() => new BoardListener(board)), "board"));
            var follower = new JournalFollower(system, () => Feed(system, provider), pack, board, provider.GetRequiredService<CityRecord>(), provider.GetRequiredService<CityLoads>(), precedents, clock);
            provider.GetRequiredService<NodeHealth>().Follower = follower;
            follower.Start();
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "board-checkpoint", async () =>
            {
                await follower.DisposeAsync();
                return Akka.Done.Instance;
            });
        });
    }

    // Only a journal that commits in order can be followed by asking for what comes next.
    private static IJournalFeed Feed(ActorSystem system, IServiceProvider provider) =>
        system.Settings.Config.GetString("akka.persistence.journal.plugin") == GroupCommitPersistence.PluginId
            ? new EventLogFeed(provider.GetRequiredService<EventLog>())
            : new StockFeed(system);

    internal static Config Configuration(StorageSettings storage, string? ownHocon)
    {
        using var stream = typeof(WhistleActorsHosting).Assembly.GetManifestResourceStream("whistle-actors.conf")!;
        using var reader = new StreamReader(stream);
        var database = string.Create(CultureInfo.InvariantCulture, $$"""
            akka.persistence {
              journal.group-commit { connection-string = {{Quote(storage.ConnectionString)}}, provider = "{{(storage.IsPostgres ? "postgresql" : "sqlite")}}" }
              journal.sql { connection-string = {{Quote(storage.ConnectionString)}}, provider-name = "{{storage.Provider}}", parallelism = {{storage.Parallelism}} }
              snapshot-store.direct { connection-string = {{Quote(storage.ConnectionString)}}, provider = "{{(storage.IsPostgres ? "postgresql" : "sqlite")}}" }
              snapshot-store.sql { connection-string = {{Quote(storage.ConnectionString)}}, provider-name = "{{storage.Provider}}" }
              query.journal.sql { connection-string = {{Quote(storage.ConnectionString)}}, provider-name = "{{storage.Provider}}" }
            }
            """);
        if (storage.IsPostgres)
        {
            database += $$"""

                akka.cluster.split-brain-resolver.active-strategy = lease-majority
                whistle-actors.lease.connection-string = {{Quote(storage.ConnectionString)}}
                """;
        }


        // One text, so that a setting may refer to another (${...}), whichever of the three it stands in.
        return ConfigurationFactory.ParseString(string.Join('\n', GroupCommitPersistence.DefaultConfiguration.Root, reader.ReadToEnd(), database, ownHocon));
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // The same on every node and for ever: an entity's shard follows from its code alone.
    private sealed class Extractor(Func<object, string?> entityId) : HashCodeMessageExtractor(100)
    {
        public override string EntityId(object message) => entityId(message)!;
    }
}
