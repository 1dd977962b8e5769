using System.Globalization;
using Akka.Actor;
using Akka.Persistence;
using Npgsql;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using WhistleActors.Testing;
using Xunit;

namespace WhistleActors.Journal.Tests.Snapshots;

/// <summary>A server that dies and comes back, and sessions that are cut.</summary>
public sealed class PostgresSnapshotFaultTests : IAsyncLifetime
{
    private const string Sessions = "FROM pg_stat_activity WHERE application_name = 'direct snapshot store' AND datname = current_database()";
    private readonly PostgresTestDatabase _database = new();

    public async ValueTask InitializeAsync() => await _database.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_restarted_between_two_calls_is_not_noticed(bool crash)
    {
        await using var server = await PostgresServer.StartAsync();
        var database = new OwnServerDatabase(await server.CreateDatabaseAsync());
        await using var store = SnapshotBox.Ours(database);
        await store.SaveAsync("a", 1, "1");
        await LoadManyAsync(store, "1");
        await (crash ? server.CrashAsync() : server.StopAsync());
        await server.StartAgainAsync();

        await Task.WhenAll(LoadManyAsync(store, "1"), store.SaveAsync("b", 1, "b"), store.DeleteAsync(new("c", 1, default)));
        await store.SaveAsync("a", 2, "2");
        await LoadManyAsync(store, "2");
    }

    [Fact]
    public async Task A_server_that_is_down_fails_requests_at_once_and_is_used_again_when_it_is_back()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = new OwnServerDatabase(await server.CreateDatabaseAsync());
        await using var store = SnapshotBox.Ours(database);
        await store.SaveAsync("a", 1, "1");
        await server.CrashAsync();

        (await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a").WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)))
            .Message.ShouldContain("127.0.0.1");
        await server.StartAgainAsync();

        (await store.LoadAsync("a"))!.Snapshot.ShouldBe("1");
    }

    [Fact]
    public async Task A_store_that_starts_before_its_server_works_when_that_is_there()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = new OwnServerDatabase(await server.CreateDatabaseAsync());
        await server.StopAsync();
        await using var store = SnapshotBox.Ours(database);
        await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a"));
        await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a"));
        await server.StartAgainAsync();

        (await store.LoadAsync("a")).ShouldBeNull();
        await store.SaveAsync("a", 1, "1");
    }

    [Fact]
    public async Task An_outage_that_many_actors_ran_into_is_over_within_seconds_of_its_end()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = new OwnServerDatabase(await server.CreateDatabaseAsync());
        await using var store = SnapshotBox.Ours(database);
        await store.SaveAsync("a", 1, "1");
        await server.StopAsync();
        for (var i = 0; i < 30; i++)
            await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a"));
        await server.StartAgainAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            try
            {
                (await store.LoadAsync("a"))!.Snapshot.ShouldBe("1");
                return;
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(100, limit.Token);
            }
        }
    }

    [Fact]
    public async Task Sessions_that_are_cut_are_replaced_and_nobody_notices()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        for (var i = 0; i < 5; i++)
        {
            await LoadManyAsync(store, "1");
            await _database.ExecuteAsync($"SELECT pg_terminate_backend(pid) {Sessions}");
        }

        await LoadManyAsync(store, "1");
    }

    [Fact]
    public async Task Saves_that_hang_delay_no_loads_and_a_store_that_is_stopped_first_ends_them()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        await using var locker = new NpgsqlConnection(_database.ConnectionString + ";Pooling=False");
        await locker.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(locker, "BEGIN; LOCK TABLE snapshot IN EXCLUSIVE MODE");
        for (var i = 2; i <= 40; i++)
            store.Store.Tell(new SaveSnapshot(new SnapshotMetadata("a", i, default), $"{i}"), ActorRefs.NoSender);
        (await store.LoadAsync("a"))!.Snapshot.ShouldBe("1");

        var stopped = store.Box.System.Terminate();
        await RunAsync(locker, "COMMIT");
        await stopped;

        (await _database.QueryAsync("SELECT max(sequence_number), count(*) FROM snapshot")).ShouldBe(["40|40"]);
    }

    [Fact]
    public async Task However_many_load_at_once_a_few_sessions_do_it()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => store.LoadAsync("a")));

        int.Parse((await _database.QueryAsync($"SELECT count(*) {Sessions}"))[0], CultureInfo.InvariantCulture).ShouldBeInRange(1, 16);
    }

    [Fact]
    public async Task A_table_known_to_be_small_is_read_by_its_index_all_the_same()
    {
        await using (var store = SnapshotBox.Ours(_database))
        {
            for (var i = 1; i <= 20; i++)
                await store.SaveAsync("a", i, "x");
        }

        await _database.ExecuteAsync("ANALYZE snapshot");
        var before = await ScansAsync();
        await using (var store = SnapshotBox.Ours(_database))
        {
            for (var i = 1; i <= 20; i++)
                await store.LoadAsync("a");
        }

        (await ScansAsync()).ShouldBe(before);

        // Sessions tell their figures when they end.
        async Task<string> ScansAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while ((await _database.QueryAsync($"SELECT count(*) {Sessions}"))[0] != "0")
                await Task.Delay(20, limit.Token);
            return (await _database.QueryAsync("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'snapshot'"))[0];
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task LoadManyAsync(SnapshotBox store, string expected)
    {
        foreach (var loaded in await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => store.LoadAsync("a"))))
            loaded!.Snapshot.ShouldBe(expected);
    }
}
