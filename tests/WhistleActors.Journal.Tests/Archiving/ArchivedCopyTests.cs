using Shouldly;
using WhistleActors.Journal.Archiving;
using WhistleActors.Journal.Copies;
using WhistleActors.Journal.Tests.Harness;
using Xunit;
using static WhistleActors.Journal.Tests.Harness.Diary;

namespace WhistleActors.Journal.Tests.Archiving;

/// <summary>What a backup has of a journal of which months were moved into the archive.</summary>
public sealed class ArchivedCopyTests : IAsyncLifetime
{
    private const string January = "journal_archive_2024_01";

    private readonly PostgresTestDatabase database = new();
    private readonly string folder = Directory.CreateTempSubdirectory("whistle-copy-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_copy_has_every_month_attached_or_detached_and_brought_back_it_is_as_if_nothing_had_been_moved()
    {
        var before = await ArchiveAsync();
        (await CopyAsync("attached")).ShouldBe(before);

        await database.ExecuteAsync($"ALTER TABLE journal_archive DETACH PARTITION {January}");
        (await CopyAsync("detached")).ShouldBe(before);
        (await JournalCopy.VerifyPostgresAsync(database.ConnectionString, cancellation: Cancelled)).ShouldBe(before);

        await using var target = new PostgresTestDatabase();
        await target.StartAsync();
        (await JournalCopy.ToPostgresAsync(Path.Combine(folder, "detached"), target.ConnectionString, Cancelled)).ShouldBe(before);
        (await target.QueryAsync("SELECT count(*) FROM journal")).ShouldBe(["10"]);
    }

    [Fact]
    public async Task Into_a_database_with_a_month_of_another_city_nothing_is_moved_though_it_was_detached()
    {
        await ArchiveAsync();
        await CopyAsync("moved");
        await using var target = new PostgresTestDatabase();
        await target.StartAsync();
        await target.ExecuteAsync($"CREATE TABLE {January} AS SELECT 1 AS ordering");

        var refused = await Should.ThrowAsync<JournalCopyException>(JournalCopy.ToPostgresAsync(Path.Combine(folder, "moved"), target.ConnectionString, Cancelled));
        (refused.Code, refused.Message.Contains($"its table {January} has 1 rows", StringComparison.Ordinal)).ShouldBe(("target-not-empty", true));
        (await target.QueryAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")).ShouldBe([January]);

        await target.ExecuteAsync($"DROP TABLE {January}");
        (await JournalCopy.ToPostgresAsync(Path.Combine(folder, "moved"), target.ConnectionString, Cancelled)).Events.ShouldBe(10);
    }

    [Fact]
    public async Task A_month_that_is_not_in_the_database_any_more_is_missed()
    {
        await ArchiveAsync();
        await database.ExecuteAsync($"ALTER TABLE journal_archive DETACH PARTITION {January}; DROP TABLE {January}");

        var missed = await Should.ThrowAsync<JournalCopyException>(CopyAsync("dropped"));
        missed.Code.ShouldBe("events-missing");
        missed.Message.ShouldContain("d has event 4 after 0");
    }

    [Fact]
    public async Task A_table_that_is_only_called_much_like_a_month_is_refused_and_not_passed_over_and_a_part_of_the_archive_counts_whatever_it_is_called()
    {
        var before = await ArchiveAsync();
        await database.ExecuteAsync("CREATE TABLE journal_archive_before_2024 PARTITION OF journal_archive FOR VALUES FROM (0) TO (1)");
        (await CopyAsync("whatever it is called")).ShouldBe(before);

        foreach (var table in (string[])["journal_archive_old", "journal_archive_2024_13", "journal_archive_2024_01_old", "journal_archive_2024"])
        {
            await database.ExecuteAsync($"CREATE TABLE {table} (LIKE journal)");
            var refused = await Should.ThrowAsync<JournalCopyException>(CopyAsync(table));
            (refused.Code, refused.Message.Contains($" {table},", StringComparison.Ordinal)).ShouldBe(("wrong-tables", true));
            await Should.ThrowAsync<JournalCopyException>(JournalCopy.VerifyPostgresAsync(database.ConnectionString, cancellation: Cancelled));
            await database.ExecuteAsync($"DROP TABLE {table}");
        }

        (await CopyAsync("again")).ShouldBe(before);
    }

    [Fact]
    public async Task The_second_table_of_a_month_whose_first_was_detached_is_in_the_copy_with_the_first()
    {
        var before = await ArchiveAsync();
        await database.ExecuteAsync($"ALTER TABLE journal_archive DETACH PARTITION {January}; CREATE TABLE {January}_2 (LIKE journal_archive)");
        await database.ExecuteAsync($"WITH moved AS (DELETE FROM {January} WHERE sequence_number > 1 RETURNING *) INSERT INTO {January}_2 SELECT * FROM moved");

        (await CopyAsync("both")).ShouldBe(before);
    }

    // Three events in January, three in February, four that stay.
    private async Task<JournalContents> ArchiveAsync()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("d", Write.Plain([.. Enumerable.Range(1, 9).Select(number => $"{number}")]), new Snapshot(), Write.Plain("10"));
        await database.ExecuteAsync($"UPDATE journal SET created = {At(1)} WHERE sequence_number <= 3");
        await database.ExecuteAsync($"UPDATE journal SET created = {At(2)} WHERE sequence_number BETWEEN 4 AND 6");
        var contents = await JournalCopy.VerifyPostgresAsync(database.ConnectionString, cancellation: Cancelled);
        await using var archive = EventArchive.Open(box.System);
        (await archive.StepAsync("", new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), Cancelled)).Moved.ShouldBe(6);
        (await database.QueryAsync($"SELECT count(*) FROM {January}")).ShouldBe(["3"]);
        return contents;

        static long At(int month) => new DateTime(2024, month, 10, 0, 0, 0, DateTimeKind.Utc).Ticks;
    }

    private async Task<JournalContents> CopyAsync(string name)
    {
        await JournalCopy.FromPostgresAsync(database.ConnectionString, Path.Combine(folder, name), Cancelled);
        return await JournalCopy.VerifyAsync(Path.Combine(folder, name), cancellation: Cancelled);
    }
}
