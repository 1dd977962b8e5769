using System.Globalization;
using Akka.Persistence;
using Npgsql;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using WhistleActors.Testing;
using Xunit;

namespace WhistleActors.Journal.Tests;

/// <summary>A server that dies, sessions that are cut, tables that are locked, and two nodes on one database.</summary>
public sealed class PostgresFaultTests : IAsyncLifetime
{
    private const string WriterSessions = "FROM pg_stat_activity WHERE application_name = 'group-commit journal' AND datname = current_database()";
    private PostgresTestDatabase? _database;

    private PostgresTestDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = new PostgresTestDatabase();
        await _database.StartAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_dies_and_comes_back_delays_events_and_loses_none(bool crash)
    {
        await using var server = await PostgresServer.StartAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var child = ChildProcess.Start("postgresql", connectionString, actors: 20);
        await child.FirstReport;
        for (var i = 0; i < 3; i++)
        {
            var reports = child.Reports;
            await UntilAsync(() => child.Reports > reports + 200);
            await (crash ? server.CrashAsync() : server.StopAsync());
            await server.StartAgainAsync();
            reports = child.Reports;
            await UntilAsync(() => child.Reports > reports + 200);
        }

        await child.KillAsync();
        child.Failures.ShouldBeEmpty();
        await StoredHistories.CheckAsync(new OwnServerDatabase(connectionString), child.Acknowledged);
    }

    [Fact]
    public async Task Sessions_that_are_cut_in_the_middle_of_commits_delay_events_and_lose_none()
    {
        await using var child = ChildProcess.Start("postgresql", Database.ConnectionString, actors: 20);
        await child.FirstReport;
        for (var i = 0; i < 30; i++)
        {
            var reports = child.Reports;
            await UntilAsync(() => child.Reports > reports + 100);
            await Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) {WriterSessions}");
        }

        await child.KillAsync();
        child.Failures.ShouldBeEmpty();
        await StoredHistories.CheckAsync(Database, child.Acknowledged);
    }

    [Fact]
    public async Task A_lost_session_that_still_commits_is_waited_for_and_ended_before_anything_is_written_again()
    {
        await using var box = JournalBox.Ours(Database);
        await box.WriteAsync("a", 1, "1");
        // The insert waits for this lock in the server; the client's connection is cut meanwhile, and nobody tells the server.
        await using var locker = new NpgsqlConnection(Database.ConnectionString + ";Pooling=False");
        await locker.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(locker, "BEGIN; LOCK TABLE journal IN EXCLUSIVE MODE");
        var write = box.WriteAsync("a", 2, "2");
        await UntilAsync(async () => (await Database.QueryAsync($"SELECT count(*) {WriterSessions} AND wait_event_type = 'Lock'"))[0] == "1");
        await RunAsync(locker, $"SELECT pg_terminate_backend(pid) {WriterSessions} AND wait_event_type = 'Lock'");
        await box.HealthAsync(health => health.Status == PersistenceHealthStatus.Unhealthy);
        await RunAsync(locker, "COMMIT");

        (await write)[0].ShouldBeOfType<WriteMessagesSuccessful>();
        (await box.ReplayAsync("a")).Events.Select(e => e.SequenceNr).ShouldBe([1, 2]);

        // In this database: others of the same server have writers of their own.
        (await Database.QueryAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
            .ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_transaction_that_the_server_aborts_is_repeated()
    {
        await using var box = JournalBox.Ours(Database);
        await box.WriteAsync("a", 1, "1");
        await Database.ExecuteAsync("ALTER TABLE journal RENAME TO elsewhere");

        var write = box.WriteAsync("a", 2, "2");
        await box.HealthAsync(health => health.Status == PersistenceHealthStatus.Unhealthy);
        write.IsCompleted.ShouldBeFalse();
        await Database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO journal");

        (await write)[0].ShouldBeOfType<WriteMessagesSuccessful>();
        await box.HealthyAsync();
    }

    [Fact]
    public async Task A_database_that_has_become_read_only_delays_writes_until_it_is_writable_again()
    {
        await using var box = JournalBox.Ours(Database);
        await box.WriteAsync("a", 1, "1");
        var name = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database;
        await Database.ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await Database.ExecuteAsync($"SELECT pg_terminate_backend(pid) {WriterSessions} AND pid <> pg_backend_pid()");

        var write = box.WriteAsync("a", 2, "2");
        await box.HealthAsync(health => health.Description!.Contains("read-only", StringComparison.Ordinal));
        await RunWritableAsync($"ALTER DATABASE {name} SET default_transaction_read_only = off");

        (await write)[0].ShouldBeOfType<WriteMessagesSuccessful>();
    }

    [Fact]
    public async Task A_commit_whose_wait_for_the_standby_was_cancelled_is_not_answered_before_the_standby_has_it()
    {
        await using var primary = await PostgresServer.StartAsync();
        var connectionString = await primary.CreateDatabaseAsync();
        var database = new OwnServerDatabase(connectionString + ";Command Timeout=1");
        // The write waits for as long as a standby takes to be made.
        await using var box = JournalBox.Ours(database, "akka.persistence.journal.group-commit.circuit-breaker.call-timeout = 60s");
        await box.WriteAsync("a", 1, "1");
        await database.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await database.ExecuteAsync("SELECT pg_reload_conf()");
        await UntilAsync(async () => (await database.QueryAsync("SHOW synchronous_standby_names"))[0] == "*");

        var write = box.WriteAsync("a", 2, "2");
        await UntilAsync(async () => (await database.QueryAsync("SELECT count(*) FROM journal"))[0] == "2");
        await box.HealthAsync(health => health.Description!.Contains("standby", StringComparison.Ordinal));
        await UntilAsync(async () => write.IsCompleted
            || (await database.QueryAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query LIKE '%pg_logical_emit_message%'"))[0] == "1");
        write.IsCompleted.ShouldBeFalse();

        await using var standby = await PostgresServer.StandByAsync(primary);
        (await write)[0].ShouldBeOfType<WriteMessagesSuccessful>();
        await primary.CrashAsync();
        await standby.PromoteAsync();
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        (await new OwnServerDatabase($"{standby.ConnectionString.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal)};Pooling=False")
            .QueryAsync("SELECT sequence_number FROM journal ORDER BY 1")).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_write_that_fails_for_its_contents_fails_alone()
    {
        await using var box = JournalBox.Ours(Database);
        // PostgreSQL's text cannot hold the character 0.
        var writes = Enumerable.Range(0, 40).Select(i => box.WriteAsync(i % 10 == 3 ? $"bad\0{i}" : $"good{i}", 1, "1")).ToList();

        var answers = await Task.WhenAll(writes);

        for (var i = 0; i < answers.Length; i++)
        {
            if (i % 10 == 3)
                answers[i][1].ShouldBeOfType<WriteMessageFailure>().Cause.ShouldBeOfType<EventRefusedException>();
            else
                answers[i][1].ShouldBeOfType<WriteMessageSuccess>();
        }

        (await Database.QueryAsync("SELECT count(*) FROM journal")).ShouldBe(["36"]);
    }

    [Fact]
    public async Task A_zombie_of_another_node_is_refused_by_the_sequence_number()
    {
        await using var first = JournalBox.Ours(Database);
        await using var second = JournalBox.Ours(Database);
        await first.WriteAsync("a", 1, "first 1");
        await second.WriteAsync(new AtomicWrite(JournalBox.Event("a", 2, "second 2", "writer-2")));

        var zombie = await first.WriteAsync("a", 2, "first 2");

        zombie[1].ShouldBeOfType<WriteMessageFailure>().Cause.ShouldBeOfType<DuplicateSequenceNumberException>();
        (await first.ReplayAsync("a")).Events.Select(e => e.Payload).ShouldBe(["first 1", "second 2"]);
    }

    [Fact]
    public async Task A_reader_that_never_looks_back_misses_no_event_of_three_nodes_that_write_at_once()
    {
        const int Nodes = 3;
        const int Actors = 40;
        const int Each = 15;
        await using var first = JournalBox.Ours(Database);
        await using var second = JournalBox.Ours(Database);
        await using var third = JournalBox.Ours(Database);
        await first.WriteAsync("warm-up", 1, "1");
        var writing = Task.WhenAll(new[] { first, second, third }.SelectMany((box, node) => Enumerable.Range(0, Actors).Select(async actor =>
        {
            for (var i = 1; i <= Each; i++)
                (await box.WriteAsync($"node {node} actor {actor}", i, "x"))[0].ShouldBeOfType<WriteMessagesSuccessful>();
        })));

        long last = 0;
        var seen = 0;
        for (var ended = false; !ended;)
        {
            ended = writing.IsCompleted;
            foreach (var row in await Database.QueryAsync($"SELECT ordering FROM journal WHERE ordering > {last} ORDER BY ordering"))
            {
                last = long.Parse(row, CultureInfo.InvariantCulture);
                seen++;
            }
        }

        await writing;
        seen.ShouldBe(Nodes * Actors * Each + 1);
    }

    [Fact]
    public async Task A_node_that_is_stopped_in_the_middle_of_its_work_does_not_keep_the_others_from_committing()
    {
        await using var frozen = ChildProcess.Start("postgresql", Database.ConnectionString, actors: 20);
        await frozen.FirstReport;
        await using var other = JournalBox.Ours(Database);
        await other.WriteAsync("a", 1, "1");
        for (var i = 2; i < 12; i++)
        {
            frozen.Freeze();
            (await other.WriteAsync("a", i, "x").WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken))[0]
                .ShouldBeOfType<WriteMessagesSuccessful>();
            frozen.Thaw();
            var reports = frozen.Reports;
            await UntilAsync(() => frozen.Reports > reports);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(5, limit.Token);
    }

    private async Task RunWritableAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString + ";Pooling=False;Options=-c default_transaction_read_only=off");
        await connection.OpenAsync();
        await RunAsync(connection, sql);
    }
}
