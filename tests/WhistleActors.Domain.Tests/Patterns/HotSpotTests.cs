using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Patterns;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Patterns;

public sealed class HotSpotTests
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(28);
    private static readonly DateTimeOffset Now = TestCity.Morning;
    private static readonly DateTimeOffset YearAgo = Now - TimeSpan.FromDays(400);
    private static readonly MatterCode Matter = TestCity.BurstMain;

    private readonly List<PastWhistle> history = [];
    private long number;

    [Fact]
    public void A_quiet_district_has_none() => Find().ShouldBeEmpty();

    [Fact]
    public void Two_whistles_are_no_pattern()
    {
        Whistled(TestCity.Home, daysAgo: 2);
        Whistled(TestCity.Home, daysAgo: 1);

        Find().ShouldBeEmpty();
    }

    [Fact]
    public void What_comes_again_and_again_where_nothing_came_before_is_one_and_names_its_whistles()
    {
        for (var day = 1; day <= 5; day++)
            Whistled(TestCity.Home, daysAgo: day);

        var spot = Find().ShouldHaveSingleItem();
        spot.Grid.ShouldBe(TestCity.Home);
        spot.Matter.ShouldBe(Matter);
        spot.Whistles.ShouldBe(history.OrderBy(whistle => whistle.At).Select(whistle => whistle.Id));
        spot.AgainstOwnPast!.Expected.ShouldBe(0.5 * 28 / 364, 1e-9);
        spot.AgainstOwnPast.Chance.ShouldBeLessThan(1e-4);
    }

    [Fact]
    public void What_comes_as_often_as_ever_is_nothing_new()
    {
        for (var day = 1; day < 390; day += 7)
            Whistled(TestCity.Home, daysAgo: day);

        Find().ShouldAllBe(spot => spot.AgainstOwnPast!.ByChance > HotSpots.MostByChance);
    }

    [Fact]
    public void A_young_record_says_nothing_about_the_past()
    {
        for (var day = 1; day <= 5; day++)
            Whistled(TestCity.Home, daysAgo: day);

        Find(since: Now - TimeSpan.FromDays(30)).ShouldAllBe(spot => spot.AgainstOwnPast == null);
    }

    [Fact]
    public void It_is_said_when_they_come_if_they_keep_to_a_part_of_the_week()
    {
        for (var day = 0; day < 60; day++)
            history.Add(Past(TestCity.Home, TestCity.Morning.AddDays(-day).AddHours(-day % 3)) with { Matter = MatterCode.Parse("noise") });
        for (var week = 0; week < 4; week++)
            history.Add(Past(TestCity.Home, new DateTimeOffset(2026, 3, 7, 21, 0, 0, TimeSpan.FromHours(8)).AddDays(-7 * week)));

        var when = Find().Single(spot => spot.Matter == Matter).When!;
        (when.FromHour, when.WorkingDay, when.Observed, when.Of).ShouldBe((20, false, 4, 4));
    }

    [Fact]
    public void Chance_alone_makes_no_more_of_them_than_it_says()
    {
        var chance = new Random(20_180_207);
        var shown = 0;
        for (var look = 0; look < 400; look++)
        {
            history.Clear();
            for (var whistle = 0; whistle < 60; whistle++)
                Whistled(TestCity.Home, daysAgo: chance.NextDouble() * 392);
            shown += Find().Count(spot => spot.AgainstOwnPast!.ByChance <= HotSpots.MostByChance);
        }

        shown.ShouldBeLessThan((int)(400 * HotSpots.MostByChance * 1.5));
    }

    private void Whistled(GridCode grid, double daysAgo) => history.Add(Past(grid, Now - TimeSpan.FromDays(daysAgo)));

    private PastWhistle Past(GridCode grid, DateTimeOffset at) => new(new WhistleId(grid, ++number), Matter, at, TookProposal: true);

    private ImmutableArray<HotSpot> Find(DateTimeOffset? since = null) =>
        HotSpots.Find(TestCity.Pack, TestCity.Pack.Territory.Grids[TestCity.Home].District, history, since ?? YearAgo, Now, Window);
}
