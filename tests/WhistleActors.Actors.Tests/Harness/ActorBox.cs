using Akka.Actor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Reports;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Journal.Reading;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>Single actors on the real journal (SQLite in a temporary file) and a fake clock; their neighbours are mailboxes that the test reads.</summary>
internal sealed class ActorBox : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("whistle-actors-").FullName;
    private readonly string? hocon;
    private readonly Pace pace;
    private Lazy<EventLog> log = null!;

    public ActorBox(string? hocon = null, Pace? pace = null)
    {
        (this.hocon, this.pace) = (hocon, pace ?? Pace.Normal);
        Start();
    }

    public FakeTimeProvider Clock { get; } = new(ExampleCity.Morning);

    public ActorSystem System { get; private set; } = null!;

    /// <summary>Who takes notices to people.</summary>
    public FakeCourier Courier { get; } = new();

    /// <summary>What the journal tells.</summary>
    public WhistleHistory History => new(log.Value);

    /// <summary>What is told to departments.</summary>
    public Mailbox Departments { get; private set; } = null!;

    /// <summary>What is told to grids.</summary>
    public Mailbox Grids { get; private set; } = null!;

    /// <summary>What is told to the boards.</summary>
    public Mailbox Boards { get; private set; } = null!;

    /// <summary>What actors tell their parent: that they want to leave.</summary>
    public Mailbox Parents { get; private set; } = null!;

    private string File => Path.Combine(folder, "actors.db");

    public IActorRef Grid(GridCode code)
    {
        var node = Node();
        return Child(Props.Create(() => new GridActor(code, node)));
    }

    public IActorRef Department(DepartmentCode code)
    {
        var node = Node();
        return Child(Props.Create(() => new DepartmentActor(code, node)));
    }

    public IActorRef Desk(DeskCode code)
    {
        var node = Node();
        return Child(Props.Create(() => new ReportDeskActor(code, node)));
    }

    /// <summary>Ends all actors and starts a new system on the same data.</summary>
    public async Task RestartAsync()
    {
        await System.Terminate();
        Start();
    }

    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private void Start()
    {
        var storage = StorageSettings.Sqlite(File);
        storage.Prepare();
        System = ActorSystem.Create("box", WhistleActorsHosting.Configuration(storage, $"akka {{ loglevel = OFF, stdout-loglevel = OFF }}\n{hocon}"));
        log = new Lazy<EventLog>(() => EventLog.Open(System));
        System.ActorOf(Props.Create(() => new LostOrders()));
        (Departments, Grids, Boards, Parents) = (new Mailbox(System), new Mailbox(System), new Mailbox(System), new Mailbox(System));
    }

    private CityNode Node()
    {
        var (departments, grids, boards) = (Departments.Receiver, Grids.Receiver, Boards.Receiver);
        return new CityNode(ExampleCity.Pack, Clock, news => boards.Tell(news), () => grids, () => departments, () => History) { Pace = pace, Courier = Courier };
    }

    private IActorRef Child(Props props)
    {
        var heard = Parents.Receiver;
        return System.ActorOf(Props.Create(() => new Parent(props, heard)));
    }

    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef child;
        private readonly IActorRef heard;

        public Parent(Props props, IActorRef heard)
        {
            this.heard = heard;
            child = Context.Watch(Context.ActorOf(props));
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Terminated:
                    Context.Stop(Self);
                    break;
                case Akka.Cluster.Sharding.Passivate wish:
                    heard.Tell(wish);
                    child.Tell(wish.StopMessage);
                    break;
                default:
                    child.Forward(message);
                    break;
            }
        }
    }
}
