using System.Diagnostics;
using Akka.Persistence;
using Microsoft.Data.Sqlite;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests.Snapshots;

/// <summary>Files that somebody else holds, and files that are none.</summary>
public sealed class SqliteSnapshotFaultTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_database_that_another_connection_has_locked_delays_saves_and_no_loads()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        await using var other = await LockAsync();

        var save = store.SaveAsync("a", 2, "2");
        var delete = store.DeleteAsync(new SnapshotMetadata("a", 1, default));
        var start = Stopwatch.GetTimestamp();
        var loads = 0;
        for (; Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1); loads++)
            (await store.LoadAsync("a"))!.Snapshot.ShouldBe("1");
        save.IsCompleted.ShouldBeFalse();
        delete.IsCompleted.ShouldBeFalse();
        await RunAsync(other, "COMMIT");

        await save;
        await delete;
        loads.ShouldBeGreaterThan(100);
        (await _database.QueryAsync("SELECT sequence_number FROM snapshot")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_save_that_waits_in_vain_is_told_why_and_the_next_one_succeeds()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        await using (var other = await LockAsync())
        {
            (await Should.ThrowAsync<InvalidOperationException>(store.SaveAsync("a", 2, "2"))).Message.ShouldContain("database is locked");
        }

        await store.SaveAsync("a", 2, "2 again");
        (await store.LoadAsync("a"))!.Snapshot.ShouldBe("2 again");
    }

    [Fact]
    public async Task A_database_that_is_locked_when_the_table_is_to_be_created_is_told_and_heals()
    {
        await _database.ExecuteAsync("PRAGMA journal_mode = WAL");
        await using (var other = await LockAsync())
        {
            await using var early = SnapshotBox.Ours(_database);
            (await Should.ThrowAsync<InvalidOperationException>(early.LoadAsync("a"))).Message.ShouldContain("database is locked");
            await RunAsync(other, "COMMIT");

            (await early.LoadAsync("a")).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_store_that_is_stopped_first_saves_what_it_has_accepted()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        await using var other = await LockAsync();
        for (var i = 2; i <= 20; i++)
            store.Store.Tell(new SaveSnapshot(new SnapshotMetadata("a", i, default), $"{i}"), Akka.Actor.ActorRefs.NoSender);
        await store.LoadAsync("a");

        var stopped = store.Box.System.Terminate();
        await RunAsync(other, "COMMIT");
        await stopped;

        (await _database.QueryAsync("SELECT max(sequence_number), count(*) FROM snapshot")).ShouldBe(["20|20"]);
    }

    [Fact]
    public async Task A_save_of_another_connection_is_seen_by_the_next_load()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        (await store.LoadAsync("b")).ShouldBeNull();

        await _database.ExecuteAsync("UPDATE snapshot SET persistence_id = 'b'");

        (await store.LoadAsync("b"))!.Snapshot.ShouldBe("1");
    }

    [Fact]
    public async Task Loads_do_not_keep_the_write_ahead_log_from_starting_anew()
    {
        await using var store = SnapshotBox.Ours(_database);
        await store.SaveAsync("a", 1, "1");
        await store.LoadAsync("a");

        (await _database.QueryAsync("PRAGMA wal_checkpoint(RESTART)"))[0].ShouldStartWith("0|");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_and_heals_when_it_is_replaced()
    {
        await File.WriteAllTextAsync(_database.Path, new string('x', 5000), TestContext.Current.CancellationToken);
        await using var store = SnapshotBox.Ours(_database);

        (await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a"))).Message.ShouldContain("not a database");
        (await Should.ThrowAsync<InvalidOperationException>(store.LoadAsync("a"))).Message.ShouldContain("not a database");
        File.Delete(_database.Path);

        (await store.LoadAsync("a")).ShouldBeNull();
        await store.SaveAsync("a", 1, "1");
        (await store.LoadAsync("a"))!.Snapshot.ShouldBe("1");
    }

    private async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await RunAsync(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
