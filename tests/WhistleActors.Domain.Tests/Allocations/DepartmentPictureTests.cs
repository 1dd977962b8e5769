using System.Collections.Frozen;
using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Allocations;

public class DepartmentPictureTests
{
    private static readonly CityPlaces Places = new(TestCity.Pack);
    private static readonly StraightLineTravel Travel = new(TravelPolicy.Default);

    [Fact]
    public void A_crew_is_free_then_on_the_way_then_on_the_spot_and_free_again_when_it_was_let_go()
    {
        var story = new Story().Blow();
        StateOf(story).ShouldBe(CrewState.Free);
        StateOf(story.Sign(TestCity.Water).Depart(TestCity.Water, TestCity.WaterCrew)).ShouldBe(CrewState.OnTheWay);
        StateOf(story.CheckIn(TestCity.Water)).ShouldBe(CrewState.OnScene);
        StateOf(story.Resolve(TestCity.Water).Accept(TestCity.Water)).ShouldBe(CrewState.OnScene);
        StateOf(story.Release(TestCity.Water)).ShouldBe(CrewState.Free);
    }

    [Fact]
    public void A_crew_outside_its_hours_is_off_duty_and_is_not_proposed()
    {
        var story = new Story().Blow();
        var crews = TestCity.Pack.Crews.Values.Select(crew => crew with { Hours = [new DutyHours(new TimeOnly(20, 0), new TimeOnly(8, 0))] });
        var picture = Picture(story, TestCity.Pack with { Crews = crews.ToFrozenDictionary(crew => crew.Code) });
        picture.Crews.ShouldAllBe(crew => crew.State == CrewState.OffDuty);
        picture.Propose(TestCity.Pack, Places, Travel, story.Now).Assignments.ShouldBeEmpty();
    }

    [Fact]
    public void A_duty_that_asks_for_a_skill_gets_a_crew_that_has_it_or_none()
    {
        var story = new Story().Blow();
        var pumps = SkillCode.Parse("pumps");
        var duties = TestCity.Pack.Duties[story.Whistle.Matter].Select(duty => duty.Role == DutyRole.Lead ? duty with { Skill = pumps } : duty).ToImmutableArray();
        var asking = TestCity.Pack with { Duties = TestCity.Pack.Duties.Select(of => of.Key == story.Whistle.Matter ? new(of.Key, duties) : of).ToFrozenDictionary() };
        var able = asking with { Crews = asking.Crews.Values.Select(crew => crew.Code == TestCity.PostedCrew ? crew with { Skills = [pumps] } : crew).ToFrozenDictionary(crew => crew.Code) };

        Picture(story, asking).Propose(asking, Places, Travel, story.Now).Assignments.ShouldBeEmpty();
        Picture(story, asking).Propose(asking, Places, Travel, story.Now).Queue.Single().ExpectedAt.ShouldBeNull();
        Picture(story, able).Propose(able, Places, Travel, story.Now).Assignments.Single().Crew.ShouldBe(TestCity.PostedCrew);
    }

    [Fact]
    public void A_summons_waits_until_a_crew_is_on_the_way_and_knows_who_else_is_there()
    {
        var story = new Story().Blow().CheckIn(TestCity.Police);
        var waiting = Picture(story).Waiting.Single();
        waiting.Whistle.ShouldBe(story.Id);
        (waiting.Others, waiting.Missing).ShouldBe((1, 1));
        waiting.CheckInBy.ShouldBe(story[TestCity.Water].CheckInBy);
        Picture(story.Depart(TestCity.Water, TestCity.WaterCrew)).Waiting.ShouldBeEmpty();
    }

    [Fact]
    public void A_crew_on_the_way_to_less_can_be_taken_for_an_emergency_and_one_on_the_spot_cannot()
    {
        var daily = new Story().Blow().Depart(TestCity.Water, TestCity.WaterCrew);
        var emergency = new Story(TestCity.Next).Blow(WhistleLevel.Emergency);
        Whistle[] both = [daily.Whistle, emergency.Whistle];
        Propose().TakenFrom.ShouldBeNull("there is another crew that is free");

        var alone = TestCity.Pack with { Crews = TestCity.Pack.Crews.Where(crew => crew.Key == TestCity.WaterCrew).ToFrozenDictionary() };
        Propose(alone).TakenFrom.ShouldBe(daily.Id);
        both[0] = daily.CheckIn(TestCity.Water).Whistle;
        Pictured(alone).Assignments.ShouldBeEmpty();

        ProposedAssignment Propose(CityPack? pack = null) => Pictured(pack ?? TestCity.Pack).Assignments.Single();

        Allocation Pictured(CityPack pack) =>
            DepartmentPicture.Of(CrewPlans.None(pack), Places, TestCity.Water, both, Travel, daily.Now).Propose(pack, Places, Travel, daily.Now);
    }

    [Fact]
    public void A_department_that_is_only_told_waits_for_nothing() =>
        DepartmentPicture.Of(CrewPlans.None(TestCity.Pack), Places, TestCity.Weather, [new Story().Blow().Whistle], Travel, TestCity.Morning).Waiting.ShouldBeEmpty();

    private static CrewState StateOf(Story story) => Picture(story).Crews.Single(crew => crew.Crew.Code == TestCity.WaterCrew).State;

    private static DepartmentPicture Picture(Story story, CityPack? pack = null) =>
        DepartmentPicture.Of(CrewPlans.None(pack ?? TestCity.Pack), Places, TestCity.Water, [story.Whistle], Travel, story.Now);
}
