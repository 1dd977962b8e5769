using Shouldly;
using WhistleActors.Journal.Reading;
using WhistleActors.Journal.Tests.Harness;
using Xunit;
using static WhistleActors.Journal.Tests.Harness.Diary;

namespace WhistleActors.Journal.Tests.Reading;

/// <summary>What the journal wrote, read beside it.</summary>
public abstract class EventLogTests(TestDatabase database) : IAsyncLifetime
{
    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected TestDatabase Database { get; } = database;

    public async ValueTask InitializeAsync() => await Database.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Before_the_journal_has_a_table_there_is_nothing()
    {
        await using var box = JournalBox.Stock(Database);
        await using var log = EventLog.Open(box.System);
        (await log.AfterAsync(0, 10, Cancelled)).ShouldBeEmpty();
        (await log.OfAsync("d", 1, 10, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_follow_each_other_through_the_whole_journal_without_a_gap_or_a_repetition()
    {
        await using var box = JournalBox.Ours(Database);
        await using var log = EventLog.Open(box.System);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => box.DiaryAsync($"d{i}", Write.Plain("1", "2"), Write.Plain("3"))));

        var read = new List<StoredEvent>();
        while (await log.AfterAsync(read.LastOrDefault()?.Ordering ?? 0, 7, Cancelled) is { Count: > 0 } page)
            read.AddRange(page);

        read.Count.ShouldBe(60);
        read.Select(stored => stored.Ordering).ShouldBeInOrder(SortDirection.Ascending);
        foreach (var diary in read.GroupBy(stored => stored.PersistenceId))
        {
            diary.Select(stored => stored.SequenceNr).ShouldBe([1, 2, 3]);
            diary.Select(stored => stored.Event).ShouldBe(["1", "2", "3"]);
        }
    }

    [Fact]
    public async Task What_this_process_wrote_a_moment_ago_is_given_as_it_was_written_and_again_as_it_is_stored()
    {
        await using var box = JournalBox.Ours(Database);
        await using var log = EventLog.Open(box.System);
        (await log.AfterAsync(0, 10, Cancelled)).ShouldBeEmpty();
        var entry = new string('x', 3);
        await box.DiaryAsync("d", Write.Plain(entry, "2"));

        var first = await log.AfterAsync(0, 10, Cancelled);
        var again = await log.AfterAsync(0, 10, Cancelled);

        first[0].Event.ShouldBeSameAs(entry);
        again.ShouldBe(first);
        again[0].Event.ShouldNotBeSameAs(entry);
        (await log.OfAsync("d", 1, 10, Cancelled)).Select(stored => stored.Event).ShouldBe([entry, "2"]);
    }

    [Fact]
    public async Task The_events_of_one_actor_are_read_from_a_number_on()
    {
        await using var box = JournalBox.Ours(Database);
        await using var log = EventLog.Open(box.System);
        await box.DiaryAsync("d", Write.Plain("1", "2", "3", "4"));
        await box.DiaryAsync("other", Write.Plain("x"));
        (await log.OfAsync("d", 2, 2, Cancelled)).Select(stored => stored.Event).ShouldBe(["2", "3"]);
        (await log.OfAsync("d", 5, 2, Cancelled)).ShouldBeEmpty();
        (await log.OfAsync("nobody", 1, 2, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleted_events_are_not_read_and_what_the_stock_journal_wrote_is()
    {
        await using (var stock = JournalBox.Stock(Database))
            await stock.DiaryAsync("d", Write.Plain("1", "2", "3"), new Forget(2));
        await using var box = JournalBox.Ours(Database);
        await using var log = EventLog.Open(box.System);
        (await log.AfterAsync(0, 10, Cancelled)).Select(stored => stored.Event).ShouldBe(["3"]);
        (await log.OfAsync("d", 1, 10, Cancelled)).Select(stored => stored.SequenceNr).ShouldBe([3]);
    }
}

public sealed class SqliteEventLogTests() : EventLogTests(new SqliteTestDatabase());

public sealed class PostgresEventLogTests() : EventLogTests(new PostgresTestDatabase())
{
    [Fact]
    public async Task A_reader_that_follows_misses_nothing_of_what_two_nodes_write_at_once()
    {
        await using var one = JournalBox.Ours(Database);
        await using var two = JournalBox.Ours(Database);
        await using var log = EventLog.Open(one.System);
        var writing = Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            (i % 2 == 0 ? one : two).DiaryAsync($"d{i}", [.. Enumerable.Range(0, 10).Select(n => (object)Write.Plain($"{n}"))])));

        var read = new List<StoredEvent>();
        while (read.Count < 400)
        {
            Cancelled.ThrowIfCancellationRequested();
            var page = await log.AfterAsync(read.LastOrDefault()?.Ordering ?? 0, 50, Cancelled);
            read.AddRange(page);
            if (page.Count == 0 && writing.IsCompleted && (await log.AfterAsync(read.LastOrDefault()?.Ordering ?? 0, 1, Cancelled)).Count == 0)
                break;
        }

        await writing;
        read.Count.ShouldBe(400);
    }
}
