using Shouldly;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>A whistle across a boundary (跨区联合哨, DOMAIN 3.1).</summary>
public sealed class JointTests
{
    private static readonly LonLat AcrossTheBoundary = new(116.3995, 39.905);

    [Fact]
    public void The_subdistrict_across_the_boundary_is_asked_and_joins_by_its_own_command()
    {
        var story = Story.Jointly();
        story.Whistle.HasJoined(TestCity.Jianwai).ShouldBeFalse();
        story.Refused(new JoinWhistle(story.Id), TestCity.Street).Code.ShouldBe("not-a-co-initiator");

        story.Do(new JoinWhistle(story.Id), TestCity.BorderStreet);

        story.Whistle.HasJoined(TestCity.Jianwai).ShouldBeTrue();
        story.Whistle.Blowing!.Joint.ShouldHaveSingleItem().Joined!.By.ShouldBe(TestCity.BorderStreet);
    }

    [Fact]
    public void Having_joined_it_judges_and_releases_like_the_initiator_and_does_not_end_the_whistle()
    {
        var story = Story.Jointly().CheckIn(TestCity.Water).Resolve(TestCity.Water);
        story.Refused(new AcceptOutcome(story.Id, TestCity.Water), TestCity.BorderStreet).Code.ShouldBe("not-your-whistle");

        story.Do(new JoinWhistle(story.Id), TestCity.BorderStreet)
            .Do(new VetoOutcome(story.Id, TestCity.Water, "界外仍在漏水"), TestCity.BorderStreet).Resolve(TestCity.Water)
            .Do(new AcceptOutcome(story.Id, TestCity.Water), TestCity.BorderStreet)
            .Do(new ReleaseDepartment(story.Id, TestCity.Water, null), TestCity.BorderStreet);

        story.Refused(new WithdrawWhistle(story.Id, "x"), TestCity.BorderStreet).Code.ShouldBe("not-your-whistle");
        story.Finish(TestCity.Urban).Finish(TestCity.Police);
        story.Refused(new CloseWhistle(story.Id, null), TestCity.BorderStreet).Code.ShouldBe("not-your-whistle");
        story.Close();
    }

    [Fact]
    public void Departments_of_its_district_may_be_summoned()
    {
        var blow = Story.ABlow() with
        {
            Summon = [new SummonedDepartment(TestCity.Water, DutyRole.Lead), new SummonedDepartment(TestCity.FarUrban, DutyRole.Cooperating)],
            ChangedProposal = "水流到界外",
        };

        new Story().Refused(blow, TestCity.Street).Code.ShouldBe("department-of-another-district");
        new Story().Do(blow with { JointGrids = [TestCity.Border] }, TestCity.Street)[TestCity.FarUrban].SignBy.ShouldNotBeNull();
    }

    [Fact]
    public void A_crew_may_check_in_in_any_of_the_joint_grids_unless_that_subdistrict_declined()
    {
        new Story().Blow().Refused(Across(new Story().Blow()), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("outside-grid");
        var joint = Story.Jointly();
        joint.Do(Across(joint), TestCity.CrewOf(TestCity.Water))[TestCity.Water].CheckIn!.Presence.DistanceMetres.ShouldBe(0);

        var declined = Story.Jointly().Do(new DeclineWhistle(Story.First, "不在本辖区"), TestCity.BorderStreet);
        declined.Refused(Across(declined), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("outside-grid");

        static CheckInCrew Across(Story story) => story.ACheckInAt(TestCity.Water, AcrossTheBoundary);
    }

    [Fact]
    public void The_place_of_the_whistle_may_lie_in_a_joint_grid()
    {
        var blow = Story.ABlow() with { Place = new Position(AcrossTheBoundary.Lon, AcrossTheBoundary.Lat, Datum.Wgs84) };

        new Story().Refused(blow, TestCity.Street).Code.ShouldBe("place-outside-grid");
        new Story().Do(blow with { JointGrids = [TestCity.Border] }, TestCity.Street).Whistle.Place.ShouldNotBeNull();
    }

    [Fact]
    public void A_subdistrict_that_declined_may_still_join()
    {
        var story = Story.Jointly().Do(new DeclineWhistle(Story.First, "不在本辖区"), TestCity.BorderStreet);
        story.Whistle.Blowing!.Joint[0].Declined!.Reason.ShouldBe("不在本辖区");

        story.Do(new JoinWhistle(story.Id), TestCity.BorderStreet).Whistle.Blowing!.Joint[0].Declined.ShouldBeNull();
    }

    [Fact]
    public void Another_grid_of_the_same_subdistrict_needs_nobody_to_join() =>
        new Story().Do(Story.ABlow() with { JointGrids = [TestCity.Next] }, TestCity.Street).Whistle.Blowing!.Joint[0].Joined!.By.ShouldBe(TestCity.Street);
}
