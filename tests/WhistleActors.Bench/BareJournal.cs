using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Bench;

/// <summary>
/// The limit that the server is measured against: actors that do nothing but store an event, wait for it, and store the next, with the
/// server's own settings and serializer on a database file of the same kind.
/// </summary>
internal static class BareJournal
{
    private const int Actors = 1_000;

    internal static Task<double> RunAsync(string folder, string plugin, TimeSpan time) => RunAsync(StorageSettings.Sqlite(Path.Combine(folder, "bare.db")), plugin, time);

    /// <returns>Events a second.</returns>
    internal static async Task<double> RunAsync(StorageSettings storage, string plugin, TimeSpan time)
    {
        storage.Prepare();
        var hocon = WhistleActorsHosting.Configuration(storage, $"akka.persistence.journal.plugin = \"{plugin}\"\nakka.actor.provider = local\nakka.loglevel = WARNING");
        using var system = ActorSystem.Create("bare", hocon);
        var stored = new StrongBox();
        var actors = Enumerable.Range(1, Actors).Select(i => system.ActorOf(Props.Create(() => new Storing(i, stored)))).ToList();
        await Task.WhenAll(actors.Select(actor => actor.Ask<string>("wake", TimeSpan.FromMinutes(1))));
        foreach (var actor in actors)
            actor.Tell("go");
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (before, clock) = (Volatile.Read(ref stored.Count), Stopwatch.StartNew());
        await Task.Delay(time);
        var rate = (Volatile.Read(ref stored.Count) - before) / clock.Elapsed.TotalSeconds;
        await system.Terminate();
        return rate;
    }

    private sealed class StrongBox
    {
        internal long Count;
    }

    private sealed class Storing : UntypedPersistentActor
    {
        private readonly StrongBox stored;
        private readonly SummonsSigned happened;

        public Storing(int number, StrongBox stored)
        {
            this.stored = stored;
            PersistenceId = $"grid-{number}";
            happened = new SummonsSigned(
                new WhistleId(GridCode.Parse("110101001001001"), number),
                TimeProvider.System.GetUtcNow(),
                new Officer(PersonId.Parse("zhang.san"), "张三", OrganisationCode.Parse("110101-urban-management"), Role.Dispatcher),
                new CommandKey("0123456789abcdef0123456789abcdef", "m5SZmPEzG09uteZj"),
                DepartmentCode.Parse("110101-urban-management"),
                Late: false);
        }

        public override string PersistenceId { get; }

        protected override void OnRecover(object message)
        {
        }

        protected override void OnCommand(object message)
        {
            if (message is "wake")
                Sender.Tell("awake");
            else if (message is "go")
                Store();
        }

        private void Store() => Persist(happened, _ =>
        {
            Interlocked.Increment(ref stored.Count);
            Self.Tell("go");
        });
    }
}
