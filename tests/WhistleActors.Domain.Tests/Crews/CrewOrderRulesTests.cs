using CsCheck;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Crews;

public class CrewOrderRulesTests
{
    private static readonly CityPlaces Places = new(TestCity.Pack);
    private static readonly StraightLineTravel Travel = new(TravelPolicy.Default);
    private static readonly CrewCode First = TestCity.WaterCrew;
    private static readonly CrewCode Second = TestCity.PostedCrew;

    private static readonly DateTimeOffset Noon = TestCity.Morning.AddHours(2);

    private readonly CrewStory water = new(TestCity.Water);

    [Fact]
    public void A_crew_that_is_told_to_go_is_assigned_until_it_sets_out()
    {
        var story = new Story().Blow();
        water.Do(new AssignCrew(First, water.Hear(story), "近"));
        water.Caused.ShouldHaveSingleItem().ShouldBeOfType<CrewAssigned>().By!.Person.ShouldBe(TestCity.Dispatcher(TestCity.Water).Person);
        Picture(story).Crews.Single(crew => crew.Crew.Code == First).State.ShouldBe(CrewState.Assigned);
        Picture(story).Waiting.ShouldBeEmpty("it has somebody");

        water.Hear(story.Sign(TestCity.Water));
        water.Crews.AssignedTo(story.Id).ShouldBe(First);
        water.Hear(story.Depart(TestCity.Water, First));
        water.Crews.Assigned.ShouldBeEmpty();
        Picture(story).Crews.Single(crew => crew.Crew.Code == First).State.ShouldBe(CrewState.OnTheWay);
    }

    [Fact]
    public void An_assignment_ends_with_its_summons_and_a_priority_too()
    {
        var story = new Story().Blow();
        water.Do(new AssignCrew(First, water.Hear(story))).Do(new PrioritiseSummons(story.Id, 60, "学校门口"));
        water.Hear(story.Do(new Domain.Whistles.Commands.WithdrawWhistle(story.Id, "误报"), TestCity.Street));
        water.Crews.Assigned.ShouldBeEmpty();
        water.Crews.Priorities.ShouldBeEmpty();
    }

    [Fact]
    public void One_crew_goes_to_one_whistle_and_one_whistle_has_one_crew_and_to_say_so_twice_is_to_say_it_once()
    {
        var (one, other) = (water.Hear(new Story().Blow()), water.Hear(new Story(TestCity.Next).Blow()));
        water.Do(new AssignCrew(First, one)).Do(new AssignCrew(First, one)).Caused.ShouldBeEmpty();
        water.Refused(new AssignCrew(First, other)).ShouldBe("crew-assigned");
        water.Refused(new AssignCrew(Second, one)).ShouldBe("whistle-has-crew");
        water.Do(new UnassignCrew(First, "改派")).Do(new AssignCrew(First, other)).Crews.AssignedTo(other).ShouldBe(First);
        water.Do(new UnassignCrew(Second)).Caused.ShouldBeEmpty();
    }

    [Fact]
    public void One_trip_serves_several_whistles_in_order_all_or_none()
    {
        var (one, other, gone) = (new Story().Blow(), new Story(TestCity.Next).Blow(), new Story(TestCity.Other).Do(Story.ABlow(), TestCity.OtherStreet));
        water.Hear(one);
        water.Hear(other);
        water.Refused(new AssignCrew(First, one.Id, Then: [other.Id, gone.Id])).ShouldBe("summons-not-waiting");
        water.Crews.Assigned.ShouldBeEmpty("all or none");
        water.Refused(new AssignCrew(First, one.Id, Then: [one.Id])).ShouldBe("trip-malformed");

        water.Do(new AssignCrew(First, one.Id, "顺路", [other.Id])).Do(new AssignCrew(First, one.Id, "顺路", [other.Id])).Caused.ShouldBeEmpty();
        water.Refused(new AssignCrew(Second, other.Id)).ShouldBe("whistle-has-crew");
        var picture = Picture(one, other);
        picture.Waiting.ShouldBeEmpty();
        var standing = picture.Crews.Single(crew => crew.Crew.Code == First);
        standing.Whistle.ShouldBe(one.Id);
        var stop = picture.Next.ShouldHaveSingleItem();
        (stop.Whistle, stop.ArrivesAt > standing.ArrivesAt, standing.FreeAt > stop.ArrivesAt).ShouldBe((other.Id, true, true));

        // On the way to the first it still has to go to the second, and is free for nobody else.
        water.Hear(one.Depart(TestCity.Water, First));
        water.Crews.AssignedTo(other.Id).ShouldBe(First);
        picture = Picture(one, other);
        picture.Waiting.ShouldBeEmpty();
        picture.Crews.Single(crew => crew.Crew.Code == First).State.ShouldBe(CrewState.OnTheWay);
        picture.Next.ShouldHaveSingleItem().Whistle.ShouldBe(other.Id);
        water.Hear(other.Depart(TestCity.Water, Second));
        water.Crews.Assigned.ShouldBeEmpty("another one went");
    }

    [Fact]
    public void A_trip_goes_on_without_a_whistle_that_ended_and_is_taken_back_as_one()
    {
        var (one, other) = (new Story().Blow(), new Story(TestCity.Next).Blow());
        water.Hear(one);
        water.Hear(other);
        water.Do(new AssignCrew(First, one.Id, Then: [other.Id]));
        water.Hear(one.Do(new Domain.Whistles.Commands.WithdrawWhistle(one.Id, "误报"), TestCity.Street));
        water.Crews.Assigned[First].Trip.ShouldBe([other.Id]);
        water.Do(new UnassignCrew(First)).Crews.Assigned.ShouldBeEmpty();
    }

    [Fact]
    public void Only_an_emergency_takes_a_crew_from_what_is_none_and_that_is_written_down()
    {
        var (daily, emergency) = (water.Hear(new Story().Blow()), water.Hear(new Story(TestCity.Next).Blow(WhistleLevel.Emergency)));
        water.Do(new AssignCrew(First, daily)).Do(new AssignCrew(First, emergency, "人员被困"));
        water.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(CrewUnassigned), typeof(CrewAssigned)]);
        water.Refused(new AssignCrew(First, daily)).ShouldBe("crew-assigned");
    }

    [Fact]
    public void Who_is_on_the_way_or_on_the_spot_off_duty_or_unknown_is_not_sent()
    {
        var away = new Story().Blow().Depart(TestCity.Water, First);
        water.Hear(away);
        var waits = water.Hear(new Story(TestCity.Next).Blow());
        water.Refused(new AssignCrew(First, waits)).ShouldBe("crew-busy");
        water.Refused(new AssignCrew(Second, away.Id)).ShouldBe("summons-not-waiting");
        water.Refused(new AssignCrew(TestCity.UrbanCrew, waits)).ShouldBe("unknown-crew");
        water.Do(new SetCrewDuty(Second, OnDuty: false, Noon, "车坏了")).Refused(new AssignCrew(Second, waits)).ShouldBe("crew-off-duty");
        water.Now = Noon;
        water.Do(new AssignCrew(Second, waits)).Crews.AssignedTo(waits).ShouldBe(Second);
    }

    [Fact]
    public void A_crew_that_goes_off_duty_need_not_go_and_comes_back_by_itself()
    {
        var story = new Story().Blow();
        water.Do(new AssignCrew(First, water.Hear(story))).Do(new SetCrewDuty(First, OnDuty: false, Noon));
        water.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(CrewUnassigned), typeof(CrewDutyChanged)]);
        Picture(story).Crews.Single(crew => crew.Crew.Code == First).State.ShouldBe(CrewState.OffDuty);
        water.Do(new SetCrewDuty(First, OnDuty: false, Noon)).Caused.ShouldBeEmpty();
        water.Now = Noon;
        Picture(story).Crews.Single(crew => crew.Crew.Code == First).State.ShouldBe(CrewState.Free);
        water.Refused(new SetCrewDuty(First, OnDuty: true, Noon)).ShouldBe("until-out-of-span");
        water.Refused(new SetCrewDuty(First, OnDuty: true, Noon.AddDays(32))).ShouldBe("until-out-of-span");
    }

    [Fact]
    public void What_is_held_back_waits_visibly_and_is_given_no_crew_and_an_emergency_never_is()
    {
        var (daily, emergency) = (new Story().Blow(), new Story(TestCity.Next).Blow(WhistleLevel.Emergency));
        water.Hear(daily);
        water.Hear(emergency);
        water.Refused(new ThrottleLevels([WhistleLevel.Daily], Noon, "暴雨")).ShouldBe("not-your-command");
        water.Refused(new ThrottleLevels([WhistleLevel.Emergency], Noon, "暴雨"), TestCity.Command).ShouldBe("emergency-not-throttled");
        water.Refused(new ThrottleLevels([WhistleLevel.Daily], water.Now, "暴雨"), TestCity.Command).ShouldBe("until-out-of-span");
        water.Do(new ThrottleLevels([WhistleLevel.Daily], Noon, "暴雨"), TestCity.Command);

        water.Refused(new AssignCrew(First, daily.Id)).ShouldBe("level-throttled");
        var proposed = Picture(daily, emergency).Propose(TestCity.Pack, Places, Travel, water.Now);
        proposed.Assignments.Single().Whistle.ShouldBe(emergency.Id);
        var queued = proposed.Queue.ShouldHaveSingleItem();
        (queued.Held, queued.InTime).ShouldBe((true, false));

        // Its time is honest: not before the level is let go.
        queued.ExpectedAt!.Value.ShouldBeInRange(Noon, Noon.AddMinutes(60));

        water.Do(new ThrottleLevels([], default, "雨停"), TestCity.Command).Crews.Throttle.ShouldBeNull();
        water.Do(new ThrottleLevels([], default, "雨停"), TestCity.Command).Caused.ShouldBeEmpty();
        water.Do(new ThrottleLevels([WhistleLevel.Daily], Noon, "又下"), TestCity.Command).Now = Noon;
        water.Do(new AssignCrew(First, daily.Id)).Crews.AssignedTo(daily.Id).ShouldBe(First);
    }

    [Fact]
    public void What_is_made_more_urgent_comes_first()
    {
        var (first, second) = (new Story().Blow(), new Story(TestCity.Next).Blow());
        water.Hear(first);
        water.Hear(second);
        water.Do(new SetCrewDuty(Second, OnDuty: false, Noon)).Do(new PrioritiseSummons(second.Id, 100, "学校门口"), TestCity.Command);
        Picture(first, second).Propose(TestCity.Pack, Places, Travel, water.Now).Assignments.Single().Whistle.ShouldBe(second.Id);
        water.Do(new PrioritiseSummons(second.Id, -100, "已临时处置"));
        Picture(first, second).Propose(TestCity.Pack, Places, Travel, water.Now).Assignments.Single().Whistle.ShouldBe(first.Id);
        water.Do(new PrioritiseSummons(second.Id, 0, "恢复")).Crews.Priorities.ShouldBeEmpty();
        water.Refused(new PrioritiseSummons(second.Id, 241, "急")).ShouldBe("priority-out-of-range");
        water.Refused(new PrioritiseSummons(new Story(TestCity.Other).Do(Story.ABlow(), TestCity.OtherStreet).Id, 10, "急")).ShouldBe("summons-not-waiting");
    }

    [Fact]
    public void A_lent_crew_works_for_the_same_bureau_elsewhere_and_comes_back_by_itself()
    {
        var urban = new CrewStory(TestCity.Urban);
        var lend = new LendCrew(TestCity.UrbanCrew, TestCity.FarUrban, Noon, "朝阳积水");
        urban.Refused(lend).ShouldBe("not-your-command");
        urban.Refused(lend, TestCity.FarCommand).ShouldBe("not-your-command");
        urban.Refused(lend with { To = TestCity.Police }, TestCity.Command).ShouldBe("loan-to-other-bureau");
        urban.Refused(lend with { To = TestCity.Urban }, TestCity.Command).ShouldBe("loan-to-other-bureau");
        urban.Refused(lend with { Crew = First }, TestCity.Command).ShouldBe("unknown-crew");
        var story = new Story().Blow();
        urban.Do(new AssignCrew(TestCity.UrbanCrew, urban.Hear(story))).Do(lend, TestCity.Command);
        urban.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(CrewUnassigned), typeof(CrewLent)]);
        urban.Do(lend, TestCity.Command).Caused.ShouldBeEmpty();
        urban.Refused(new AssignCrew(TestCity.UrbanCrew, story.Id)).ShouldBe("crew-on-loan");

        Crews(TestCity.Urban).ShouldBeEmpty();
        Crews(TestCity.FarUrban).ShouldBe([TestCity.UrbanCrew]);
        urban.Now = Noon;
        Crews(TestCity.Urban).ShouldBe([TestCity.UrbanCrew]);
        Crews(TestCity.FarUrban).ShouldBeEmpty();
        urban.Do(lend with { Until = Noon.AddHours(1) }, TestCity.Command).Do(new ReturnCrew(TestCity.UrbanCrew)).Caused.ShouldHaveSingleItem();
        Crews(TestCity.Urban).ShouldBe([TestCity.UrbanCrew]);
        urban.Do(new ReturnCrew(TestCity.UrbanCrew)).Caused.ShouldBeEmpty();

        IEnumerable<CrewCode> Crews(DepartmentCode department) =>
            new CrewPlans(TestCity.Pack, of => of == TestCity.Urban ? urban.Crews : null).CrewsAt(department, urban.Now).Select(crew => crew.Code);
    }

    [Fact]
    public void A_borrowed_crew_can_set_out_for_the_department_that_borrowed_it_and_one_of_another_bureau_cannot()
    {
        var far = new Story(TestCity.Far).Do(
            Story.ABlow() with { Summon = [new Domain.Whistles.Commands.SummonedDepartment(TestCity.FarUrban, Domain.Matters.DutyRole.Lead)], ChangedProposal = "只需城管" }, TestCity.BorderStreet);
        far.Refused(new Domain.Whistles.Commands.Depart(far.Id, TestCity.FarUrban, First, null), TestCity.CrewOf(TestCity.FarUrban)).Code.ShouldBe("unknown-crew");
        far.Depart(TestCity.FarUrban, TestCity.UrbanCrew)[TestCity.FarUrban].Departure!.Crew.ShouldBe(TestCity.UrbanCrew);
    }

    [Fact]
    public void The_rule_assigns_only_where_it_was_let_and_others_only_for_their_own()
    {
        var story = water.Hear(new Story().Blow());
        water.Refused(new AssignCrew(First, story), by: null).ShouldBe("not-your-department");
        water.Do(new SetAllocationMode(Automatic: true)).Do(new SetAllocationMode(Automatic: true)).Caused.ShouldBeEmpty();
        water.Do(new AssignCrew(First, story), by: null).Caused.ShouldHaveSingleItem().By.ShouldBeNull();
        foreach (var stranger in new[] { TestCity.Street, TestCity.FarCommand, TestCity.Dispatcher(TestCity.Urban), TestCity.CrewOf(TestCity.Water) })
        {
            water.Refused(new UnassignCrew(First), stranger).ShouldBe("not-your-department");
            water.Refused(new SetAllocationMode(false), stranger).ShouldBe("not-your-department");
            water.Refused(new SetCrewDuty(First, false, Noon), stranger).ShouldBe("not-your-department");
            water.Refused(new PrioritiseSummons(story, 1, "急"), stranger).ShouldBe("not-your-department");
        }

        water.Refused(new UnassignCrew(First), by: null).ShouldBe("not-your-department", "what people assigned the rule does not take back");
        water.Do(new UnassignCrew(First), TestCity.Command);
    }

    /// <summary>Numbers are steps: whistles come and go, crews set out, orders of all kinds are given by chance.</summary>
    [Fact]
    public void Whatever_is_ordered_no_crew_is_in_two_places_and_nothing_is_assigned_to_what_does_not_wait() =>
        Gen.UInt.Array[20, 60].Sample(
            steps =>
            {
                var department = new CrewStory(TestCity.Water);
                var stories = new List<Story>();
                var grids = new Queue<GridCode>([TestCity.Home, TestCity.Next, TestCity.Other]);
                foreach (var step in steps)
                {
                    var chance = new Random((int)(step & int.MaxValue));
                    department.Now = department.Now.AddMinutes(chance.Next(0, 30));
                    Live(department, stories, grids, chance);
                    Check(department, stories);
                }
            },
            iter: 150,
            threads: 1);

    private static void Live(CrewStory department, List<Story> stories, Queue<GridCode> grids, Random chance)
    {
        var crew = chance.Next(2) == 0 ? First : Second;
        var story = stories.Count == 0 ? null : stories[chance.Next(stories.Count)];
        var until = department.Now.AddMinutes(chance.Next(-10, 120));
        switch (chance.Next(9))
        {
            case 0 when grids.TryDequeue(out var grid):
                var officer = grid == TestCity.Other ? TestCity.OtherStreet : TestCity.Street;
                var blown = new Story(grid).Do(Story.ABlow((WhistleLevel)chance.Next(3)), officer);
                stories.Add(blown);
                department.Hear(blown);
                break;
            case 2 when story is not null && story[TestCity.Water].Departure is null:
                department.Hear(story.Depart(TestCity.Water, crew));
                break;
            case 3 when story is not null && chance.Next(4) == 0:
                story.Do(new Domain.Whistles.Commands.WithdrawWhistle(story.Id, "误报"), story.Id.Grid == TestCity.Other ? TestCity.OtherStreet : TestCity.Street);
                department.Hear(story);
                stories.Remove(story);
                break;
            case 4:
                Try(new SetCrewDuty(crew, chance.Next(2) == 0, until));
                break;
            case 5:
                Try(new UnassignCrew(crew));
                break;
            case 6:
                Try(new ThrottleLevels([(WhistleLevel)chance.Next(3)], until, "限流"));
                break;
            case 7 when story is not null:
                Try(new PrioritiseSummons(story.Id, chance.Next(-300, 300), "急"));
                break;
            default:
                if (story is not null)
                    Try(new AssignCrew(crew, story.Id));
                break;
        }

        void Try(CrewCommand command)
        {
            if (CrewOrderRules.Decide(department.State, TestCity.Pack, new CrewOrder(command, TestCity.Command), department.Now).Refusal is null)
                department.Do(command, TestCity.Command);
        }
    }

    private static void Check(CrewStory department, List<Story> stories)
    {
        var crews = department.Crews;
        crews.Assigned.Values.Select(assignment => assignment.Whistle).ShouldBeUnique();
        foreach (var (crew, assignment) in crews.Assigned)
        {
            var held = department.State.Held.GetValueOrDefault(assignment.Whistle).ShouldNotBeNull();
            (held.Owes, held.Committed).ShouldBe((true, false));
        }

        crews.Priorities.Keys.ShouldBeSubsetOf(department.State.Held.Keys);
        crews.Holds(WhistleLevel.Emergency, department.Now).ShouldBeFalse();

        // Of the picture every crew is one, and who was told to go is free for nothing else.
        var picture = DepartmentPicture.Of(
            new CrewPlans(TestCity.Pack, of => of == TestCity.Water ? crews : null), Places, TestCity.Water, stories.Select(story => story.Whistle), Travel, department.Now);
        picture.Crews.Select(crew => crew.Crew.Code).ShouldBe([First, Second], ignoreOrder: true);
        picture.Propose(TestCity.Pack, Places, Travel, department.Now).Assignments
            .ShouldAllBe(proposed => proposed.TakenFrom != null || !crews.Assigned.ContainsKey(proposed.Crew));
    }

    private DepartmentPicture Picture(params Story[] stories) => DepartmentPicture.Of(
        new CrewPlans(TestCity.Pack, of => of == TestCity.Water ? water.Crews : null), Places, TestCity.Water, stories.Select(story => story.Whistle), Travel, water.Now);
}
