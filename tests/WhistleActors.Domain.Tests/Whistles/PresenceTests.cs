using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Several crews under one summons (DOMAIN 3.5): 事不完、人不撤. The second water crew is posted to Jingshan.</summary>
public sealed class PresenceTests
{
    private readonly Story story = new Story().Blow();

    [Fact]
    public void The_first_crew_answers_the_summons_and_others_join_it()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew).After(TimeSpan.FromMinutes(180)).Join(TestCity.Water, TestCity.PostedCrew);

        var joined = story.Caused[^1].ShouldBeOfType<CrewJoined>();
        joined.CheckIn.ShouldBe(2);
        story[TestCity.Water].CheckIn!.Crew.ShouldBe(TestCity.WaterCrew);
        story[TestCity.Water].CheckIns.Select(checkIn => (checkIn.Crew, checkIn.Late)).ShouldBe([(TestCity.WaterCrew, false), (TestCity.PostedCrew, false)]);
        story.Events.OfType<CrewCheckedIn>().ShouldHaveSingleItem("a further crew is no second answer");
    }

    [Fact]
    public void Who_came_and_of_which_rank_is_kept()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew, new Attendee("李强", "抢修队队长"), new Attendee("赵敏", null));

        story[TestCity.Water].CheckIn!.Persons!.Value.ShouldBe([new Attendee("李强", "抢修队队长"), new Attendee("赵敏", null)]);
    }

    [Fact]
    public void A_further_crew_proves_that_it_is_on_the_spot_like_the_first()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew);

        var outside = story.ACheckInAt(TestCity.Water, TestCity.EastOfHome(300)) with { Crew = TestCity.PostedCrew };
        story.Refused(outside, TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("outside-grid");
        story.Do(outside with { Witness = Story.WitnessOf(TestCity.Donghuamen.Text) }, TestCity.CrewOf(TestCity.Water));

        story[TestCity.Water].CheckIns[1].Presence.Witness.ShouldNotBeNull();
    }

    [Fact]
    public void The_same_crew_does_not_check_in_twice_nor_do_the_same_people_without_a_crew()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew).CheckIn(TestCity.Water);

        story.Refused(story.ACheckIn(TestCity.Water) with { Crew = TestCity.WaterCrew }, TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("already-checked-in");
        story.Refused(story.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("already-checked-in");
        story.Do(story.ACheckIn(TestCity.Water), TestCity.Dispatcher(TestCity.Water));
    }

    [Fact]
    public void The_crew_that_set_out_is_the_one_that_arrives_first_and_nobody_else_is_taken_for_it()
    {
        story.Depart(TestCity.Water, TestCity.WaterCrew).CheckIn(TestCity.Water);
        story[TestCity.Water].CheckIn!.Crew.ShouldBe(TestCity.WaterCrew);

        story.CheckIn(TestCity.Water);

        story[TestCity.Water].CheckIns[1].Crew.ShouldBeNull();
    }

    [Fact]
    public void Every_bound_crew_counts_in_the_load()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew);
        Held().CommittedCrews.ShouldBe(1);
        Held().Crews.ShouldBeNull();
        story.Join(TestCity.Water, TestCity.PostedCrew);
        Held().CommittedCrews.ShouldBe(2);
        var state = DepartmentRules.Apply(DepartmentState.Empty(TestCity.Water), new SummonsHeld(story.Id, story.Now, Held()));
        state.Load.Committed.ShouldBe(2);
        story.ReleaseCrew(TestCity.Water, 2);
        Held().CommittedCrews.ShouldBe(1);
        story.Withdraw();
        Held().CommittedCrews.ShouldBe(0);
    }

    [Fact]
    public void Leaving_unreleased_is_not_prevented_but_shows_and_the_crew_stays_bound()
    {
        story.CheckIn(TestCity.Water).Leave(TestCity.Water);

        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<CrewLeft>().Unreleased.ShouldBeTrue();
        story[TestCity.Water].CheckIn!.Left!.Unreleased.ShouldBeTrue();
        story[TestCity.Water].CrewPresent.ShouldBeTrue();
        Held().CommittedCrews.ShouldBe(1);
        story.Resolve(TestCity.Water).Accept(TestCity.Water).Finish(TestCity.Urban).Finish(TestCity.Police);
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("crews-not-released");
    }

    [Fact]
    public void Leaving_after_a_release_is_the_normal_end()
    {
        story.Finish(TestCity.Water).Leave(TestCity.Water);

        story[TestCity.Water].CheckIn!.Left!.Unreleased.ShouldBeFalse();
        story.Refused(new LeaveSite(story.Id, TestCity.Water, null, null), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("check-in-not-named");
        story.Refused(new LeaveSite(story.Id, TestCity.Water, 1, null), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("already-left");
    }

    [Fact]
    public void Leaving_after_an_accepted_ledger_entry_is_not_unreleased()
    {
        story.CheckIn(TestCity.Water).Ledger(TestCity.Water).Accept(TestCity.Water).Leave(TestCity.Water);

        story[TestCity.Water].CheckIn!.Left!.Unreleased.ShouldBeFalse();
    }

    [Fact]
    public void Coming_back_is_a_new_check_in_of_the_same_crew()
    {
        story.CheckIn(TestCity.Water).Leave(TestCity.Water).CheckIn(TestCity.Water);

        story[TestCity.Water].CheckIns.Length.ShouldBe(2);
        story[TestCity.Water].BoundCheckIns().ShouldHaveSingleItem().Number.ShouldBe(2);
        Held().CommittedCrews.ShouldBe(1);
        story.Refused(new LeaveSite(story.Id, TestCity.Water, 1, null), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("no-such-check-in");
    }

    [Fact]
    public void A_crew_leaves_by_its_own_check_in_unless_another_is_named()
    {
        story.CheckIn(TestCity.Water).Do(story.ACheckIn(TestCity.Water), TestCity.Dispatcher(TestCity.Water));

        story.Leave(TestCity.Water);
        story[TestCity.Water].CheckIn!.Left.ShouldNotBeNull();
        story.Leave(TestCity.Water, 2);
        story[TestCity.Water].CheckIns[1].Left.ShouldNotBeNull();
    }

    [Fact]
    public void One_crew_is_released_while_others_stay_and_the_last_only_with_its_department()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew).Join(TestCity.Water, TestCity.PostedCrew);

        story.Refused(new ReleaseCrew(story.Id, TestCity.Water, 1, null), TestCity.Street).Code.ShouldBe("reason-for-release-missing");
        story.ReleaseCrew(TestCity.Water, 1);
        story.Refused(new ReleaseCrew(story.Id, TestCity.Water, 1, "x"), TestCity.Street).Code.ShouldBe("already-released");
        story.Refused(new ReleaseCrew(story.Id, TestCity.Water, 2, "x"), TestCity.Command).Code.ShouldBe("last-crew-stays");
        story[TestCity.Water].State.ShouldBe(SummonsState.CheckedIn);
        story.Leave(TestCity.Water, 1);
        story[TestCity.Water].CheckIn!.Left!.Unreleased.ShouldBeFalse();
    }

    [Fact]
    public void Who_left_unreleased_does_not_count_as_staying()
    {
        story.Join(TestCity.Water, TestCity.WaterCrew).Join(TestCity.Water, TestCity.PostedCrew).Leave(TestCity.Water, 2);

        story.Refused(new ReleaseCrew(story.Id, TestCity.Water, 1, "x"), TestCity.Street).Code.ShouldBe("last-crew-stays");
        story.ReleaseCrew(TestCity.Water, 2);
    }

    [Fact]
    public void A_posted_crew_says_from_which_post_it_came()
    {
        story.Join(TestCity.Water, TestCity.PostedCrew).Join(TestCity.Water, TestCity.WaterCrew);

        story[TestCity.Water].CheckIns.Select(checkIn => checkIn.PostedTo).ShouldBe([TestCity.Jingshan, null]);
    }

    [Fact]
    public void The_subdistrict_of_its_post_lets_its_crew_go_but_nobody_elses()
    {
        story.Join(TestCity.Water, TestCity.PostedCrew).Join(TestCity.Water, TestCity.WaterCrew);

        story.Refused(new ReleaseCrew(story.Id, TestCity.Water, 2, "x"), TestCity.OtherStreet).Code.ShouldBe("not-your-whistle");
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Water, "x"), TestCity.OtherStreet).Code.ShouldBe("not-your-whistle");
        story.Do(new ReleaseCrew(story.Id, TestCity.Water, 1, "本街另有急事"), TestCity.OtherStreet);

        story[TestCity.Water].CheckIn!.Released!.By.ShouldBe(TestCity.OtherStreet);
    }

    [Fact]
    public void When_all_crews_of_a_department_are_posted_to_a_subdistrict_it_may_release_the_department_as_the_initiator_may()
    {
        story.Join(TestCity.Water, TestCity.PostedCrew);
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Water, "x"), TestCity.OtherStreet).Code.ShouldBe("lead-stays");

        story.Resolve(TestCity.Water).Accept(TestCity.Water).Do(new ReleaseDepartment(story.Id, TestCity.Water, null), TestCity.OtherStreet);

        story[TestCity.Water].CrewPresent.ShouldBeFalse();
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Urban, "x"), TestCity.OtherStreet).Code.ShouldBe("not-your-whistle");
    }

    [Fact]
    public void Nobody_acts_for_a_posted_crew_but_its_department()
    {
        var posted = TestCity.Person("posted", TestCity.Jingshan.Text, Role.Crew);

        story.Refused(story.ACheckIn(TestCity.Water) with { Crew = TestCity.PostedCrew }, posted).Code.ShouldBe("not-your-department");
        story.Join(TestCity.Water, TestCity.PostedCrew);
        story.Refused(new LeaveSite(story.Id, TestCity.Water, 1, null), posted).Code.ShouldBe("not-your-department");
    }

    private HeldSummons Held() => HeldSummons.Of(story.Whistle, story[TestCity.Water]);
}
