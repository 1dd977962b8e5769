using System.Collections.Immutable;
using Akka.Event;
using Akka.Persistence;
using CsCheck;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests;

/// <summary>Random interleavings of many actors, batches and failures: order per actor, no loss, no doubling.</summary>
public sealed class InterleavingTests
{
    /// <summary>What the database does at one commit.</summary>
    private enum Fate
    {
        Commits,
        FailsForCertain,
        FailsWithoutAnswer,
        CommitsWithoutAnswer,
        FailsAndCannotBeAskedForAWhile,
    }

    private enum Kind
    {
        Proper,
        Duplicate,
        GivenUpAtOnce,
    }

    private static readonly Gen<(int Actor, int Events, Kind Kind)> Write = Gen.Select(
        Gen.Int[0, 4],
        Gen.Int[1, 3],
        Gen.Frequency((8, Gen.Const(Kind.Proper)), (1, Gen.Const(Kind.Duplicate)), (1, Gen.Const(Kind.GivenUpAtOnce))));

    private static readonly Gen<Fate> AnyFate = Gen.Frequency(
        (4, Gen.Const(Fate.Commits)),
        (1, Gen.Const(Fate.FailsForCertain)),
        (1, Gen.Const(Fate.FailsWithoutAnswer)),
        (1, Gen.Const(Fate.CommitsWithoutAnswer)),
        (1, Gen.Const(Fate.FailsAndCannotBeAskedForAWhile)));

    [Fact]
    public async Task Whatever_the_database_does_the_answers_are_true()
    {
        await Gen.Select(Write.Array[1, 40], AnyFate.Array[0, 20], Gen.Int[1, 6]).SampleAsync(
            async input => await CheckAsync(input.Item1, new Queue<Fate>(input.Item2), input.Item3), iter: 3000);
    }

    [Theory]
    [InlineData("sqlite", 60)]
    [InlineData("postgresql", 25)]
    public async Task On_a_real_database_every_actor_finds_exactly_what_was_acknowledged(string provider, int iterations)
    {
        await using TestDatabase database = provider == "sqlite" ? new SqliteTestDatabase() : new PostgresTestDatabase();
        await database.StartAsync();
        await using var box = JournalBox.Ours(database, "akka.persistence.journal.group-commit.max-batch-events = 7");
        var round = 0;
        await Write.Array[1, 40].SampleAsync(
            async writes =>
            {
                var prefix = $"round {Interlocked.Increment(ref round)} actor ";
                await Task.WhenAll(writes.GroupBy(write => write.Actor).Select(actor => CheckActorAsync(box, prefix + actor.Key, [.. actor])));
            },
            iter: iterations,
            threads: 1);
    }

    /// <summary>One actor after the other's manner: the next write leaves when the one before is answered.</summary>
    private static async Task CheckActorAsync(JournalBox box, string id, (int Actor, int Events, Kind Kind)[] writes)
    {
        var expected = new List<string>();
        foreach (var (_, events, kind) in writes)
        {
            // A duplicate begins with the last number that is taken.
            var first = expected.Count + (kind == Kind.Duplicate && expected.Count > 0 ? 0 : 1);
            var payloads = Enumerable.Range(0, events).Select(i => $"{kind} {first + i}").ToArray();
            var answers = await box.WriteAsync(JournalBox.Together([.. payloads.Select((payload, i) => JournalBox.Event(id, first + i, payload))]));
            if (first > expected.Count)
            {
                answers.Skip(1).ShouldAllBe(answer => answer is WriteMessageSuccess);
                expected.AddRange(payloads);
            }
            else
            {
                answers.Skip(1).ShouldAllBe(answer => answer is WriteMessageFailure);
            }
        }

        var (stored, highest) = await box.ReplayAsync(id);
        stored.Select(e => e.Payload).ShouldBe(expected);
        stored.Select(e => e.SequenceNr).ShouldBe(Enumerable.Range(1, expected.Count).Select(i => (long)i));
        highest.ShouldBe(expected.Count);
    }

    private static async Task CheckAsync((int Actor, int Events, Kind Kind)[] writes, Queue<Fate> fates, int batchEvents)
    {
        var store = new FakeStore();
        var silent = 0;
        var current = Fate.Commits;
        store.BeforeCommit = _ =>
        {
            current = fates.TryDequeue(out var fate) ? fate : Fate.Commits;
            silent = current == Fate.FailsAndCannotBeAskedForAWhile ? 3 : 0;
            return current is Fate.Commits or Fate.CommitsWithoutAnswer ? Task.CompletedTask : throw Trouble(current != Fate.FailsForCertain);
        };
        store.AfterCommit = _ => current == Fate.CommitsWithoutAnswer ? throw Trouble(outcomeUnknown: true) : Task.CompletedTask;
        store.BeforeSettle = () => silent-- > 0 ? throw Trouble(outcomeUnknown: true) : Task.CompletedTask;
        var settings = new GroupCommitSettings
        {
            Provider = JournalProvider.Sqlite,
            ConnectionString = "",
            MaxBatchEvents = batchEvents,
            MinRetryPause = TimeSpan.Zero,
            MaxRetryPause = TimeSpan.Zero,
        };
        var pending = new List<(PendingWrite Write, Kind Kind)>();
        var next = new Dictionary<int, long>();
        await using (var loop = new CommitLoop(store, settings, TimeProvider.System, new StoreHealth(), NoLogger.Instance))
        {
            loop.Start();
            foreach (var (actor, events, kind) in writes)
            {
                var first = next.GetValueOrDefault(actor, 1);
                if (kind == Kind.Proper)
                    next[actor] = first + events;
                var from = kind switch
                {
                    Kind.Duplicate => Math.Max(1, first - 1),
                    // A number of its own, so that it shows should it ever be stored.
                    Kind.GivenUpAtOnce => 1000 + pending.Count * 10,
                    _ => first,
                };
                var write = new PendingWrite(
                    [.. Enumerable.Range(0, events).Select(i => Row($"actor {actor}", from + i, $"write {pending.Count}"))],
                    10,
                    ImmutableList<Exception?>.Empty,
                    new CancellationToken(canceled: kind == Kind.GivenUpAtOnce));
                loop.Enqueue(write, $"actor {actor}");
                pending.Add((write, kind));
            }

            await Task.WhenAll(pending.Select(p => p.Write.Settled));
        }

        foreach (var (write, kind) in pending)
        {
            var succeeded = await SucceededAsync(write);
            var stored = write.Rows.Count(store.Rows.Contains);
            stored.ShouldBe(succeeded ? write.Rows.Length : 0);
            if (kind == Kind.GivenUpAtOnce)
                succeeded.ShouldBeFalse();
        }

        store.Rows.Distinct().Count().ShouldBe(store.Rows.Count);
        store.Rows.Select(row => (row.PersistenceId, row.SequenceNr)).Distinct().Count().ShouldBe(store.Rows.Count);
        foreach (var history in store.Rows.GroupBy(row => row.PersistenceId))
            history.Select(row => row.WriterUuid!).Select(Index).ShouldBeInOrder();
    }

    private static int Index(string writer) => int.Parse(writer["write ".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<bool> SucceededAsync(PendingWrite write)
    {
        try
        {
            await write.Answer;
            return true;
        }
        catch (JournalException)
        {
            return false;
        }
    }

    private static StoreTroubleException Trouble(bool outcomeUnknown) => new("The test says so.", null, outcomeUnknown);

    private static EventRow Row(string id, long number, string writer) => new()
    {
        PersistenceId = id,
        SequenceNr = number,
        Created = 1,
        Message = [],
        Manifest = "",
        Identifier = 1,
        WriterUuid = writer,
    };
}
