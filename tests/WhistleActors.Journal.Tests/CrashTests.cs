using System.Globalization;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests;

/// <summary>Processes that are killed while they write.</summary>
public sealed class CrashTests
{
    /// <summary>How often a process is killed; 200 in the full run.</summary>
    private const string CountVariable = "WHISTLE_CRASHES";
    private const int DefaultCount = 10;
    private const int CrashesPerDatabase = 10;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable(CountVariable), CultureInfo.InvariantCulture, out var count) ? count : DefaultCount;

    [Theory]
    [InlineData("sqlite", "full")]
    [InlineData("sqlite", "normal")]
    [InlineData("postgresql", "full")]
    public async Task After_a_kill_every_acknowledged_event_is_there_in_order_exactly_once(string provider, string synchronous)
    {
        var random = new Random(4711);
        for (var done = 0; done < Count;)
        {
            await using TestDatabase database = provider == "sqlite" ? new SqliteTestDatabase() : new PostgresTestDatabase();
            await database.StartAsync();
            for (var i = 0; i < CrashesPerDatabase && done < Count; i++, done++)
            {
                await using var child = ChildProcess.Start(
                    provider, database.ConnectionString, actors: 20, $"akka.persistence.journal.group-commit.synchronous = {synchronous}");
                await child.FirstReport;
                // The moment is the point of the test, not a wait for something.
                await Task.Delay(random.Next(150), TestContext.Current.CancellationToken);
                await child.KillAsync();

                child.Failures.ShouldBeEmpty();
                await StoredHistories.CheckAsync(database, child.Acknowledged);
            }
        }
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_refused_until_the_first_has_died()
    {
        await using var database = new SqliteTestDatabase();
        await using var first = ChildProcess.Start(database.Provider, database.ConnectionString, actors: 1);
        await first.FirstReport;

        await using var second = JournalBox.Ours(database);
        var health = await second.HealthAsync(health => health.Exception is JournalFileInUseException);
        health.Status.ShouldBe(Akka.Persistence.PersistenceHealthStatus.Unhealthy);
        health.Description!.ShouldStartWith($"Another process already writes to {database.Path}");
        (await second.WriteAsync("x", 1, "x"))[0].ShouldBeOfType<Akka.Persistence.WriteMessagesFailed>().Cause.ShouldBeOfType<JournalFileInUseException>();
        (await Should.ThrowAsync<InvalidOperationException>(second.ReplayAsync("actor-0"))).InnerException.ShouldBeOfType<JournalFileInUseException>();

        await first.KillAsync();
        await second.HealthyAsync();
        (await second.ReplayAsync("actor-0")).Highest.ShouldBeGreaterThanOrEqualTo(first.Acknowledged["actor-0"]);
    }

    [Fact]
    public async Task Two_names_of_one_file_are_one_file()
    {
        await using var database = new SqliteTestDatabase();
        await using var first = JournalBox.Ours(database);
        await first.WriteAsync("a", 1, "1");
        var link = database.Path + "-link.db";
        File.CreateSymbolicLink(link, database.Path);

        await using var second = JournalBox.Ours(new GivenDatabase("sqlite", $"Data Source={link}"));

        await second.HealthAsync(health => health.Exception is JournalFileInUseException);
    }
}
