using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql;
using WhistleActors.Journal.Snapshots;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>An actor system with one journal on a test database, spoken to in the journal's own protocol.</summary>
public sealed class JournalBox : IAsyncDisposable
{
    private JournalBox(ActorSystem system) => System = system;

    public ActorSystem System { get; }

    public IActorRef Journal => Persistence.Instance.Apply(System).JournalFor(null);

    /// <summary>Our journal as the default journal; the read journal and the snapshot store are those of Akka.Persistence.Sql.</summary>
    public static JournalBox Ours(TestDatabase database, string more = "") => Create(database, GroupCommitPersistence.PluginId, more);

    /// <summary>Akka.Persistence.Sql's journal as the default journal, on the same tables.</summary>
    public static JournalBox Stock(TestDatabase database, string more = "") => Create(database, "akka.persistence.journal.sql", more);

    /// <summary>Our journal and our snapshot store.</summary>
    public static JournalBox WithSnapshots(TestDatabase database, string more = "") =>
        new(ActorSystem.Create("journal", Configuration(database, GroupCommitPersistence.PluginId, more, DirectSnapshotStore.PluginId)));

    /// <summary>Ours and stock differ in <paramref name="journal"/> and <paramref name="snapshots"/> alone.</summary>
    public static Config Configuration(
        TestDatabase database, string journal, string more = "", string snapshots = "akka.persistence.snapshot-store.sql") => ConfigurationFactory.ParseString(
        $$"""
        {{more}}
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          log-dead-letters = off
          loggers = []
          persistence {
            journal {
              plugin = "{{journal}}"
              group-commit {
                provider = {{database.Provider}}
                connection-string = "{{database.ConnectionString}}"
              }
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "{{database.ConnectionString}}"
                provider-name = "{{database.StockProvider}}"
                tag-write-mode = Csv
              }
            }
            query.journal.sql {
              connection-string = "{{database.ConnectionString}}"
              provider-name = "{{database.StockProvider}}"
              tag-read-mode = Csv
              refresh-interval = 50ms
              journal-sequence-retrieval.query-delay = 50ms
            }
            snapshot-store {
              plugin = "{{snapshots}}"
              direct {
                provider = {{database.Provider}}
                connection-string = "{{database.ConnectionString}}"
              }
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "{{database.ConnectionString}}"
                provider-name = "{{database.StockProvider}}"
              }
            }
          }
        }
        """)
        .WithFallback(GroupCommitPersistence.DefaultConfiguration)
        .WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>Writes events, each an atomic write of its own unless they come in one group.</summary>
    /// <returns>The journal's answers after the first, one for each event.</returns>
    public Task<IReadOnlyList<object>> WriteAsync(string persistenceId, long first, params object[] events) =>
        WriteAsync([.. events.Select((e, i) => new AtomicWrite(Event(persistenceId, first + i, e)))]);

    public async Task<IReadOnlyList<object>> WriteAsync(params AtomicWrite[] writes)
    {
        var probe = new Probe(System);
        Journal.Tell(new WriteMessages(writes, probe.Ref, 1));
        var answers = new List<object> { await probe.NextAsync() };
        for (var left = writes.Sum(write => write.Size); left > 0; left--)
            answers.Add(await probe.NextAsync());
        System.Stop(probe.Ref);
        return answers;
    }

    /// <summary>The events of a replay, and the highest sequence number that it reports.</summary>
    public async Task<(IReadOnlyList<IPersistentRepresentation> Events, long Highest)> ReplayAsync(
        string persistenceId, long from = 1, long to = long.MaxValue, long max = long.MaxValue)
    {
        var probe = new Probe(System);
        Journal.Tell(new ReplayMessages(from, to, max, persistenceId, probe.Ref));
        var events = new List<IPersistentRepresentation>();
        while (true)
        {
            switch (await probe.NextAsync())
            {
                case ReplayedMessage replayed:
                    events.Add(replayed.Persistent);
                    break;
                case RecoverySuccess success:
                    System.Stop(probe.Ref);
                    return (events, success.HighestSequenceNr);
                case ReplayMessagesFailure failure:
                    throw new InvalidOperationException("The replay failed.", failure.Cause);
                case var other:
                    throw new InvalidOperationException($"Unexpected: {other}");
            }
        }
    }

    /// <summary>Starts a diary, lets it carry out the commands, stops it.</summary>
    /// <returns>Its entries afterwards.</returns>
    public async Task<IReadOnlyList<string>> DiaryAsync(string id, params object[] commands)
    {
        var diary = System.ActorOf(Props.Create(() => new Diary(id)));
        foreach (var command in commands)
            await diary.Ask<object>(command, TimeSpan.FromSeconds(30));
        var entries = await diary.Ask<ImmutableList<string>>("read", TimeSpan.FromSeconds(30));
        await diary.GracefulStop(TimeSpan.FromSeconds(30));
        return entries;
    }

    public async Task<object> DeleteAsync(string persistenceId, long to)
    {
        var probe = new Probe(System);
        Journal.Tell(new DeleteMessagesTo(persistenceId, to, probe.Ref));
        return await probe.NextAsync();
    }

    public Task HealthyAsync() => HealthAsync(health => health.Status == PersistenceHealthStatus.Healthy);

    /// <summary>Waits for the health check to say the wanted thing.</summary>
    public async Task<PersistenceHealthCheckResult> HealthAsync(Func<PersistenceHealthCheckResult, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var health = (await Journal.Ask<JournalHealthCheckResponse>(new CheckJournalHealth(CancellationToken.None), TimeSpan.FromSeconds(30))).Result;
            if (wanted(health))
                return health;
            await Task.Delay(10, limit.Token);
        }
    }

    public static Persistent Event(string persistenceId, long sequenceNr, object payload, string writer = "writer-1") =>
        new(payload, sequenceNr, persistenceId, sender: ActorRefs.NoSender, writerGuid: writer);

    public static AtomicWrite Together(params Persistent[] events) => new(events.ToImmutableList<IPersistentRepresentation>());

    public async ValueTask DisposeAsync() => await System.Terminate();

    private static JournalBox Create(TestDatabase database, string journal, string more) =>
        new(ActorSystem.Create("journal", Configuration(database, journal, more)));
}
