using Akka.Actor;
using Akka.Cluster.Sharding;
using Shouldly;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Tests.Harness;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Departments;

public sealed class DepartmentActorTests
{
    private static readonly WhistleId Whistle = new(ExampleCity.Belfry, 1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task News_that_comes_twice_is_answered_twice_and_takes_effect_once()
    {
        await using var box = new ActorBox();
        var department = box.Department(ExampleCity.Waterworks);

        var heard = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => department.Ask<NewsHeard>(News(1, SummonsState.Summoned), Soon)));

        heard.ShouldAllBe(answer => answer == new NewsHeard(ExampleCity.Belfry, Whistle, ExampleCity.Waterworks, 1));
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(1);
        var load = await LoadAsync(department);
        (load.Version, load.Open, load.Summoned).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task News_is_answered_only_when_it_is_stored()
    {
        await using var box = new ActorBox();
        var department = box.Department(ExampleCity.Waterworks);
        var (first, again) = (new Mailbox(box.System), new Mailbox(box.System));

        department.Tell(News(1, SummonsState.Summoned), first.Receiver);
        department.Tell(News(1, SummonsState.Summoned), again.Receiver);

        // The second finds nothing new, but what made it so may not be stored yet.
        (await again.ReceiveAsync(Soon)).ShouldBeOfType<NewsHeard>();
        box.Count("SELECT COUNT(*) FROM journal").ShouldBe(1);
        (await first.ReceiveAsync(Soon)).ShouldBeOfType<NewsHeard>();
    }

    [Fact]
    public async Task Older_news_that_comes_late_is_answered_and_changes_nothing()
    {
        await using var box = new ActorBox();
        var department = box.Department(ExampleCity.Waterworks);
        await department.Ask<NewsHeard>(News(4, SummonsState.CheckedIn), Soon);

        await department.Ask<NewsHeard>(News(2, SummonsState.Signed), Soon);

        var load = await LoadAsync(department);
        (load.Version, load.CheckedIn, load.Signed).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_summons_that_is_over_does_not_come_back_with_news_that_was_held_up()
    {
        await using var box = new ActorBox();
        var department = box.Department(ExampleCity.Waterworks);
        await department.Ask<NewsHeard>(News(5, SummonsState.Released, owes: false), Soon);
        await department.Ask<NewsHeard>(News(1, SummonsState.Summoned), Soon);
        await box.RestartAsync();

        department = box.Department(ExampleCity.Waterworks);
        await department.Ask<NewsHeard>(News(3, SummonsState.Departed), Soon);

        (await LoadAsync(department)).Open.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_restart_it_holds_what_it_held_and_asks_the_grids_how_that_stands()
    {
        await using var box = new ActorBox();
        await box.Department(ExampleCity.Waterworks).Ask<NewsHeard>(News(2, SummonsState.Signed), Soon);
        await box.RestartAsync();

        var department = box.Department(ExampleCity.Waterworks);

        (await LoadAsync(department)).Signed.ShouldBe(1);
        (await box.Grids.ReceiveAsync(Soon)).ShouldBe(new AskSummons(ExampleCity.Belfry, Whistle, ExampleCity.Waterworks, 2));
    }

    [Fact]
    public async Task However_many_it_holds_it_asks_after_each_once_a_round()
    {
        const int held = 450;
        await using var box = new ActorBox();
        var before = box.Department(ExampleCity.Waterworks);
        await Task.WhenAll(Enumerable.Range(1, held).Select(number => before.Ask<NewsHeard>(
            News(1, SummonsState.Summoned) with { Whistle = new WhistleId(ExampleCity.Belfry, number) }, Soon)));
        await box.RestartAsync();
        box.Department(ExampleCity.Waterworks);

        var asked = new List<long>();
        while (asked.Count < held)
            asked.Add((await box.Grids.ReceiveAsync(Soon)).ShouldBeOfType<AskSummons>().Whistle.Number);

        asked.Order().ShouldBe(Enumerable.Range(1, held).Select(number => (long)number));
        (await box.Grids.HearsWithinAsync(TimeSpan.FromMilliseconds(200))).ShouldBeFalse();
    }

    [Fact]
    public async Task It_asks_again_from_time_to_time_so_that_no_news_is_lost_for_good()
    {
        await using var box = new ActorBox(pace: Pace.Normal with { AskAgainAfter = TimeSpan.FromMilliseconds(100) });
        await box.Department(ExampleCity.Waterworks).Ask<NewsHeard>(News(2, SummonsState.Signed), Soon);

        for (var i = 0; i < 3; i++)
            (await box.Grids.ReceiveAsync(Soon)).ShouldBeOfType<AskSummons>();
    }

    [Fact]
    public async Task A_department_that_holds_nothing_asks_to_leave_although_it_looks_around_from_time_to_time()
    {
        await using var box = new ActorBox(pace: Pace.Normal with { AskAgainAfter = TimeSpan.FromMilliseconds(100), DepartmentIdleAfter = TimeSpan.FromMilliseconds(400) });
        var department = box.Department(ExampleCity.Waterworks);
        await department.Ask<NewsHeard>(News(1, SummonsState.Summoned), Soon);
        (await box.Parents.HearsWithinAsync(TimeSpan.FromSeconds(1))).ShouldBeFalse();

        await department.Ask<NewsHeard>(News(2, SummonsState.Released, owes: false), Soon);

        (await box.Parents.ReceiveAsync(Soon)).ShouldBeOfType<Passivate>();
    }

    [Fact]
    public async Task Its_load_is_told_to_the_boards_after_it_changed_and_many_changes_at_once_are_told_once()
    {
        await using var box = new ActorBox();
        var department = box.Department(ExampleCity.Waterworks);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => department.Ask<NewsHeard>(
            News(1, SummonsState.Summoned) with { Whistle = new WhistleId(ExampleCity.Belfry, number) }, Soon)));

        LoadView? last = null;
        var told = 0;
        while (last?.Open != 20)
        {
            last = (await box.Boards.ReceiveAsync(Soon)).ShouldBeOfType<LoadView>();
            told++;
        }

        told.ShouldBeLessThan(10);
        (last.Version, last.Crews).ShouldBe((20, 2));
    }

    [Fact]
    public async Task A_write_that_fails_loses_nothing_because_the_news_is_repeated()
    {
        await using var box = new ActorBox(FlakyJournal.Hocon);
        foreach (var trouble in (FlakyJournal.Trouble[])[FlakyJournal.Trouble.Failure, FlakyJournal.Trouble.Rejection])
        {
            var department = box.Department(ExampleCity.Waterworks);
            await LoadAsync(department);
            FlakyJournal.Next = trouble;
            department.Tell(News(1, SummonsState.Summoned));
            await department.WatchAsync(TestContext.Current.CancellationToken);

            var back = box.Department(ExampleCity.Waterworks);
            (await LoadAsync(back)).Version.ShouldBe(0);
        }

        var last = box.Department(ExampleCity.Waterworks);
        await last.Ask<NewsHeard>(News(1, SummonsState.Summoned), Soon);
        (await LoadAsync(last)).Open.ShouldBe(1);
    }

    private static Task<LoadView> LoadAsync(IActorRef department) => department.Ask<LoadView>(new AskLoad(ExampleCity.Waterworks), Soon);

    private static SummonsNews News(long version, SummonsState state, bool owes = true) => new(
        ExampleCity.Waterworks,
        Whistle,
        new HeldSummons(version, DutyRole.Lead, WhistleLevel.Emergency, state, null, null, null, null, owes, Committed: owes && state is SummonsState.Departed or SummonsState.CheckedIn));
}
