using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Journal.Reading;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

public sealed class JournalFollowerTests
{
    [Fact]
    public async Task What_was_ordered_of_crews_is_shown_though_the_fast_path_lost_it_and_brought_the_load_of_the_same_moment()
    {
        await using var box = new ActorBox();
        var board = new LiveBoard(ExampleCity.Pack, box.Clock);
        var feed = new Feed();
        var follower = new JournalFollower(
            box.System, () => feed, ExampleCity.Pack, board, new CityRecord(), new CityLoads(), new PrecedentBook(), TimeProvider.System);
        follower.Start();
        await board.CaughtUp;

        var ordered = new AllocationModeSet(ExampleCity.Morning, By: null, Automatic: true);
        var department = DepartmentRules.Apply(DepartmentState.Empty(ExampleCity.Waterworks), ordered);
        board.Merge(department.ToView(ExampleCity.Pack));
        feed.Stored = [new StoredEvent(1, "department-waterworks", 1, ordered)];

        await Eventually.TrueAsync(() => Task.FromResult(board.Plans().Of(ExampleCity.Waterworks) is { Automatic: true }));
        board.AutomaticDepartments().ShouldBe([ExampleCity.Waterworks]);
        await follower.DisposeAsync();
    }

    private sealed class Feed : IJournalFeed
    {
        public IReadOnlyList<StoredEvent> Stored { get; set; } = [];

        public Task<IReadOnlyList<StoredEvent>> AfterAsync(long ordering, int most, CancellationToken cancelled) =>
            Task.FromResult<IReadOnlyList<StoredEvent>>([.. Stored.Where(stored => stored.Ordering > ordering)]);
    }
}
