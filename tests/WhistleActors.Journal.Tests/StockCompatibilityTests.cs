using Akka;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;
using static WhistleActors.Journal.Tests.Harness.Diary;

namespace WhistleActors.Journal.Tests;

/// <summary>What one of the two journals wrote, the other and all of Akka.Persistence.Sql reads.</summary>
public abstract class StockCompatibilityTests(TestDatabase database) : IAsyncLifetime
{
    private TestDatabase Database { get; } = database;

    public async ValueTask InitializeAsync() => await Database.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_setting_can_be_switched_there_and_back_on_the_same_data()
    {
        await using (var stock = JournalBox.Stock(Database))
            (await stock.DiaryAsync("d", Write.Plain("1", "2"))).ShouldBe(["1", "2"]);
        await using (var ours = JournalBox.Ours(Database))
            (await ours.DiaryAsync("d", Write.Plain("3"), Write.Plain("4", "5"))).ShouldBe(["1", "2", "3", "4", "5"]);
        await using (var stock = JournalBox.Stock(Database))
            (await stock.DiaryAsync("d", Write.Plain("6"))).ShouldBe(["1", "2", "3", "4", "5", "6"]);
        await using (var ours = JournalBox.Ours(Database))
            (await ours.DiaryAsync("d", Write.Plain("7"))).ShouldBe(["1", "2", "3", "4", "5", "6", "7"]);

        (await Database.QueryAsync("SELECT ordering, sequence_number FROM journal ORDER BY ordering"))
            .ShouldBe(["1|1", "2|2", "3|3", "4|4", "5|5", "6|6", "7|7"]);
    }

    [Fact]
    public async Task Both_write_the_same_columns()
    {
        const string Columns = "SELECT deleted, sequence_number, tags, manifest, identifier, message, length(writer_uuid) > 0 FROM journal WHERE persistence_id = ";
        object[] commands = [Write.Plain("plain"), Write.WithTags("tagged", "red", "green"), Write.Plain("together 1", "together 2"), new Forget(1)];
        await using (var stock = JournalBox.Stock(Database))
            await stock.DiaryAsync("stock", commands);
        await using (var ours = JournalBox.Ours(Database))
            await ours.DiaryAsync("ours", commands);

        var written = await Database.QueryAsync(Columns + "'ours' ORDER BY sequence_number");
        written.ShouldBe(await Database.QueryAsync(Columns + "'stock' ORDER BY sequence_number"));
        written.Count.ShouldBe(4);
        // Both stamp UTC ticks: the two histories lie within a minute.
        (await Database.QueryAsync($"SELECT max(created) - min(created) < {TimeSpan.TicksPerMinute} FROM journal"))
            .ShouldBe([Database.Provider == "sqlite" ? "1" : "True"]);
    }

    [Fact]
    public async Task Snapshots_and_deletions_of_one_are_honoured_by_the_other()
    {
        await using (var ours = JournalBox.Ours(Database))
            await ours.DiaryAsync("d", Write.Plain("1", "2", "3"), new Snapshot(), new Forget(3), Write.Plain("4"));
        await using (var stock = JournalBox.Stock(Database))
        {
            (await stock.DiaryAsync("d", Write.Plain("5"), new Snapshot(), new Forget(4))).ShouldBe(["1", "2", "3", "4", "5"]);
        }

        await using (var ours = JournalBox.Ours(Database))
        {
            (await ours.DiaryAsync("d", Write.Plain("6"))).ShouldBe(["1", "2", "3", "4", "5", "6"]);
            var (events, highest) = await ours.ReplayAsync("d");
            events.Select(e => e.SequenceNr).ShouldBe([5, 6]);
            highest.ShouldBe(6);
        }
    }

    [Fact]
    public async Task The_stock_read_journal_answers_every_query_over_our_data()
    {
        await using var box = JournalBox.Ours(Database);
        await box.DiaryAsync("a", Write.Plain("a1"), Write.WithTags("a2", "red", "green"));
        await box.DiaryAsync("b", Write.WithTags("b1", "red"), Write.Plain("b2", "b3"));
        await box.DiaryAsync("a", Write.WithTags("a3", "red"));
        var queries = PersistenceQuery.Get(box.System).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        using var materializer = box.System.Materializer();

        (await RunAsync(queries.CurrentAllEvents(Offset.NoOffset()))).ShouldBe(["a1", "a2", "b1", "b2", "b3", "a3"]);
        (await RunAsync(queries.CurrentAllEvents(Offset.Sequence(2)))).ShouldBe(["b1", "b2", "b3", "a3"]);
        (await RunAsync(queries.CurrentEventsByTag("red", Offset.NoOffset()))).ShouldBe(["a2", "b1", "a3"]);
        (await RunAsync(queries.CurrentEventsByTag("green", Offset.NoOffset()))).ShouldBe(["a2"]);
        (await RunAsync(queries.CurrentEventsByPersistenceId("b", 2, long.MaxValue))).ShouldBe(["b2", "b3"]);
        (await queries.CurrentPersistenceIds().RunWith(Sink.Seq<string>(), materializer)).Order().ShouldBe(["a", "b"]);

        async Task<IEnumerable<string>> RunAsync(Source<EventEnvelope, NotUsed> source) =>
            (await source.RunWith(Sink.Seq<EventEnvelope>(), materializer)).Select(e => (string)e.Event);
    }

    [Fact]
    public async Task A_live_query_of_the_stock_read_journal_sees_every_event_once_and_in_order_while_many_actors_write()
    {
        const int Actors = 50;
        const int Each = 20;
        await using var box = JournalBox.Ours(Database);
        var queries = PersistenceQuery.Get(box.System).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        using var materializer = box.System.Materializer();
        var seen = queries.EventsByTag("all", Offset.NoOffset()).Take(Actors * Each)
            .CompletionTimeout(TimeSpan.FromSeconds(60)).RunWith(Sink.Seq<EventEnvelope>(), materializer);

        await Task.WhenAll(Enumerable.Range(0, Actors).Select(actor => box.DiaryAsync(
            $"a{actor}", [.. Enumerable.Range(1, Each).Select(i => Write.WithTags($"{i}", "all"))])));

        foreach (var history in (await seen).GroupBy(e => e.PersistenceId))
            history.Select(e => e.SequenceNr).ShouldBe(Enumerable.Range(1, Each).Select(i => (long)i));
        (await seen).Select(e => ((Sequence)e.Offset).Value).ShouldBe(Enumerable.Range(1, Actors * Each).Select(i => (long)i));
    }

    [Fact]
    public async Task Our_tables_are_exactly_those_that_the_stock_journal_creates()
    {
        await using (var ours = JournalBox.Ours(Database))
            await ours.WriteAsync("a", 1, "1");
        var created = await Database.SchemaAsync("journal");
        await Database.ExecuteAsync("DROP TABLE journal");
        await using (var stock = JournalBox.Stock(Database))
            await stock.WriteAsync("a", 1, "1");

        created.ShouldNotBeEmpty();
        created.ShouldBe(await Database.SchemaAsync("journal"));
    }
}
