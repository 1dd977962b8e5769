using Akka.Persistence;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests;

/// <summary>What Akka.Persistence asks of every journal.</summary>
public abstract class JournalSpecification(TestDatabase database) : IAsyncLifetime
{
    private JournalBox _journal = null!;

    protected TestDatabase Database { get; } = database;

    public async ValueTask InitializeAsync()
    {
        await Database.StartAsync();
        _journal = JournalBox.Ours(Database);
        var answers = await _journal.WriteAsync(
            new AtomicWrite(JournalBox.Event("p", 1, "a-1")),
            new AtomicWrite(JournalBox.Event("p", 2, "a-2")),
            new AtomicWrite(JournalBox.Event("p", 3, "a-3")),
            JournalBox.Together(JournalBox.Event("p", 4, "a-4"), JournalBox.Event("p", 5, "a-5")));
        answers[0].ShouldBeOfType<WriteMessagesSuccessful>();
        answers.Skip(1).Select(answer => answer.ShouldBeOfType<WriteMessageSuccess>().Persistent.SequenceNr).ShouldBe([1, 2, 3, 4, 5]);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(1, long.MaxValue, long.MaxValue, new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(3, long.MaxValue, long.MaxValue, new long[] { 3, 4, 5 })]
    [InlineData(1, 3, long.MaxValue, new long[] { 1, 2, 3 })]
    [InlineData(1, long.MaxValue, 3, new long[] { 1, 2, 3 })]
    [InlineData(2, 3, long.MaxValue, new long[] { 2, 3 })]
    [InlineData(2, 5, 2, new long[] { 2, 3 })]
    [InlineData(2, 2, long.MaxValue, new long[] { 2 })]
    [InlineData(2, 4, 1, new long[] { 2 })]
    [InlineData(2, 4, 0, new long[0])]
    [InlineData(3, 2, long.MaxValue, new long[0])]
    [InlineData(0, long.MaxValue, long.MaxValue, new long[] { 1, 2, 3, 4, 5 })]
    [InlineData(6, long.MaxValue, long.MaxValue, new long[0])]
    public async Task A_replay_stays_within_its_bounds_and_reports_the_highest_number(long from, long to, long max, long[] expected)
    {
        var (events, highest) = await _journal.ReplayAsync("p", from, to, max);

        events.Select(e => e.SequenceNr).ShouldBe(expected);
        events.Select(e => e.Payload).ShouldBe(expected.Select(n => $"a-{n}"));
        events.ShouldAllBe(e => e.PersistenceId == "p" && !e.IsDeleted && e.WriterGuid == "writer-1");
        highest.ShouldBe(5);
    }

    [Fact]
    public async Task An_unknown_actor_has_no_events_and_the_highest_number_0()
    {
        var (events, highest) = await _journal.ReplayAsync("nobody", from: 0);

        events.ShouldBeEmpty();
        highest.ShouldBe(0);
    }

    [Fact]
    public async Task Deleted_events_are_not_replayed_and_the_highest_number_stays()
    {
        (await _journal.DeleteAsync("p", 3)).ShouldBeOfType<DeleteMessagesSuccess>().ToSequenceNr.ShouldBe(3);

        var (events, highest) = await _journal.ReplayAsync("p");
        events.Select(e => e.SequenceNr).ShouldBe([4, 5]);
        highest.ShouldBe(5);
    }

    [Fact]
    public async Task The_highest_number_survives_the_deletion_of_all_events()
    {
        (await _journal.DeleteAsync("p", long.MaxValue)).ShouldBeOfType<DeleteMessagesSuccess>().ToSequenceNr.ShouldBe(long.MaxValue);

        var (events, highest) = await _journal.ReplayAsync("p");
        events.ShouldBeEmpty();
        highest.ShouldBe(5);
        (await Database.QueryAsync("SELECT sequence_number FROM journal WHERE persistence_id = 'p'")).ShouldBe(["5"]);
    }

    [Fact]
    public async Task Deletion_leaves_other_actors_alone_and_may_be_repeated()
    {
        await _journal.WriteAsync("q", 1, "b-1", "b-2");

        (await _journal.DeleteAsync("p", 2)).ShouldBeOfType<DeleteMessagesSuccess>();
        (await _journal.DeleteAsync("p", 2)).ShouldBeOfType<DeleteMessagesSuccess>();
        (await _journal.DeleteAsync("nobody", 2)).ShouldBeOfType<DeleteMessagesSuccess>();

        (await _journal.ReplayAsync("p")).Events.Select(e => e.SequenceNr).ShouldBe([3, 4, 5]);
        (await _journal.ReplayAsync("q")).Events.Select(e => e.SequenceNr).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_event_that_cannot_be_serialized_is_rejected_and_its_neighbours_are_stored()
    {
        var answers = await _journal.WriteAsync("p", 6, "b-6", new Unserializable(), "b-8");

        answers[0].ShouldBeOfType<WriteMessagesSuccessful>();
        answers[1].ShouldBeOfType<WriteMessageSuccess>().Persistent.SequenceNr.ShouldBe(6);
        answers[2].ShouldBeOfType<WriteMessageRejected>().Persistent.SequenceNr.ShouldBe(7);
        answers[3].ShouldBeOfType<WriteMessageSuccess>().Persistent.SequenceNr.ShouldBe(8);
        (await _journal.ReplayAsync("p", 6)).Events.Select(e => e.Payload).ShouldBe(["b-6", "b-8"]);
    }

    [Fact]
    public async Task Of_events_persisted_together_none_is_stored_when_one_cannot_be_serialized()
    {
        var answers = await _journal.WriteAsync(
            JournalBox.Together(JournalBox.Event("p", 6, "b-6"), JournalBox.Event("p", 7, new Unserializable())));

        answers[1].ShouldBeOfType<WriteMessageRejected>();
        answers[2].ShouldBeOfType<WriteMessageRejected>();
        (await _journal.ReplayAsync("p")).Highest.ShouldBe(5);
    }

    [Fact]
    public async Task A_duplicate_sequence_number_fails_and_leaves_nothing_of_its_write()
    {
        var answers = await _journal.WriteAsync(
            JournalBox.Together(JournalBox.Event("p", 6, "c-6", "zombie"), JournalBox.Event("p", 5, "c-5", "zombie")));

        answers[0].ShouldBeOfType<WriteMessagesFailed>();
        answers[1].ShouldBeOfType<WriteMessageFailure>().Cause.ShouldBeOfType<DuplicateSequenceNumberException>();
        var (events, highest) = await _journal.ReplayAsync("p");
        highest.ShouldBe(5);
        events.Select(e => e.Payload).ShouldBe(["a-1", "a-2", "a-3", "a-4", "a-5"]);
    }

    [Fact]
    public async Task A_long_history_is_read_in_pages_without_loss_or_doubling()
    {
        await _journal.WriteAsync(JournalBox.Together([.. Enumerable.Range(1, 1234).Select(i => JournalBox.Event("long", i, i))]));

        var (events, highest) = await _journal.ReplayAsync("long");

        events.Select(e => e.SequenceNr).ShouldBe(Enumerable.Range(1, 1234).Select(i => (long)i));
        highest.ShouldBe(1234);
        (await _journal.ReplayAsync("long", 100, 900, 700)).Events.Select(e => e.SequenceNr).ShouldBe(Enumerable.Range(100, 700).Select(i => (long)i));
    }

    [Fact]
    public async Task Among_many_concurrent_writes_each_duplicate_fails_alone()
    {
        var writes = Enumerable.Range(0, 200).Select(i => i % 20 == 7
            ? _journal.WriteAsync("p", 1 + i % 5, "zombie")
            : _journal.WriteAsync($"q{i}", 1, $"{i}", $"{i}")).ToList();

        var answers = await Task.WhenAll(writes);

        for (var i = 0; i < answers.Length; i++)
        {
            if (i % 20 == 7)
                answers[i][1].ShouldBeOfType<WriteMessageFailure>().Cause.ShouldBeOfType<DuplicateSequenceNumberException>();
            else
                answers[i].Skip(1).ShouldAllBe(answer => answer is WriteMessageSuccess);
        }

        (await Database.QueryAsync("SELECT count(*) FROM journal WHERE persistence_id LIKE 'q%'")).ShouldBe(["380"]);
        (await _journal.ReplayAsync("p")).Events.Select(e => e.Payload).ShouldBe(["a-1", "a-2", "a-3", "a-4", "a-5"]);
    }

    [Fact]
    public async Task Of_two_writes_of_the_same_number_that_arrive_together_one_is_stored()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _journal.WriteAsync("p", 6, $"{i}")));

        answers.Count(answer => answer[1] is WriteMessageSuccess).ShouldBe(1);
        (await _journal.ReplayAsync("p")).Events.Count.ShouldBe(6);
    }

    [Fact]
    public async Task An_event_beyond_the_size_limit_is_rejected_and_its_neighbours_are_stored()
    {
        await _journal.DisposeAsync();
        _journal = JournalBox.Ours(Database, "akka.persistence.journal.group-commit.max-event-bytes = 1000");

        var answers = await _journal.WriteAsync("p", 6, "small", new string('x', 2000), "small too");

        answers[1].ShouldBeOfType<WriteMessageSuccess>();
        answers[2].ShouldBeOfType<WriteMessageRejected>().Cause.ShouldBeOfType<EventTooLargeException>();
        answers[3].ShouldBeOfType<WriteMessageSuccess>();
        (await _journal.ReplayAsync("p", 6)).Events.Select(e => e.Payload).ShouldBe(["small", "small too"]);
    }

    [Fact]
    public async Task A_large_event_and_unusual_texts_come_back_as_they_were()
    {
        const string Id = "警哨/朝阳 🚨 it's \"quoted\"; DROP TABLE journal";
        var large = new string('哨', 1_000_000);

        await _journal.WriteAsync(Id, 1, large, "");

        (await _journal.ReplayAsync(Id)).Events.Select(e => e.Payload).ShouldBe([large, ""]);
    }

    [Fact]
    public async Task An_id_that_no_database_can_hold_is_rejected()
    {
        var answers = await _journal.WriteAsync("half a surrogate: \ud83d", 1, "x");

        answers[1].ShouldBeOfType<WriteMessageRejected>();
    }

    [Fact]
    public async Task Many_recoveries_at_once_each_get_their_own_events()
    {
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _journal.WriteAsync($"r{i}", 1, [.. Enumerable.Range(0, i % 7).Select(n => $"{i}-{n}")])));

        var replays = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => _journal.ReplayAsync($"r{i}")));

        for (var i = 0; i < 300; i++)
        {
            replays[i].Highest.ShouldBe(i % 7);
            replays[i].Events.Select(e => e.Payload).ShouldBe(Enumerable.Range(0, i % 7).Select(n => $"{i}-{n}"));
        }
    }

    [Fact]
    public async Task A_healthy_journal_says_so()
    {
        await _journal.HealthyAsync();
    }
}
