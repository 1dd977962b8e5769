using Akka.Event;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests;

public sealed class CommitLoopTests : IAsyncDisposable
{
    private static readonly GroupCommitSettings Settings = new()
    {
        Provider = JournalProvider.Sqlite,
        ConnectionString = "",
        MaxQueuedEvents = 10,
        MaxQueuedBytes = 1000,
        MaxBatchEvents = 4,
        MaxBatchBytes = 400,
    };

    private readonly FakeStore _store = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StoreHealth _health = new();
    private readonly CommitLoop _loop;

    public CommitLoopTests() => _loop = new CommitLoop(_store, Settings, _time, _health, NoLogger.Instance);

    public async ValueTask DisposeAsync() => await _loop.DisposeAsync();

    [Fact]
    public async Task What_arrives_during_a_commit_goes_together_into_the_next_one()
    {
        var gate = HoldCommits();
        _loop.Start();
        var first = Enqueue("a", 1);
        await gate.Reached;
        var others = new[] { Enqueue("b", 1), Enqueue("c", 1), Enqueue("d", 1) };
        gate.Open();

        await Task.WhenAll([first.Answer, .. others.Select(write => write.Answer)]);
        _store.Batches.ShouldBe([1, 3]);
        _store.Rows.Select(row => row.PersistenceId).ShouldBe(["a", "b", "c", "d"]);
    }

    [Fact]
    public async Task A_batch_holds_no_more_events_and_bytes_than_the_settings_allow_but_at_least_one_write()
    {
        var writes = new[] { Enqueue("a", 1, events: 3), Enqueue("b", 1, events: 2), Enqueue("c", 1, bytes: 300), Enqueue("d", 1, bytes: 200), Enqueue("e", 1, bytes: 450) };
        _loop.Start();

        await Task.WhenAll(writes.Select(write => write.Answer));
        _store.Batches.ShouldBe([1, 2, 1, 1]);
    }

    [Fact]
    public async Task Beyond_the_limit_of_events_a_write_is_refused_at_once_and_there_is_room_again_after_the_commit()
    {
        var writes = Enumerable.Range(0, 10).Select(i => Enqueue($"a{i}", 1)).ToList();

        Should.Throw<JournalOverloadedException>(() => Enqueue("late", 1));
        _loop.Fill.ShouldBe(1.0);

        _loop.Start();
        await Task.WhenAll(writes.Select(write => write.Answer));
        await Enqueue("late", 1).Answer;
        _store.Rows.Count.ShouldBe(11);
        _loop.Fill.ShouldBe(0.0);
    }

    [Fact]
    public void Beyond_the_limit_of_bytes_a_write_is_refused_at_once()
    {
        Enqueue("a", 1, bytes: 600);

        Should.Throw<JournalOverloadedException>(() => Enqueue("b", 1, bytes: 500));
        Enqueue("c", 1, bytes: 400);
    }

    [Fact]
    public async Task A_write_that_alone_exceeds_the_limits_is_let_in_when_nothing_else_waits()
    {
        _loop.Start();

        await Enqueue("a", 1, events: 20, bytes: 5000).Answer;

        _store.Rows.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_refused_write_fails_alone()
    {
        _store.Rows.Add(Row("b", 1));
        var writes = new[] { Enqueue("a", 1), Enqueue("b", 1), Enqueue("c", 1) };
        _loop.Start();

        await writes[0].Answer;
        await Should.ThrowAsync<DuplicateSequenceNumberException>(writes[1].Answer);
        await writes[2].Answer;
        _store.Batches.ShouldBe([3]);
    }

    [Fact]
    public async Task Trouble_that_passes_delays_writes_and_fails_none()
    {
        var failures = 3;
        _store.BeforeCommit = _ => failures-- > 0 ? throw Trouble(outcomeUnknown: false) : Task.CompletedTask;
        _loop.Start();

        var write = Enqueue("a", 1);
        await UntilAsync(() => _health.Trouble is not null);
        await AdvanceUntilAsync(write.Answer);

        _store.Rows.Count.ShouldBe(1);
        _health.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_looked_up_and_not_repeated()
    {
        var lost = false;
        _store.AfterCommit = _ => lost ? Task.CompletedTask : throw Once(out lost, outcomeUnknown: true);
        _loop.Start();

        var write = Enqueue("a", 1);
        await AdvanceUntilAsync(write.Answer);

        _store.Rows.Count.ShouldBe(1);
        _store.Batches.ShouldBe([1]);
    }

    [Fact]
    public async Task A_commit_that_failed_without_an_answer_is_repeated()
    {
        var lost = false;
        _store.BeforeCommit = _ => lost ? Task.CompletedTask : throw Once(out lost, outcomeUnknown: true);
        _loop.Start();

        var write = Enqueue("a", 1);
        await AdvanceUntilAsync(write.Answer);

        _store.Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_that_no_store_foresaw_does_not_end_the_writer()
    {
        var failures = 2;
        _store.BeforeCommit = _ => failures-- > 0 ? throw new InvalidOperationException("A mistake.") : Task.CompletedTask;
        _loop.Start();

        var write = Enqueue("a", 1);
        await UntilAsync(() => _health.Trouble is not null);
        await AdvanceUntilAsync(write.Answer);

        _store.Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_whose_caller_has_given_up_is_never_stored()
    {
        var open = false;
        _store.BeforeCommit = _ => open ? Task.CompletedTask : throw Trouble(outcomeUnknown: false);
        using var caller = new CancellationTokenSource();
        _loop.Start();

        var abandoned = Enqueue("a", 1, caller: caller);
        await UntilAsync(() => _health.Trouble is not null);
        await caller.CancelAsync();
        open = true;
        await AdvanceUntilAsync(abandoned.Settled);
        await Should.ThrowAsync<JournalException>(abandoned.Answer);
        await Enqueue("b", 1).Answer;

        _store.Rows.Select(row => row.PersistenceId).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_recovery_waits_until_it_is_certain_what_became_of_a_write_that_was_given_up()
    {
        _store.AfterCommit = _ => throw Trouble(outcomeUnknown: true);
        var reachable = false;
        _store.BeforeSettle = () => reachable ? Task.CompletedTask : throw Trouble(outcomeUnknown: true);
        using var caller = new CancellationTokenSource();
        _loop.Start();

        Enqueue("a", 1, caller: caller);
        await UntilAsync(() => _health.Trouble is not null);
        await caller.CancelAsync();
        var certain = _loop.WhenSettled("a");
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(Settings.MaxRetryPause);
            await Task.Yield();
        }

        certain.IsCompleted.ShouldBeFalse();
        _loop.WhenSettled("b").IsCompleted.ShouldBeTrue();
        reachable = true;
        await AdvanceUntilAsync(certain);
    }

    [Fact]
    public async Task A_deletion_keeps_its_place_among_the_writes()
    {
        var before = Enqueue("a", 1);
        var delete = new PendingDelete("a", 1, CancellationToken.None);
        _loop.Enqueue(delete, "a");
        var after = Enqueue("a", 2);
        _loop.Start();

        await Task.WhenAll(before.Answer, delete.Answer, after.Answer);
        _store.Deleted.ShouldBe(["a 1 after 1 rows"]);
        _store.Batches.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_file_that_belongs_to_another_process_refuses_everything_at_once_until_it_is_free()
    {
        var free = false;
        _store.BeforeOpen = () => free ? Task.CompletedTask : throw new JournalFileInUseException("Another process already writes.");
        var early = Enqueue("a", 1);
        _loop.Start();

        await Should.ThrowAsync<JournalFileInUseException>(early.Answer);
        await UntilAsync(() => _health.Trouble is JournalFileInUseException);
        Should.Throw<JournalFileInUseException>(() => Enqueue("b", 1));
        Should.Throw<JournalFileInUseException>(_loop.ThrowIfRefused);

        free = true;
        await AdvanceUntilAsync(UntilAsync(() => _health.Trouble is null));
        await Enqueue("c", 1).Answer;
    }

    [Fact]
    public async Task Stopping_stores_what_was_accepted()
    {
        var writes = Enumerable.Range(0, 9).Select(i => Enqueue($"a{i}", 1)).ToList();
        _loop.Start();

        await _loop.DisposeAsync();

        await Task.WhenAll(writes.Select(write => write.Answer));
        _store.Rows.Count.ShouldBe(9);
        Should.Throw<JournalException>(() => Enqueue("late", 1));
    }

    private static StoreTroubleException Trouble(bool outcomeUnknown) => new("The test says so.", null, outcomeUnknown);

    private static StoreTroubleException Once(out bool done, bool outcomeUnknown)
    {
        done = true;
        return Trouble(outcomeUnknown);
    }

    private static EventRow Row(string id, long number, int bytes = 10) => new()
    {
        PersistenceId = id,
        SequenceNr = number,
        Created = 1,
        Message = new byte[bytes],
        Manifest = "",
        Identifier = 1,
        WriterUuid = "w",
    };

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(1, limit.Token);
    }

    private PendingWrite Enqueue(string id, long number, int events = 1, int bytes = 10, CancellationTokenSource? caller = null)
    {
        var write = new PendingWrite([.. Enumerable.Range(0, events).Select(i => Row(id, number + i, bytes))], bytes, null, caller?.Token ?? CancellationToken.None);
        _loop.Enqueue(write, id);
        return write;
    }

    private Gate HoldCommits()
    {
        var gate = new Gate();
        _store.BeforeCommit = _ => gate.PassAsync();
        return gate;
    }

    /// <summary>Lets the pauses between attempts pass on the fake clock.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!task.IsCompleted)
        {
            _time.Advance(Settings.MinRetryPause);
            await Task.Delay(1, limit.Token);
        }

        await task;
    }

    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public Task PassAsync()
        {
            _reached.TrySetResult();
            return _open.Task;
        }
    }
}
