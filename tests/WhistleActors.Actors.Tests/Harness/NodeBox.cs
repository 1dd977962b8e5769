using System.Text;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Storage;
using WhistleActors.Domain.Territory;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>A whole node, a cluster of its own: sharding, boards and waker on SQLite in a temporary file and a fake clock.</summary>
internal sealed class NodeBox(Pace? pace = null, FurtherForms? forms = null) : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("whistle-node-").FullName;
    private IHost? host;

    public FakeTimeProvider Clock { get; } = new(ExampleCity.Morning);

    public City City => host!.Services.GetRequiredService<City>();

    public LiveBoard Board => host!.Services.GetRequiredService<LiveBoard>();

    public CityRecord Record => host!.Services.GetRequiredService<CityRecord>();

    public MailboxDepths Mailboxes => host!.Services.GetRequiredService<MailboxDepths>();

    /// <summary>The one journal of the node.</summary>
    public IActorRef Journal => Persistence.Instance.Apply(host!.Services.GetRequiredService<ActorSystem>()).JournalFor(null);

    public CityLoads Loads => host!.Services.GetRequiredService<CityLoads>();

    public async Task StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        if (pace is not null)
            builder.Services.AddSingleton(pace);
        if (forms is not null)
            builder.Services.AddSingleton(forms);
        builder.Services.AddWhistleActors(
            ExampleCity.Pack, StorageSettings.Sqlite(Path.Combine(folder, "node.db")), new NodeSettings(), "akka { loglevel = OFF, stdout-loglevel = OFF }");
        host = builder.Build();
        await host.StartAsync();
        await Board.CaughtUp.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Ends in order, so that the board leaves its checkpoint.</summary>
    public async Task StopAsync()
    {
        await host!.StopAsync();
        host.Dispose();
        host = null;
    }

    /// <summary>The grids that are in memory.</summary>
    public async Task<IReadOnlyList<string>> GridsInMemoryAsync()
    {
        var region = Region<GridActor>();
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TimeSpan.FromSeconds(10));
        return [.. state.Shards.SelectMany(shard => shard.EntityIds).Order()];
    }

    /// <summary>What leads to all actors of a kind.</summary>
    public IActorRef Region<T>() => host!.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<T>();

    /// <summary>Ends a grid as a shard does that is handed to another node: nobody tells of it.</summary>
    public void HandOver(GridCode grid)
    {
        var region = Region<GridActor>();
        host!.Services.GetRequiredService<ActorSystem>().ActorSelection($"{region.Path.ToStringWithoutAddress()}/*/{grid}").Tell(StopGrid.Instance);
    }

    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "node.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    /// <summary>Puts an event into the journal of a node that is stopped, in the bytes that another version wrote.</summary>
    public void Store(string actor, long sequence, string manifest, string json)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "node.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid) VALUES (0, 0, $actor, $sequence, $message, '', $manifest, 1401, 'former')";
        command.Parameters.AddWithValue("$actor", actor);
        command.Parameters.AddWithValue("$sequence", sequence);
        command.Parameters.AddWithValue("$message", Encoding.UTF8.GetBytes(json));
        command.Parameters.AddWithValue("$manifest", manifest);
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
            await StopAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
