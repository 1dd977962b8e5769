using Microsoft.Data.Sqlite;
using Shouldly;
using WhistleActors.Journal.Tests.Faults;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests;

/// <summary>A disk that fails, and files that somebody else holds.</summary>
public sealed class SqliteFaultTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData('s')]
    [InlineData('w')]
    [InlineData('f')]
    [InlineData('r')]
    public async Task Syncs_and_writes_that_fail_for_a_while_delay_events_and_lose_none(char mode)
    {
        using var faults = await BuildAsync();
        await using var child = ChildProcess.Start(_database.Provider, _database.ConnectionString, actors: 20, environment: faults.Environment);
        await child.FirstReport;
        for (var i = 0; i < 5; i++)
        {
            faults.Set(mode);
            var reports = await SilenceAsync(child);
            faults.Set('0');
            await UntilAsync(() => child.Reports > reports + 100);
        }

        await child.KillAsync();
        child.Failures.ShouldBeEmpty();
        await StoredHistories.CheckAsync(_database, child.Acknowledged);
    }

    [Theory]
    [InlineData('s')]
    [InlineData('f')]
    public async Task An_event_that_was_reported_as_failed_does_not_appear_after_the_disk_has_healed(char mode)
    {
        const int Actors = 20;
        using var faults = await BuildAsync();
        await using var child = ChildProcess.Start(
            _database.Provider,
            _database.ConnectionString,
            Actors,
            "akka.persistence.journal.group-commit.circuit-breaker { call-timeout = 1s, reset-timeout = 1s }",
            faults.Environment);
        await child.FirstReport;
        faults.Set(mode);
        await UntilAsync(() => child.Failures.Count == Actors);
        faults.Set('0');
        await child.WriteProbeAsync();
        await child.KillAsync();

        (await StoredHistories.CheckAsync(_database, child.Acknowledged)).ShouldBe(child.Acknowledged, ignoreOrder: true);
    }

    [Fact]
    public async Task A_process_killed_while_its_disk_fails_finds_a_whole_history_and_everything_acknowledged()
    {
        using var faults = await BuildAsync();
        for (var i = 0; i < 5; i++)
        {
            await using var child = ChildProcess.Start(_database.Provider, _database.ConnectionString, actors: 20, environment: faults.Environment);
            await child.FirstReport;
            await Task.Delay(50, TestContext.Current.CancellationToken);
            faults.Set('s');
            await Task.Delay(100, TestContext.Current.CancellationToken);
            await child.KillAsync();
            faults.Set('0');

            await StoredHistories.CheckAsync(_database, child.Acknowledged);
        }
    }

    [Fact]
    public async Task A_database_that_another_connection_has_locked_delays_writes_and_the_health_check_says_so()
    {
        await using var box = JournalBox.Ours(_database);
        await box.WriteAsync("a", 1, "1");
        await using var other = new SqliteConnection(_database.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync(other, "BEGIN IMMEDIATE");

        var write = box.WriteAsync("a", 2, "2");
        await box.HealthAsync(health => health.Description!.Contains("locked", StringComparison.Ordinal));
        write.IsCompleted.ShouldBeFalse();
        await RunAsync(other, "COMMIT");

        (await write)[0].ShouldBeOfType<Akka.Persistence.WriteMessagesSuccessful>();
        await box.HealthyAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_by_the_health_check_and_heals_when_it_is_replaced()
    {
        await File.WriteAllTextAsync(_database.Path, new string('x', 5000), TestContext.Current.CancellationToken);
        await using var box = JournalBox.Ours(_database);

        await box.HealthAsync(health => health.Description!.Contains("not a database", StringComparison.Ordinal));
        File.Delete(_database.Path);

        await box.HealthyAsync();
        (await box.WriteAsync("a", 1, "1"))[0].ShouldBeOfType<Akka.Persistence.WriteMessagesSuccessful>();
    }

    private static async Task<FaultLayer> BuildAsync()
    {
        var faults = await FaultLayer.BuildAsync();
        Assert.SkipWhen(faults is null, "The fault layer is compiled by gcc, which is not installed here.");
        return faults;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Nothing may be acknowledged while nothing can be stored: what was stored before is told, and then nothing any more, over several attempts.</summary>
    /// <returns>How many were acknowledged until then.</returns>
    private static async Task<int> SilenceAsync(ChildProcess child)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var reports = child.Reports;
            await Task.Delay(300, limit.Token);
            if (child.Reports == reports)
                return reports;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }
}
