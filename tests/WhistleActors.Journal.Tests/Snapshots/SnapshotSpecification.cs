using System.Diagnostics;
using Akka.Persistence;
using Shouldly;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests.Snapshots;

/// <summary>What Akka.Persistence asks of every snapshot store, and what this one promises beyond.</summary>
public abstract class SnapshotSpecification(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private SnapshotBox _store = null!;

    /// <summary>Five snapshots with the numbers 11 to 15, one every minute.</summary>
    public async ValueTask InitializeAsync()
    {
        await database.StartAsync();
        _store = SnapshotBox.Ours(database);
        for (var i = 1; i <= 5; i++)
            (await _store.SaveAsync("p", 10 + i, $"s-{i}", At(i))).ShouldBe(new SnapshotMetadata("p", 10 + i, At(i)));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_unknown_actor_has_no_snapshot() => (await _store.LoadAsync("nobody")).ShouldBeNull();

    [Fact]
    public async Task The_most_recent_snapshot_comes_with_its_number_and_time()
    {
        var latest = (await _store.LoadAsync("p"))!;

        latest.Snapshot.ShouldBe("s-5");
        latest.Metadata.ShouldBe(new SnapshotMetadata("p", 15, At(5)));
        latest.Metadata.Timestamp.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData(7, 9, 0, 0, null)]
    [InlineData(13, 9, 0, 0, "s-3")]
    [InlineData(14, 3, 0, 0, "s-3")]
    [InlineData(12, 3, 0, 0, "s-2")]
    [InlineData(long.MaxValue, 3, 0, 0, "s-3")]
    [InlineData(long.MaxValue, 0, 0, 0, null)]
    [InlineData(long.MaxValue, 9, 15, 0, "s-5")]
    [InlineData(long.MaxValue, 9, 16, 0, null)]
    [InlineData(13, 9, 14, 0, null)]
    [InlineData(13, 9, 11, 3, "s-3")]
    [InlineData(13, 9, 0, 4, null)]
    [InlineData(long.MaxValue, 9, 0, 5, "s-5")]
    [InlineData(long.MaxValue, 9, 0, 6, null)]
    public async Task A_snapshot_is_loaded_within_all_bounds_each_of_which_belongs_to_them(
        long maxNumber, int maxMinute, long minNumber, int minMinute, string? expected)
    {
        var criteria = new SnapshotSelectionCriteria(maxNumber, At(maxMinute), minNumber, At(minMinute));

        (await _store.LoadAsync("p", criteria))?.Snapshot.ShouldBe(expected);
        if (expected is null)
            (await _store.LoadAsync("p", criteria)).ShouldBeNull();
    }

    [Theory]
    [InlineData(7, null)]
    [InlineData(13, "s-3")]
    public async Task A_recovery_up_to_a_number_loads_no_later_snapshot(long to, string? expected) =>
        (await _store.LoadAsync("p", to: to))?.Snapshot.ShouldBe(expected);

    [Fact]
    public async Task A_time_bound_is_exact_to_the_tick()
    {
        (await _store.LoadAsync("p", new SnapshotSelectionCriteria(13, At(3) - TimeSpan.FromTicks(1))))!.Snapshot.ShouldBe("s-2");
        (await _store.LoadAsync("p", new SnapshotSelectionCriteria(13, At(3))))!.Snapshot.ShouldBe("s-3");
    }

    [Fact]
    public async Task The_criteria_None_select_nothing_to_load_and_nothing_to_delete()
    {
        (await _store.LoadAsync("p", SnapshotSelectionCriteria.None)).ShouldBeNull();
        await _store.DeleteAsync("p", SnapshotSelectionCriteria.None);

        (await NumbersAsync()).ShouldBe(["11", "12", "13", "14", "15"]);
    }

    [Fact]
    public async Task A_save_without_a_time_gets_the_present_one()
    {
        var saved = await _store.SaveAsync("q", 1, "s");

        saved.Timestamp.ShouldBe(TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
        (await _store.LoadAsync("q"))!.Metadata.ShouldBe(saved);
    }

    [Fact]
    public async Task A_save_with_a_number_that_is_there_takes_its_place()
    {
        await _store.SaveAsync("p", 15, "s-5 again", At(7));

        var latest = (await _store.LoadAsync("p"))!;
        latest.Snapshot.ShouldBe("s-5 again");
        latest.Metadata.Timestamp.ShouldBe(At(7));
        (await NumbersAsync()).ShouldBe(["11", "12", "13", "14", "15"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task A_deletion_by_number_asks_for_no_time(long unspecified)
    {
        await _store.DeleteAsync(new SnapshotMetadata("p", 13, new DateTime(Math.Min(unspecified, DateTime.MaxValue.Ticks))));

        (await NumbersAsync()).ShouldBe(["11", "12", "14", "15"]);
        (await _store.LoadAsync("p", new SnapshotSelectionCriteria(13)))!.Snapshot.ShouldBe("s-2");
    }

    [Fact]
    public async Task A_deletion_by_number_and_time_spares_a_snapshot_that_has_taken_the_place_since()
    {
        await _store.DeleteAsync(new SnapshotMetadata("p", 13, At(4)));
        (await NumbersAsync()).ShouldBe(["11", "12", "13", "14", "15"]);

        await _store.DeleteAsync(new SnapshotMetadata("p", 13, At(3)));
        (await NumbersAsync()).ShouldBe(["11", "12", "14", "15"]);
    }

    [Theory]
    [InlineData(13, 3, 0, 0, new[] { "14", "15" })]
    [InlineData(14, 3, 0, 0, new[] { "14", "15" })]
    [InlineData(13, 4, 0, 0, new[] { "14", "15" })]
    [InlineData(14, 9, 12, 0, new[] { "11", "15" })]
    [InlineData(14, 9, 12, 4, new[] { "11", "12", "13", "15" })]
    [InlineData(long.MaxValue, 9, 0, 0, new string[0])]
    public async Task A_deletion_by_criteria_removes_what_lies_within_all_bounds(
        long maxNumber, int maxMinute, long minNumber, int minMinute, string[] left)
    {
        await _store.SaveAsync("q", 13, "another's", At(3));

        await _store.DeleteAsync("p", new SnapshotSelectionCriteria(maxNumber, At(maxMinute), minNumber, At(minMinute)));

        (await NumbersAsync()).ShouldBe(left);
        (await _store.LoadAsync("q"))!.Snapshot.ShouldBe("another's");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_000_000)]
    public async Task A_snapshot_of_any_size_comes_back_byte_for_byte(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);

        await _store.SaveAsync("q", 1, bytes);

        (await _store.LoadAsync("q"))!.Snapshot.ShouldBeOfType<byte[]>().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Überfall auf der Brücke 🚓")]
    [InlineData("it's")]
    public async Task An_id_may_hold_any_text(string id)
    {
        await _store.SaveAsync(id, 1, id);
        await _store.SaveAsync(new string('x', 500) + id, 1, "long");

        (await _store.LoadAsync(id))!.Snapshot.ShouldBe(id);
        (await _store.LoadAsync(new string('x', 500) + id))!.Snapshot.ShouldBe("long");
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_serialized_fails_alone_and_leaves_its_predecessor()
    {
        (await Should.ThrowAsync<InvalidOperationException>(_store.SaveAsync("p", 15, new Unserializable(), At(9)))).Message
            .ShouldContain("Trap");

        (await _store.LoadAsync("p"))!.Snapshot.ShouldBe("s-5");
        await _store.SaveAsync("p", 16, "s-6");
        (await _store.LoadAsync("p"))!.Snapshot.ShouldBe("s-6");
    }

    [Fact]
    public async Task An_actor_recovers_from_its_snapshot_and_the_events_after_it()
    {
        await _store.Box.DiaryAsync("d", Diary.Write.Plain("1", "2"), new Diary.Snapshot(), new Diary.Forget(2), Diary.Write.Plain("3"));

        (await _store.Box.DiaryAsync("d")).ShouldBe(["1", "2", "3"]);
        (await _store.Box.ReplayAsync("d")).Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_actor_can_delete_the_snapshot_that_it_saved()
    {
        await _store.Box.DiaryAsync("d", Diary.Write.Plain("1"), new Diary.Snapshot(), Diary.Write.Plain("2"), new Diary.Snapshot(), new Diary.ForgetSnapshot(1));

        (await database.QueryAsync("SELECT sequence_number FROM snapshot WHERE persistence_id = 'd'")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_table_that_was_away_for_a_while_fails_requests_and_is_used_again_when_it_is_back()
    {
        await database.ExecuteAsync("ALTER TABLE snapshot RENAME TO elsewhere");
        await Should.ThrowAsync<InvalidOperationException>(_store.LoadAsync("p"));
        await Should.ThrowAsync<InvalidOperationException>(_store.SaveAsync("p", 16, "s-6"));
        await database.ExecuteAsync("ALTER TABLE elsewhere RENAME TO snapshot");

        (await _store.LoadAsync("p"))!.Snapshot.ShouldBe("s-5");
        await _store.SaveAsync("p", 16, "s-6");
        (await _store.LoadAsync("p"))!.Snapshot.ShouldBe("s-6");
    }

    [Fact]
    public async Task Many_load_at_once_while_the_journal_writes_and_snapshots_are_saved()
    {
        var slowest = TimeSpan.Zero;
        var events = Task.WhenAll(Enumerable.Range(0, 20).Select(async actor =>
        {
            for (var i = 1; i <= 100; i++)
                (await _store.Box.WriteAsync($"writer {actor}", i, "x"))[0].ShouldBeOfType<WriteMessagesSuccessful>();
        }));
        var saves = Task.WhenAll(Enumerable.Range(0, 8).Select(async actor =>
        {
            for (var i = 1; i <= 25; i++)
                await _store.SaveAsync($"saver {actor}", i, $"{i}");
        }));
        var loads = Task.WhenAll(Enumerable.Range(0, 64).Select(async loader =>
        {
            for (var i = 0; i < 50; i++)
            {
                var start = Stopwatch.GetTimestamp();
                (await _store.LoadAsync("p", new SnapshotSelectionCriteria(11 + (i + loader) % 5)))!.Snapshot.ShouldBe($"s-{1 + (i + loader) % 5}");
                var took = Stopwatch.GetElapsedTime(start);
                if (took > slowest)
                    slowest = took;
            }
        }));
        await Task.WhenAll(events, saves, loads);

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        for (var actor = 0; actor < 8; actor++)
            (await _store.LoadAsync($"saver {actor}"))!.Snapshot.ShouldBe("25");
    }

    [Fact]
    public async Task Several_stores_may_start_at_once_without_a_table_and_a_later_one_finds_what_they_saved()
    {
        await _store.DisposeAsync();
        await database.ExecuteAsync("DROP TABLE snapshot");
        // One process only may write events to an SQLite file; snapshots are nobody's privilege.
        var stores = Enumerable.Range(0, 3).Select(_ => SnapshotBox.Ours(database)).ToList();
        await Task.WhenAll(stores.Select((store, i) => store.SaveAsync("p", i, $"s-{i}")));

        foreach (var snapshot in await Task.WhenAll(stores.Select(store => store.LoadAsync("p"))))
            snapshot!.Snapshot.ShouldBe("s-2");
        foreach (var store in stores)
            await store.DisposeAsync();
        _store = SnapshotBox.Ours(database);
        (await _store.LoadAsync("p"))!.Snapshot.ShouldBe("s-2");
    }

    private static DateTime At(int minute) => Noon.AddMinutes(minute);

    private Task<IReadOnlyList<string>> NumbersAsync() =>
        database.QueryAsync("SELECT sequence_number FROM snapshot WHERE persistence_id = 'p' ORDER BY sequence_number");
}
