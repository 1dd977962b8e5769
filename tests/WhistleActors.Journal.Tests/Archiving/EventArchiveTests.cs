using System.Globalization;
using Akka.Configuration;
using Akka.Persistence;
using Npgsql;
using Shouldly;
using WhistleActors.Journal.Archiving;
using WhistleActors.Journal.Reading;
using WhistleActors.Journal.Tests.Harness;
using Xunit;
using static WhistleActors.Journal.Tests.Harness.Diary;

namespace WhistleActors.Journal.Tests.Archiving;

/// <summary>Old events are moved into another table, and nobody who reads can tell.</summary>
public sealed class EventArchiveTests : IAsyncLifetime
{
    private const string WhatIsWhere = "SELECT persistence_id, sequence_number, ordering FROM (SELECT * FROM journal UNION ALL SELECT * FROM journal_archive) AS every ORDER BY ordering";

    // What the tests write is young; this is later than that.
    private static readonly DateTimeOffset Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    private readonly PostgresTestDatabase database = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.StartAsync();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Before_the_journal_has_a_table_there_is_nothing_to_move()
    {
        await using var box = JournalBox.Stock(database);
        await using var archive = EventArchive.Open(box.System);

        (await RoundAsync(archive)).ShouldBe(0);
    }

    [Fact]
    public async Task What_comes_before_the_newest_snapshot_and_is_old_goes_and_the_newest_event_never_does()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("covered", Entries(1, 6), new Snapshot(), Entries(7, 8));
        await box.DiaryAsync("to the last", Entries(1, 4), new Snapshot());
        await box.DiaryAsync("bare", Entries(1, 4));
        await box.DiaryAsync("single", Entries(1, 1), new Snapshot());
        await box.DiaryAsync("young at last", Entries(1, 6), new Snapshot());
        await database.ExecuteAsync($"UPDATE journal SET created = {Tomorrow.AddDays(1).UtcTicks} WHERE persistence_id = 'young at last' AND sequence_number >= 4");
        await using var archive = EventArchive.Open(box.System);

        (await RoundAsync(archive)).ShouldBe(6 + 3 + 0 + 0 + 3);

        (await ArchivedAsync()).ShouldBe(["covered|1|6", "to the last|1|3", "young at last|1|3"]);
        (await database.QueryAsync("SELECT persistence_id, sequence_number FROM journal_archived ORDER BY persistence_id")).ShouldBe(["covered|6", "to the last|3", "young at last|3"]);
        (await RoundAsync(archive)).ShouldBe(0);
    }

    [Fact]
    public async Task Every_reader_gets_the_same_at_every_position_before_and_after()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => box.DiaryAsync($"d{i}", Entries(1, 10), Entries(11, 12), new Snapshot(), Entries(13, 15))));
        await using var log = EventLog.Open(box.System);
        var before = await EverythingAsync(box, log);
        await using var archive = EventArchive.Open(box.System);

        (await RoundAsync(archive)).ShouldBe(12 * 12);

        var after = await EverythingAsync(box, log);
        after.ShouldBe(before);
        await using var restarted = JournalBox.WithSnapshots(database);
        await using var freshLog = EventLog.Open(restarted.System);
        (await EverythingAsync(restarted, freshLog)).ShouldBe(before);
    }

    [Fact]
    public async Task A_reader_in_the_middle_of_the_order_misses_nothing_that_is_moved_behind_and_before_it()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => box.DiaryAsync($"d{i:D2}", Entries(1, 40), new Snapshot(), Entries(41, 42))));
        await using var log = EventLog.Open(box.System);
        await using var archive = EventArchive.Open(box.System);
        var moving = RoundAsync(archive);

        var read = new List<StoredEvent>();
        while (await log.AfterAsync(read.LastOrDefault()?.Ordering ?? 0, 11, Cancelled) is { Count: > 0 } page)
            read.AddRange(page);

        (await moving).ShouldBe(30 * 40);
        read.Select(stored => stored.Ordering).ShouldBe((await database.QueryAsync(WhatIsWhere)).Select(row => long.Parse(row.Split('|')[2], CultureInfo.InvariantCulture)));
        read.Count.ShouldBe(30 * 42);
    }

    [Fact]
    public async Task While_actors_write_and_recover_several_archive_at_once_and_each_event_is_there_once()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await using var other = JournalBox.WithSnapshots(database);
        await using var first = EventArchive.Open(box.System);
        await using var second = EventArchive.Open(other.System);
        using var enough = new CancellationTokenSource();
        var archiving = new[] { first, second }.Select(async archive =>
        {
            var moved = 0L;
            while (!enough.IsCancellationRequested)
                moved += await RoundAsync(archive);
            return moved;
        }).ToList();

        // Each time the diary is brought back it must know all that it ever wrote.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            for (var life = 0; life < 8; life++)
            {
                var entries = await (life % 2 == 0 ? box : other).DiaryAsync($"d{i}", Entries((life * 5) + 1, (life * 5) + 3), new Snapshot(), Entries((life * 5) + 4, (life * 5) + 5));
                entries.ShouldBe(Enumerable.Range(1, (life * 5) + 5).Select(Text));
            }
        }));
        await enough.CancelAsync();
        var moved = (await Task.WhenAll(archiving)).Sum() + await RoundAsync(first);

        (await database.QueryAsync(WhatIsWhere)).Select(row => row[..row.LastIndexOf('|')]).Order()
            .ShouldBe(Enumerable.Range(0, 8).SelectMany(i => Enumerable.Range(1, 40).Select(n => $"d{i}|{n}")).Order());
        (await database.QueryAsync("SELECT count(*) FROM journal_archive")).ShouldBe([moved.ToString(CultureInfo.InvariantCulture)]);
        moved.ShouldBe(8 * 38);
    }

    [Fact]
    public async Task A_session_that_dies_in_the_middle_has_moved_nothing_and_the_next_step_goes_on()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("a", Entries(1, 5), new Snapshot(), Entries(6, 6));
        await box.DiaryAsync("b", Entries(1, 5), new Snapshot(), Entries(6, 6));
        await using var archive = EventArchive.Open(box.System);
        await RoundAsync(archive);
        await box.DiaryAsync("a", Entries(7, 9), new Snapshot(), Entries(10, 10));
        await box.DiaryAsync("b", Entries(7, 9), new Snapshot(), Entries(10, 10));
        var before = await database.QueryAsync(WhatIsWhere);

        // The move has taken the first actor's events out and waits to write down the second's: there it is killed.
        await using var blocker = new NpgsqlConnection(database.ConnectionString + ";Pooling=False");
        await blocker.OpenAsync(Cancelled);
        await using (var transaction = await blocker.BeginTransactionAsync(Cancelled))
        {
            await using (var hold = new NpgsqlCommand("SELECT * FROM journal_archived WHERE persistence_id = 'b' FOR UPDATE", blocker))
                await hold.ExecuteNonQueryAsync(Cancelled);
            var step = archive.StepAsync("", Tomorrow, Cancelled);
            while ((await database.QueryAsync("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH moved%'")).Count == 0)
                await Task.Delay(10, Cancelled);
            await database.QueryAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'WITH moved%'");
            await Should.ThrowAsync<NpgsqlException>(step);
        }

        (await database.QueryAsync(WhatIsWhere)).ShouldBe(before);
        (await ArchivedAsync()).ShouldBe(["a|1|5", "b|1|5"]);
        (await RoundAsync(archive)).ShouldBe(8);
        (await database.QueryAsync(WhatIsWhere)).ShouldBe(before);
    }

    [Fact]
    public async Task A_second_incarnation_is_refused_a_number_that_is_in_the_archive_and_its_neighbours_are_stored()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("d", Entries(1, 6), new Snapshot(), Entries(7, 7));
        await using var archive = EventArchive.Open(box.System);
        (await RoundAsync(archive)).ShouldBe(6);
        var before = await database.QueryAsync(WhatIsWhere);

        // As a process would that was frozen since it had written the third.
        await using var zombie = JournalBox.Ours(database);
        var answers = await Task.WhenAll(
            zombie.WriteAsync(new AtomicWrite(new Persistent("late", 4, "d", writerGuid: "zombie"))),
            zombie.WriteAsync(new AtomicWrite(new Persistent("good", 1, "other", writerGuid: "living"))));

        answers[0].OfType<WriteMessageFailure>().ShouldHaveSingleItem().Cause.Message.ShouldContain("event 4 of d is in the archive");
        answers[1].OfType<WriteMessageSuccess>().ShouldHaveSingleItem();
        (await database.QueryAsync(WhatIsWhere)).Where(row => row.StartsWith("d|", StringComparison.Ordinal)).ShouldBe(before);
        (await box.DiaryAsync("d", Entries(8, 8))).ShouldBe(Enumerable.Range(1, 8).Select(Text));
    }

    [Fact]
    public async Task An_actor_whose_snapshot_is_lost_comes_back_from_the_archive_and_what_it_deletes_is_gone_there_too()
    {
        await using var box = JournalBox.WithSnapshots(database, "akka.persistence.journal.group-commit.replay-page-events = 4");
        await box.DiaryAsync("d", Entries(1, 14), new Snapshot(), Entries(15, 17));
        await using var archive = EventArchive.Open(box.System);
        (await RoundAsync(archive)).ShouldBe(14);
        await database.ExecuteAsync("DELETE FROM snapshot");

        (await box.DiaryAsync("d")).ShouldBe(Enumerable.Range(1, 17).Select(Text));
        (await box.ReplayAsync("d", from: 3, to: 9)).Events.Select(stored => stored.Payload).ShouldBe(Enumerable.Range(3, 7).Select(Text));

        await box.DeleteAsync("d", to: 5);

        (await box.ReplayAsync("d")).Events.Select(stored => stored.SequenceNr).ShouldBe(Enumerable.Range(6, 12).Select(n => (long)n));
        (await box.ReplayAsync("d")).Highest.ShouldBe(17);
    }

    [Fact]
    public async Task A_grid_of_some_events_asks_for_a_snapshot_and_one_of_a_few_does_not()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("a few", Entries(1, 10));
        await box.DiaryAsync("some", Entries(1, 30));
        await box.DiaryAsync("some since", Entries(1, 10), new Snapshot(), Entries(11, 60));
        await using var archive = EventArchive.Open(box.System);

        var step = await archive.StepAsync("", Tomorrow, Cancelled);

        (step.After, step.Moved).ShouldBe((null, 10));
        step.WithoutSnapshot.ShouldBe(["some", "some since"]);
    }

    [Fact]
    public async Task A_long_history_goes_in_several_steps_and_many_actors_one_after_the_other()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("b long", Entries(1, 2_500), new Snapshot(), Entries(2_501, 2_501));
        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => box.DiaryAsync($"a{i}", Entries(1, 3), new Snapshot(), Entries(4, 4))));
        await using var archive = EventArchive.Open(box.System);

        var (after, steps, moved) = ("", 0, 0L);
        for (string? next = ""; next is not null; steps++)
        {
            after = next;
            var step = await archive.StepAsync(after, Tomorrow, Cancelled);
            step.Moved.ShouldBeLessThan(4_000);
            moved += step.Moved;
            next = step.After;
        }

        moved.ShouldBe(2_500 + (120 * 3));
        steps.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_month_can_be_detached_while_the_rest_is_read_and_later_events_of_it_find_a_place()
    {
        await using var box = JournalBox.WithSnapshots(database);
        await box.DiaryAsync("d", Entries(1, 9), new Snapshot(), Entries(10, 10));
        await database.ExecuteAsync($"UPDATE journal SET created = {Ticks(2024, 1, 31)} WHERE sequence_number <= 3");
        await database.ExecuteAsync($"UPDATE journal SET created = {Ticks(2024, 2, 1)} WHERE sequence_number BETWEEN 4 AND 6");
        await using var log = EventLog.Open(box.System);
        await using var archive = EventArchive.Open(box.System);

        (await RoundAsync(archive, new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero))).ShouldBe(6);
        (await database.QueryAsync("SELECT count(*), max(sequence_number) FROM journal_archive_2024_01")).ShouldBe(["3|3"]);
        (await database.QueryAsync("SELECT count(*), max(sequence_number) FROM journal_archive_2024_02")).ShouldBe(["3|6"]);

        await database.ExecuteAsync("ALTER TABLE journal_archive DETACH PARTITION journal_archive_2024_01");
        (await log.OfAsync("d", 1, 100, Cancelled)).Select(stored => stored.SequenceNr).ShouldBe([4, 5, 6, 7, 8, 9, 10]);
        (await box.DiaryAsync("d")).ShouldBe(Enumerable.Range(1, 10).Select(Text));

        // Another's clock was in January still.
        await box.DiaryAsync("e", Entries(1, 3), new Snapshot(), Entries(4, 4));
        await database.ExecuteAsync($"UPDATE journal SET created = {Ticks(2024, 1, 31)} WHERE persistence_id = 'e'");
        await Should.ThrowAsync<PostgresException>(RoundAsync(archive, new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero)), "its table was there a moment ago");
        (await RoundAsync(archive, new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero))).ShouldBe(3);
        (await log.OfAsync("e", 1, 100, Cancelled)).Count.ShouldBe(4);
        (await database.QueryAsync("SELECT count(*) FROM journal_archive_2024_01_2")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task The_stock_journal_goes_on_where_events_were_archived_and_gets_all_of_them_back_by_one_statement()
    {
        await using (var box = JournalBox.WithSnapshots(database))
        {
            await box.DiaryAsync("d", Entries(1, 6), new Snapshot(), Entries(7, 8));
            await using var archive = EventArchive.Open(box.System);
            (await RoundAsync(archive)).ShouldBe(6);
        }

        await using (var stock = JournalBox.Stock(database))
            (await stock.DiaryAsync("d", Entries(9, 9))).ShouldBe(Enumerable.Range(1, 9).Select(Text));

        await database.ExecuteAsync(
            """
            BEGIN;
            DROP TRIGGER journal_refuse_archived ON journal;
            INSERT INTO journal OVERRIDING SYSTEM VALUE SELECT * FROM journal_archive;
            TRUNCATE journal_archive, journal_archived;
            COMMIT
            """);
        await database.ExecuteAsync("DELETE FROM snapshot");
        await using var back = JournalBox.Stock(database);
        (await back.DiaryAsync("d")).ShouldBe(Enumerable.Range(1, 9).Select(Text));
    }

    [Fact]
    public async Task Where_somebody_else_makes_the_tables_and_has_made_none_for_an_archive_everything_is_as_before()
    {
        await using (var box = JournalBox.WithSnapshots(database))
            await box.DiaryAsync("d", Entries(1, 3), new Forget(1));
        await database.ExecuteAsync("DROP TABLE journal_archive, journal_archived");
        await using var own = JournalBox.Ours(database, "akka.persistence.journal.group-commit.auto-initialize = off");
        await using var log = EventLog.Open(own.System);

        (await own.DiaryAsync("d", Entries(4, 4))).ShouldBe([Text(2), Text(3), Text(4)]);
        (await log.AfterAsync(0, 10, Cancelled)).Select(stored => stored.SequenceNr).ShouldBe([2, 3, 4]);
        (await log.OfAsync("d", 1, 10, Cancelled)).Select(stored => stored.SequenceNr).ShouldBe([2, 3, 4]);
        await own.DeleteAsync("d", to: 3);
        (await own.ReplayAsync("d")).Events.Select(stored => stored.SequenceNr).ShouldBe([4]);
    }

    [Fact]
    public async Task A_journal_in_an_SQLite_file_has_no_archive()
    {
        await using var file = new SqliteTestDatabase();
        await file.StartAsync();
        await using var box = JournalBox.Ours(file);

        Should.Throw<ConfigurationException>(() => EventArchive.Open(box.System)).Message.ShouldContain("PostgreSQL");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Write Entries(int from, int to) => Write.Plain([.. Enumerable.Range(from, to - from + 1).Select(Text)]);

    private static long Ticks(int year, int month, int day) => new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static async Task<long> RoundAsync(EventArchive archive, DateTimeOffset? olderThan = null)
    {
        var moved = 0L;
        for (string? after = ""; after is not null;)
        {
            var step = await archive.StepAsync(after, olderThan ?? Tomorrow, Cancelled);
            (after, moved) = (step.After, moved + step.Moved);
        }

        return moved;
    }

    // The whole order in pages of several sizes, each actor from several numbers on, and what recoveries read.
    private static async Task<IReadOnlyList<string>> EverythingAsync(JournalBox box, EventLog log)
    {
        var told = new List<string>();
        foreach (var size in (int[])[1_000, 7])
        {
            var at = 0L;
            while (await log.AfterAsync(at, size, Cancelled) is { Count: > 0 } page)
            {
                told.AddRange(page.Select(stored => $"{stored}"));
                at = page[^1].Ordering;
            }
        }

        foreach (var id in Enumerable.Range(0, 12).Select(i => $"d{i}"))
        {
            foreach (var from in (long[])[1, 2, 12, 13, 15, 16])
                told.AddRange((await log.OfAsync(id, from, 4, Cancelled)).Select(stored => $"from {from}: {stored}"));
            told.AddRange((await box.ReplayAsync(id)).Events.Select(stored => $"replayed: {stored}"));
            told.AddRange(await box.DiaryAsync(id));
        }

        return told;
    }

    private Task<IReadOnlyList<string>> ArchivedAsync() =>
        database.QueryAsync("SELECT persistence_id, min(sequence_number), max(sequence_number) FROM journal_archive GROUP BY persistence_id ORDER BY persistence_id");
}
