using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

public sealed class BoardCheckpointTests
{
    private static readonly CancellationToken Hurry = new(canceled: true);

    [Fact]
    public async Task A_large_checkpoint_is_kept_in_pages_none_of_which_is_a_large_object_and_read_back_whole()
    {
        await using var box = new ActorBox();
        var kept = City(offset: 9_000, whistles: 2_000);

        (await Of(box).SaveAsync(kept, since: 0, Hurry)).ShouldBe(9_000);

        box.Count("SELECT MAX(LENGTH(snapshot)) FROM snapshot").ShouldBeLessThan(85_000);
        box.Count("SELECT COUNT(*) FROM snapshot").ShouldBeGreaterThan(20);
        Same(await Of(box).LoadAsync(Token), kept);
    }

    [Fact]
    public async Task A_newer_one_leaves_nothing_of_the_older()
    {
        await using var box = new ActorBox();
        await Of(box).SaveAsync(City(offset: 100, whistles: 300), since: 0, Hurry);

        await Of(box).SaveAsync(City(offset: 200, whistles: 1), since: 100, Hurry);

        Same(await Of(box).LoadAsync(Token), City(offset: 200, whistles: 1));
        box.Count("SELECT COUNT(*) FROM snapshot WHERE persistence_id = 'board'").ShouldBe(1);
        box.Count("SELECT COUNT(*) FROM snapshot").ShouldBe(1 + Parts(City(200, 1)));
    }

    [Fact]
    public async Task Until_the_head_is_stored_the_one_before_counts_and_what_a_crash_left_is_removed_by_the_next()
    {
        await using var box = new ActorBox();
        await Of(box).SaveAsync(City(offset: 100, whistles: 50), since: 0, Hurry);
        await Of(box).SaveAsync(City(offset: 200, whistles: 60), since: 100, Hurry);

        // As after a crash before the head of a third was stored: it has begun, and has pages.
        box.Count("UPDATE snapshot SET persistence_id = 'board-begun' WHERE persistence_id = 'board'; SELECT changes()").ShouldBe(1);
        (await Of(box).LoadAsync(Token)).ShouldBeNull();

        await Of(box).SaveAsync(City(offset: 300, whistles: 2), since: 100, Hurry);

        Same(await Of(box).LoadAsync(Token), City(offset: 300, whistles: 2));
        box.Count("SELECT COUNT(*) FROM snapshot").ShouldBe(1 + Parts(City(300, 2)));
    }

    [Fact]
    public async Task A_checkpoint_that_lacks_a_page_is_none()
    {
        await using var box = new ActorBox();
        await Of(box).SaveAsync(City(offset: 100, whistles: 500), since: 0, Hurry);
        box.Count("DELETE FROM snapshot WHERE persistence_id <> 'board' AND sequence_number = 3; SELECT changes()").ShouldBe(1);

        (await Of(box).LoadAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_node_is_spared_by_the_newer_checkpoint_of_another()
    {
        await using var box = new ActorBox();
        await Of(box).SaveAsync(City(offset: 500, whistles: 3), since: 0, Hurry);

        (await Of(box).SaveAsync(City(offset: 600, whistles: 4), since: 450, Hurry)).ShouldBe(500);

        Same(await Of(box).LoadAsync(Token), City(offset: 500, whistles: 3));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static BoardCheckpoints Of(ActorBox box) => new(box.System, box.Clock);

    private static int Parts(BoardState state) => CheckpointParts.Of(state).Count();

    private static BoardState City(long offset, int whistles)
    {
        var ids = Enumerable.Range(1, whistles).Select(number => new WhistleId(ExampleCity.Belfry, number)).ToList();
        return BoardState.Empty with
        {
            Offset = offset,
            Open = [.. ids.Select(id => SomeWhistle.Of(id, version: 1))],
            Departments = [.. Enumerable.Range(0, 50).Select(number => DepartmentState.Empty(DepartmentCode.Parse($"bureau-{number}")))],
            Totals = BoardState.Empty.Totals with { Version = offset, Blown = whistles },
            Record = new CityRecordState(
                ExampleCity.Morning,
                [.. ids.Select(id => new RecordedCell(id.Grid, ExampleCity.BurstMain, [id.Number], [1_000], [true]))]),
            Loads = [.. Enumerable.Range(0, 50).Select(number => new RecordedLoads(
                DepartmentCode.Parse($"bureau-{number}"), [.. Enumerable.Range(0, 100).Select(minute => ImmutableArray.Create<long>(minute, number))]))],
        };
    }

    private static void Same(BoardState? read, BoardState kept)
    {
        read.ShouldNotBeNull();
        (read.Offset, read.Totals, read.Record!.Since, read.Pages).ShouldBe((kept.Offset, kept.Totals, kept.Record!.Since, null));
        read.Open.Select(whistle => (whistle.Id, whistle.Version)).ShouldBe(kept.Open.Select(whistle => (whistle.Id, whistle.Version)));
        read.Departments.Select(department => department.Department).ShouldBe(kept.Departments.Select(department => department.Department));
        read.Record.Cells.Select(cell => cell.Numbers.Single()).ShouldBe(kept.Record.Cells.Select(cell => cell.Numbers.Single()));
        read.Loads!.Value.Select(load => (load.Department, load.Points.Sum(point => point.Sum()))).ShouldBe(kept.Loads!.Value.Select(load => (load.Department, load.Points.Sum(point => point.Sum()))));
    }
}
