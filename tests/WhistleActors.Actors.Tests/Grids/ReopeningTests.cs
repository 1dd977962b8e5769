using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Grids;

/// <summary>A closed whistle comes back from the journal, however long ago the grid put it away, and its history is read whole.</summary>
public sealed class ReopeningTests
{
    [Fact]
    public async Task A_whistle_that_the_grid_has_forgotten_is_read_back_and_goes_on_under_its_own_id()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        var closed = await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);
        (await grid.Ask<object>(new AskWhistle(ExampleCity.Belfry, whistle), TimeSpan.FromSeconds(10))).ShouldBeOfType<WhistleNotHere>();

        (await grid.AcceptedAsync(Orders.Reopen(whistle))).Version.ShouldBe(closed + 1);

        var back = await grid.WhistleAsync(whistle);
        back.Round.ShouldBe(2);
        back.Summonses.ShouldAllBe(summons => summons.State == SummonsState.Summoned);
        var told = new HashSet<DepartmentCode>();
        while (told.Count < 2)
        {
            var news = (await box.Departments.ReceiveAsync(TimeSpan.FromSeconds(5))).ShouldBeOfType<SummonsNews>();
            if (news is { Summons: { Owes: true, Round: 2 } } && news.Whistle == whistle)
                told.Add(news.Department);
        }

        told.ShouldBe([ExampleCity.Waterworks, ExampleCity.WestRoads], ignoreOrder: true);
        (await grid.AcceptedAsync(Orders.Sign(whistle))).Version.ShouldBe(closed + 2);
    }

    [Fact]
    public async Task Its_history_is_read_over_all_its_ends_and_past_nothing_of_the_life_in_between()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);
        await grid.AcceptedAsync(Orders.Reopen(whistle));
        var closedAgain = await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);
        await box.RestartAsync();
        grid = box.Grid(ExampleCity.Belfry);

        var returns = await grid.ReturnsAsync(whistle);
        var events = await box.History.EventsOfAsync(whistle, returns, TestContext.Current.CancellationToken);

        returns.ShouldHaveSingleItem();
        events.ShouldAllBe(entry => entry.Event.Whistle == whistle);
        events.Select(entry => entry.Sequence).ShouldBeInOrder();
        events.Count.ShouldBe((int)closedAgain);
        events.Count(entry => entry.Event is WhistleClosed).ShouldBe(2);
        (await box.History.WhistleAtAsync(whistle, returns, long.MaxValue, TestContext.Current.CancellationToken))!.Version.ShouldBe(closedAgain);
        (await box.History.WhistleAtAsync(whistle, returns, 3, TestContext.Current.CancellationToken))!.Version.ShouldBe(3);
    }

    [Fact]
    public async Task It_comes_back_a_second_time_as_it_ended_the_second_time_and_once_per_key()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);
        await grid.AcceptedAsync(Orders.Reopen(whistle));
        var closed = await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);

        var answer = await grid.AcceptedAsync(Orders.Reopen(whistle, "again"));
        (await grid.GiveAsync(Orders.Reopen(whistle, "again"))).ShouldBe(new OrderRepeated(whistle, closed + 1));

        answer.Version.ShouldBe(closed + 1);
        (await grid.WhistleAsync(whistle)).Round.ShouldBe(3);
        (await grid.ReturnsAsync(whistle)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_who_reopen_it_at_the_same_moment_one_is_told_that_it_is_open()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        var whistle = (await grid.AcceptedAsync(Orders.Blow())).Whistle;
        await grid.CloseAsync(whistle, box.Clock.GetUtcNow());
        await ForgetAsync(box, grid);

        var answers = await Task.WhenAll(grid.GiveAsync(Orders.Reopen(whistle)), grid.GiveAsync(Orders.Reopen(whistle)));

        answers.OfType<OrderAccepted>().ShouldHaveSingleItem();
        answers.OfType<OrderRefused>().ShouldHaveSingleItem().Refusal.Code.ShouldBe("whistle-still-open");
    }

    [Fact]
    public async Task What_never_was_a_whistle_is_unknown_even_where_another_begins()
    {
        await using var box = new ActorBox();
        var grid = box.Grid(ExampleCity.Belfry);
        await grid.AcceptedAsync(Orders.Blow());
        await grid.AcceptedAsync(Orders.Blow());

        foreach (var number in new long[] { 3, 99 })
            (await grid.GiveAsync(Orders.Reopen(new WhistleId(ExampleCity.Belfry, number)))).ShouldBeOfType<OrderRefused>().Refusal.Code.ShouldBe("unknown-whistle");
    }

    // A day later another whistle makes the grid put away what has ended, and forget that it ever was.
    private static async Task ForgetAsync(ActorBox box, IActorRef grid)
    {
        await grid.AcceptedAsync(Orders.Withdraw((await grid.AcceptedAsync(Orders.Blow())).Whistle));
        box.Clock.Advance(TimeSpan.FromHours(26));
        await grid.AcceptedAsync(Orders.Withdraw((await grid.AcceptedAsync(Orders.Blow())).Whistle));
    }
}
