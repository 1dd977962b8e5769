using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Departments;

public sealed class DepartmentRulesTests
{
    private readonly Story story = new Story().Blow();
    private DepartmentState water = DepartmentState.Empty(TestCity.Water);

    [Fact]
    public void A_department_holds_what_it_was_summoned_to_and_counts_it()
    {
        Hear(News()).ShouldBeOfType<SummonsHeld>();

        water.Held.ShouldHaveSingleItem().Key.ShouldBe(story.Id);
        water.Load.ShouldBe(new DepartmentLoad(Open: 1, Summoned: 1, 0, 0, 0, 0, Overdue: 0, Committed: 0, Queue: 1));
    }

    [Fact]
    public void The_load_follows_the_summons_to_its_end()
    {
        Hear(News());
        story.Sign(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(1, 0, Signed: 1, 0, 0, 0, 0, 0, Queue: 1));
        story.Depart(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(1, 0, 0, Departed: 1, 0, 0, 0, Committed: 1));
        story.CheckIn(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(1, 0, 0, 0, CheckedIn: 1, 0, 0, 1));
        story.Resolve(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(1, 0, 0, 0, 0, Reported: 1, 0, 1));
        story.Accept(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(0, 0, 0, 0, 0, 0, 0, Committed: 1));
        story.Release(TestCity.Water);
        Load().ShouldBe(new DepartmentLoad(0, 0, 0, 0, 0, 0, 0, 0));
        water.Held.ShouldBeEmpty();

        DepartmentLoad Load()
        {
            Hear(News());
            return water.Load;
        }
    }

    [Fact]
    public void An_overdue_summons_is_counted_as_overdue()
    {
        story.After(TimeSpan.FromMinutes(31)).Alarm();
        Hear(News());
        water.Load.Overdue.ShouldBe(1);
        water.Held[story.Id].Overdue.ShouldBe(Clock.Sign);
    }

    [Fact]
    public void The_same_news_twice_is_no_news()
    {
        Hear(News());
        var before = water;
        Hear(News()).ShouldBeNull();
        water.ShouldBeSameAs(before);
    }

    [Fact]
    public void Older_news_is_no_news()
    {
        var blown = News();
        story.Sign(TestCity.Water);
        Hear(News());

        Hear(blown).ShouldBeNull();

        water.Held[story.Id].State.ShouldBe(SummonsState.Signed);
    }

    [Fact]
    public void What_others_do_under_the_whistle_is_not_stored()
    {
        Hear(News());
        story.Sign(TestCity.Urban);
        Hear(News()).ShouldBeNull();
    }

    [Fact]
    public void A_report_that_comes_after_its_own_veto_does_not_win()
    {
        story.CheckIn(TestCity.Water);
        Hear(News());
        var reported = (story.Resolve(TestCity.Water), News()).Item2;
        story.Veto(TestCity.Water);
        Hear(News());

        Hear(reported).ShouldBeNull();

        water.Held[story.Id].State.ShouldBe(SummonsState.CheckedIn);
    }

    [Fact]
    public void What_is_over_does_not_come_back()
    {
        story.CheckIn(TestCity.Water);
        var present = News();
        story.Withdraw();
        Hear(News()).ShouldBeOfType<SummonsOver>();

        Hear(present).ShouldBeNull();

        water.Held.ShouldBeEmpty();
        water.Load.Committed.ShouldBe(0);
    }

    [Fact]
    public void A_crew_on_the_way_is_free_when_the_whistle_is_withdrawn()
    {
        story.Depart(TestCity.Water);
        Hear(News());
        water.Load.Committed.ShouldBe(1);

        story.Withdraw();
        Hear(News());

        water.Held.ShouldBeEmpty();
    }

    [Fact]
    public void A_notified_department_hears_once_and_holds_nothing()
    {
        var weather = DepartmentState.Empty(TestCity.Weather);
        var over = DepartmentRules.Hear(weather, story.Id, HeldSummons.Of(story.Whistle, story[TestCity.Weather]), story.Now)!;
        weather = DepartmentRules.Apply(weather, over);
        weather.Held.ShouldBeEmpty();

        story.Sign(TestCity.Urban);
        DepartmentRules.Hear(weather, story.Id, HeldSummons.Of(story.Whistle, story[TestCity.Weather]), story.Now).ShouldBeNull();
    }

    [Fact]
    public void What_is_over_is_forgotten_after_a_day_once_there_is_much_of_it()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var id = new WhistleId(TestCity.Home, i + 1);
            var over = News() with { Version = 9, Owes = false, Committed = false };
            story.After(TimeSpan.FromMinutes(10));
            water = DepartmentRules.Apply(water, DepartmentRules.Hear(water, id, over, story.Now)!);
        }

        water.Over.Count.ShouldBeLessThan(600);
        water.Heard(new WhistleId(TestCity.Home, 2_000)).ShouldBe(9);
    }

    [Fact]
    public void A_copy_that_holds_something_else_is_counted_anew()
    {
        Hear(News());
        water.Load.Open.ShouldBe(1);

        (water with { Held = water.Held.Clear() }).Load.ShouldBe(DepartmentLoad.None);
        water.Load.Open.ShouldBe(1);
    }

    [Fact]
    public void Each_event_counts_as_one_version()
    {
        Hear(News());
        story.Sign(TestCity.Water);
        Hear(News());
        Hear(News());
        water.Version.ShouldBe(2);
    }

    private HeldSummons News() => HeldSummons.Of(story.Whistle, story[TestCity.Water]);

    private DepartmentEvent? Hear(HeldSummons news)
    {
        var happened = DepartmentRules.Hear(water, story.Id, news, story.Now);
        if (happened is not null)
            water = DepartmentRules.Apply(water, happened);
        return happened;
    }
}
