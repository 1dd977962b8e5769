using System.Collections.Frozen;
using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Allocations;

public class ContentionRulesTests
{
    private static readonly CrewCode FarCrew = CrewCode.Parse("urban-far-1");

    // Urban management has one crew here, and one in the district next to it.
    private static readonly CityPack Pack = TestCity.Pack with
    {
        Crews = TestCity.Pack.Crews.Values.Where(crew => crew.Department != TestCity.FarUrban)
            .Append(TestCity.Pack.Crews[TestCity.UrbanCrew] with { Code = FarCrew, Department = TestCity.FarUrban })
            .ToFrozenDictionary(crew => crew.Code),
    };

    private static readonly CityPlaces Places = new(Pack);
    private static readonly StraightLineTravel Travel = new(TravelPolicy.Default);

    [Fact]
    public void There_is_none_while_each_department_has_a_free_crew_for_each_of_its_summonses() => Of(new Story().Blow()).ShouldBeEmpty();

    [Fact]
    public void Whistles_that_hold_the_crews_and_those_that_go_without_are_told_by_department_and_who_could_help()
    {
        var holds = new Story().Blow().Depart(TestCity.Urban, TestCity.UrbanCrew);
        var waits = new Story(TestCity.Next).Blow(WhistleLevel.Emergency);

        var urban = Of(holds, waits).Single();
        urban.Department.ShouldBe(TestCity.Urban);
        (urban.OnDuty, urban.Free, urban.Waiting, urban.Shortage).ShouldBe((1, 0, 1, 1));
        urban.Holding.ShouldHaveSingleItem().Whistle.ShouldBe(holds.Id);
        var starved = urban.Starved.ShouldHaveSingleItem();
        (starved.Whistle, starved.Level, starved.CheckInBy).ShouldBe((waits.Id, WhistleLevel.Emergency, waits[TestCity.Urban].CheckInBy));
        var spare = urban.Spare.ShouldHaveSingleItem();
        spare.Crew.Code.ShouldBe(FarCrew);
        spare.ArrivesAt.ShouldBeGreaterThan(waits.Now);
    }

    [Fact]
    public void A_free_crew_goes_where_it_is_wanted_most_and_the_rest_is_starved_in_the_order_of_its_pressure()
    {
        Story[] stories = [new Story().Blow(WhistleLevel.Daily), new Story(TestCity.Next).Blow(WhistleLevel.Emergency), BlowBy(TestCity.OtherStreet, TestCity.Other, WhistleLevel.Campaign)];
        var urban = Of(stories).Single(contention => contention.Department == TestCity.Urban);
        (urban.Free, urban.Waiting).ShouldBe((1, 3));
        urban.Starved.Select(starved => starved.Level).ShouldBe([WhistleLevel.Campaign, WhistleLevel.Daily]);
        urban.Starved.Select(starved => starved.Pressure).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void A_crew_that_its_own_department_needs_is_not_spare()
    {
        var own = new Story(TestCity.Far).Do(
            Story.ABlow() with { Summon = [new SummonedDepartment(TestCity.FarUrban, DutyRole.Lead)], ChangedProposal = "只需城管" }, TestCity.BorderStreet);
        var holds = new Story().Blow().Depart(TestCity.Urban, TestCity.UrbanCrew);
        Of(own, holds, new Story(TestCity.Next).Blow()).Single(contention => contention.Department == TestCity.Urban).Spare.ShouldBeEmpty();
    }

    [Fact]
    public void Where_more_go_without_comes_first_and_of_a_department_without_listed_crews_nobody_can_say()
    {
        Story[] stories = [new Story().Blow(), new Story(TestCity.Next).Blow(), BlowBy(TestCity.OtherStreet, TestCity.Other, WhistleLevel.Daily)];
        Pack.CrewsOf(TestCity.Police).ShouldBeEmpty();
        Of(stories).Select(contention => (contention.Department, contention.Shortage)).ShouldBe([(TestCity.Urban, 2), (TestCity.Water, 1)]);
    }

    private static Story BlowBy(Officer officer, GridCode grid, WhistleLevel level) => new Story(grid).Do(Story.ABlow(level), officer);

    private static ImmutableArray<Contention> Of(params Story[] stories) =>
        ContentionRules.Of(CrewPlans.None(Pack), Places, stories.Select(story => story.Whistle), Travel, stories.Max(story => story.Now));
}
