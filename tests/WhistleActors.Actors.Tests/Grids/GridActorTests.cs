using Akka.Actor;
using Akka.Cluster.Sharding;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Grids;

public sealed class GridActorTests
{
    private static readonly Pace Quick = Pace.Normal with { RepeatNewsAfter = TimeSpan.FromMilliseconds(100), GridIdleAfter = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task An_order_is_answered_when_its_event_is_stored_and_then_the_boards_and_departments_hear_of_it()
    {
        await using var box = new ActorBox();

        var accepted = await box.Grid(ExampleCity.Belfry).AcceptedAsync(Orders.Blow());

        box.Count("SELECT COUNT(*) FROM journal WHERE persistence_id = 'grid-99010100100101'").ShouldBe(1);
        accepted.Version.ShouldBe(1);
        (await box.Boards.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<PublishedWhistle>().Json.ShouldBe(accepted.View);
        var news = new List<SummonsNews>();
        for (var i = 0; i < 3; i++)
            news.Add((await box.Departments.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<SummonsNews>());
        news.Select(summons => summons.Department).ShouldBe([ExampleCity.Waterworks, ExampleCity.WestRoads, ExampleCity.Command]);
    }

    [Fact]
    public async Task A_refused_order_stores_nothing()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);

        (await grid.GiveAsync(Orders.Withdraw(new WhistleId(ExampleCity.Belfry, 1)))).ShouldBeOfType<OrderRefused>().Refusal.Code.ShouldBe("unknown-whistle");

        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(0);
    }

    [Fact]
    public async Task An_owner_that_another_has_followed_refuses_nothing_by_what_is_long_past()
    {
        await using var box = new ActorBox();
        var old = box.Grid(ExampleCity.Belfry);
        (await old.GiveAsync(Orders.Withdraw(new WhistleId(ExampleCity.Belfry, 1)))).ShouldBeOfType<OrderRefused>();
        var next = box.Grid(ExampleCity.Belfry);
        var whistle = (await next.AcceptedAsync(Orders.Blow())).Whistle;

        (await old.GiveAsync(Orders.Sign(whistle))).ShouldBeOfType<OrderNotStored>("the whistle is unknown to it, and it is there");
        (await next.AcceptedAsync(Orders.Sign(whistle))).Version.ShouldBe(2);
        (await next.GiveAsync(Orders.Sign(whistle))).ShouldBeOfType<OrderRefused>().Refusal.Code.ShouldBe("already-signed");
    }

    [Fact]
    public async Task An_owner_that_another_has_followed_tells_no_department_that_what_it_does_not_know_is_over()
    {
        await using var box = new ActorBox();
        var old = box.Grid(ExampleCity.Belfry);
        (await old.GiveAsync(Orders.Withdraw(new WhistleId(ExampleCity.Belfry, 1)))).ShouldBeOfType<OrderRefused>();
        var next = box.Grid(ExampleCity.Belfry);
        var whistle = (await next.AcceptedAsync(Orders.Blow())).Whistle;

        var ask = new AskSummons(ExampleCity.Belfry, whistle, ExampleCity.Waterworks, Heard: 1);
        await Should.ThrowAsync<AskTimeoutException>(() => old.Ask<SummonsNews>(ask, TimeSpan.FromMilliseconds(500)));
        (await next.Ask<SummonsNews>(ask, TimeSpan.FromSeconds(5))).Summons.Owes.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart_and_a_repeated_order_is_known()
    {
        await using var box = new ActorBox();
        var accepted = await box.Grid(ExampleCity.Belfry).AcceptedAsync(Orders.Blow("key"));
        await box.RestartAsync();

        var grid = box.Grid(ExampleCity.Belfry);

        (await grid.WhistleAsync(accepted.Whistle)).Version.ShouldBe(1);
        (await grid.GiveAsync(Orders.Blow("key"))).ShouldBe(new OrderRepeated(accepted.Whistle, 1));
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(1);
    }

    [Fact]
    public async Task A_deadline_is_recorded_once_when_the_clock_has_passed_it_and_not_before()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        (await grid.AcceptedAsync(Orders.Sign(whistle))).Version.ShouldBe(2);

        box.Clock.Advance(TimeSpan.FromMinutes(5));
        (await grid.WhistleAsync(whistle)).Version.ShouldBe(2);
        box.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(async () => (await grid.WhistleAsync(whistle)).Version == 3);
        (await grid.WhistleAsync(whistle)).SummonsOf(ExampleCity.WestRoads)!.Overdue.ShouldBe(Clock.Sign);

        box.Clock.Advance(TimeSpan.FromMinutes(25));
        await Eventually.TrueAsync(async () => (await grid.WhistleAsync(whistle)).Version == 5);
        box.Clock.Advance(TimeSpan.FromMinutes(90));
        (await grid.WhistleAsync(whistle)).Version.ShouldBe(5);
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'deadline-passed.1'").ShouldBe(3);
    }

    [Fact]
    public async Task A_deadline_that_passed_while_nobody_was_there_is_recorded_at_once_after_a_restart()
    {
        await using var box = new ActorBox();
        var whistle = (await box.Grid(ExampleCity.Belfry).AcceptedAsync(Orders.Blow())).Whistle;
        await box.RestartAsync();
        box.Clock.Advance(TimeSpan.FromHours(1));

        var grid = box.Grid(ExampleCity.Belfry);

        await Eventually.TrueAsync(async () => (await grid.WhistleAsync(whistle)).Version == 5);
        await box.RestartAsync();
        (await box.Grid(ExampleCity.Belfry).WhistleAsync(whistle)).Version.ShouldBe(5);
        box.Count("SELECT COUNT(*) FROM journal WHERE manifest = 'deadline-passed.1'").ShouldBe(4);
    }

    [Fact]
    public async Task News_of_a_summons_is_repeated_until_it_is_heard_and_then_no_more()
    {
        await using var box = new ActorBox(pace: Quick);
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;

        // The first three are lost, and so are the next.
        for (var i = 0; i < 6; i++)
            (await box.Departments.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<SummonsNews>();
        grid.Tell(new NewsHeard(ExampleCity.Belfry, whistle, ExampleCity.WestRoads, 1));
        grid.Tell(new NewsHeard(ExampleCity.Belfry, whistle, ExampleCity.Command, 1));

        // An answer to older news does not count.
        grid.Tell(new NewsHeard(ExampleCity.Belfry, whistle, ExampleCity.Waterworks, 0));
        await grid.WhistleAsync(whistle);
        box.Departments.Drain();

        for (var i = 0; i < 4; i++)
            (await box.Departments.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<SummonsNews>().Department.ShouldBe(ExampleCity.Waterworks);
        grid.Tell(new NewsHeard(ExampleCity.Belfry, whistle, ExampleCity.Waterworks, 1));
        await grid.WhistleAsync(whistle);
        box.Departments.Drain();
        (await box.Departments.HearsWithinAsync(TimeSpan.FromSeconds(1))).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_restart_every_department_of_an_open_whistle_is_told_again()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        await grid.AcceptedAsync(Orders.Blow());
        var ended = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        await grid.AcceptedAsync(Orders.Withdraw(ended));
        await box.RestartAsync();

        box.Grid(ExampleCity.Belfry).Tell(new WakeGrid(ExampleCity.Belfry));

        var told = new List<DepartmentCode>();
        for (var i = 0; i < 3; i++)
            told.Add((await box.Departments.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<SummonsNews>().Department);
        told.ShouldBe([ExampleCity.Waterworks, ExampleCity.WestRoads, ExampleCity.Command]);
    }

    [Fact]
    public async Task A_grid_with_nothing_open_and_all_news_heard_asks_to_leave_and_one_with_an_open_whistle_stays()
    {
        await using var box = new ActorBox(pace: Quick with { RepeatNewsAfter = TimeSpan.FromSeconds(10) });
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        HearAll(grid, whistle, 1);
        (await box.Parents.HearsWithinAsync(TimeSpan.FromSeconds(1))).ShouldBeFalse();

        await grid.AcceptedAsync(Orders.Withdraw(whistle));
        (await box.Parents.HearsWithinAsync(TimeSpan.FromSeconds(1))).ShouldBeFalse();
        HearAll(grid, whistle, 2);

        (await box.Parents.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<Passivate>();
        await grid.WatchAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failed_write_answers_its_caller_and_the_grid_comes_back_as_it_is_stored()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow("first"))).Whistle;

        FlakyJournal.Next = FlakyJournal.Trouble.Failure;
        (await grid.GiveAsync(Orders.Sign(whistle))).ShouldBeOfType<OrderNotStored>().Reason.ShouldContain("the disk is full");
        await grid.WatchAsync(TestContext.Current.CancellationToken);

        var back = box.Grid(ExampleCity.Belfry);
        (await back.WhistleAsync(whistle)).Version.ShouldBe(1);
        (await back.AcceptedAsync(Orders.Sign(whistle))).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_rejected_write_of_several_events_answers_its_caller_and_the_grid_comes_back_as_it_is_stored()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;

        // Two events: the signature that setting foot in the grid implies, and the check-in.
        FlakyJournal.Next = FlakyJournal.Trouble.Rejection;
        (await grid.GiveAsync(Orders.CheckIn(whistle, box.Clock.GetUtcNow()))).ShouldBeOfType<OrderNotStored>().Reason.ShouldContain("cannot be written");
        await grid.WatchAsync(TestContext.Current.CancellationToken);

        var back = box.Grid(ExampleCity.Belfry);
        (await back.WhistleAsync(whistle)).Version.ShouldBe(1);
        (await back.AcceptedAsync(Orders.CheckIn(whistle, box.Clock.GetUtcNow()))).Version.ShouldBe(3);
    }

    [Theory]
    [InlineData((int)FlakyJournal.Trouble.Failure)]
    [InlineData((int)FlakyJournal.Trouble.Rejection)]
    public async Task Who_waited_behind_a_write_that_went_wrong_is_answered_at_once_too(int trouble)
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;

        FlakyJournal.Next = (FlakyJournal.Trouble)trouble;
        var answers = await Task.WhenAll(grid.GiveAsync(Orders.Sign(whistle)), grid.GiveAsync(Orders.Blow()), grid.GiveAsync(Orders.Blow()));

        answers.ShouldAllBe(answer => answer is OrderNotStored);
    }

    [Fact]
    public async Task A_deadline_that_could_not_be_stored_is_recorded_when_the_grid_is_woken_again()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        FlakyJournal.Next = FlakyJournal.Trouble.Failure;
        box.Clock.Advance(TimeSpan.FromMinutes(6));
        await grid.WatchAsync(TestContext.Current.CancellationToken);

        var back = box.Grid(ExampleCity.Belfry);
        back.Tell(new WakeGrid(ExampleCity.Belfry));

        await Eventually.TrueAsync(async () => (await back.WhistleAsync(whistle)).Version == 3);
    }

    [Fact]
    public async Task Recovery_from_a_snapshot_gives_what_recovery_from_all_events_gives()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var open = (await grid.AcceptedAsync(Orders.Blow("kept"))).Whistle;
        for (var i = 0; i < 105; i++)
            await grid.AcceptedAsync(Orders.Withdraw((await grid.AcceptedAsync(Orders.Blow())).Whistle));
        await Eventually.TrueAsync(() => box.Count("SELECT COUNT(*) FROM snapshot WHERE persistence_id = 'grid-99010100100101'") == 1);
        box.Count("SELECT MAX(sequence_number) FROM snapshot").ShouldBe(200);

        await box.RestartAsync();
        var fromSnapshot = await SeenAsync(box.Grid(ExampleCity.Belfry), open);
        await box.RestartAsync();
        box.Count("DELETE FROM snapshot RETURNING 1").ShouldBe(1);
        var fromEvents = await SeenAsync(box.Grid(ExampleCity.Belfry), open);

        fromSnapshot.ShouldBe(fromEvents);
    }

    [Fact]
    public async Task A_grid_that_is_asked_to_keeps_a_snapshot_of_all_that_it_knows_and_one_without_a_past_none()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        await grid.AcceptedAsync(Orders.Blow());
        grid.Tell(new SaveGrid(ExampleCity.Belfry));
        await Eventually.TrueAsync(() => box.Count("SELECT COUNT(*) FROM snapshot") == 1);
        await grid.AcceptedAsync(Orders.Blow());

        grid.Tell(new SaveGrid(ExampleCity.Belfry));
        box.Grid(ExampleCity.Market).Tell(new SaveGrid(ExampleCity.Market));

        await Eventually.TrueAsync(() => box.Count("SELECT SUM(sequence_number) FROM snapshot WHERE persistence_id = 'grid-99010100100101'") == 2);
        box.Count("SELECT COUNT(*) FROM snapshot").ShouldBe(1, "the older one is gone, and who never stored anything has nothing to keep");
    }

    private static async Task<(string Open, IOrderAnswer Repeated, string Last)> SeenAsync(IActorRef grid, WhistleId open)
    {
        var answer = await grid.Ask<GridAnswer>(new AskGrid(ExampleCity.Belfry), TimeSpan.FromSeconds(10));
        var last = await grid.WhistleAsync(new WhistleId(ExampleCity.Belfry, 210));
        return (string.Join(',', answer.Open.Select(whistle => whistle.ToString())), await grid.GiveAsync(Orders.Blow("kept")), $"{last.Id} {last.Version} {last.Ending}");
    }

    private static void HearAll(IActorRef grid, WhistleId whistle, long version)
    {
        foreach (var department in (DepartmentCode[])[ExampleCity.Waterworks, ExampleCity.WestRoads, ExampleCity.Command])
            grid.Tell(new NewsHeard(ExampleCity.Belfry, whistle, department, version));
    }
}
