using Shouldly;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed class AnsweringTests
{
    [Fact]
    public void A_department_signs_its_own_summons()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(3)).Sign(TestCity.Water);

        story[TestCity.Water].Signature.ShouldBe(new Signature(story.Now, TestCity.Dispatcher(TestCity.Water), Late: false));
        story[TestCity.Water].State.ShouldBe(SummonsState.Signed);
        story[TestCity.Urban].State.ShouldBe(SummonsState.Summoned);
    }

    [Fact]
    public void Signing_at_the_deadline_is_on_time_and_one_tick_later_is_late()
    {
        var onTime = new Story().Blow().After(TimeSpan.FromMinutes(30)).Sign(TestCity.Water);
        onTime.Caused.ShouldHaveSingleItem().ShouldBeOfType<SummonsSigned>().Late.ShouldBeFalse();

        var late = new Story().Blow().After(TimeSpan.FromMinutes(30) + TimeSpan.FromTicks(1)).Sign(TestCity.Water);
        late.Caused[^1].ShouldBeOfType<SummonsSigned>().Late.ShouldBeTrue();
    }

    [Fact]
    public void Arriving_at_the_deadline_is_on_time_and_one_tick_later_is_late_and_still_counts()
    {
        var onTime = new Story().Blow().After(TimeSpan.FromMinutes(120)).CheckIn(TestCity.Water);
        onTime[TestCity.Water].CheckIn!.Late.ShouldBeFalse();
        onTime[TestCity.Water].CheckInOverdueAt.ShouldBeNull();

        var late = new Story().Blow().After(TimeSpan.FromMinutes(120) + TimeSpan.FromTicks(1)).CheckIn(TestCity.Water);
        late[TestCity.Water].CheckIn!.Late.ShouldBeTrue();
        late[TestCity.Water].State.ShouldBe(SummonsState.CheckedIn);
    }

    [Fact]
    public void A_notified_department_may_sign_is_never_late_and_owes_nothing_else()
    {
        var story = new Story().Blow().After(TimeSpan.FromDays(3)).Sign(TestCity.Weather);

        story[TestCity.Weather].Signature!.Late.ShouldBeFalse();
        story[TestCity.Weather].Owes.ShouldBeFalse();
        story.Refused(new Depart(story.Id, TestCity.Weather, null, null), TestCity.CrewOf(TestCity.Weather)).Code.ShouldBe("notified-only");
        story.Refused(story.ACheckIn(TestCity.Weather), TestCity.CrewOf(TestCity.Weather)).Code.ShouldBe("notified-only");
        story.Refused(story.AResult(TestCity.Weather), TestCity.Dispatcher(TestCity.Weather)).Code.ShouldBe("notified-only");
    }

    [Fact]
    public void Whoever_sets_out_unsigned_has_signed_at_that_moment()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(31)).Depart(TestCity.Water, TestCity.WaterCrew);

        story.Caused.Select(happened => happened.GetType()).ShouldBe(
            [typeof(DeadlinePassed), typeof(DeadlinePassed), typeof(DeadlinePassed), typeof(SummonsSigned), typeof(CrewDeparted)]);
        story[TestCity.Water].Signature.ShouldBe(new Signature(story.Now, TestCity.CrewOf(TestCity.Water), Late: true));
        story[TestCity.Water].State.ShouldBe(SummonsState.Departed);
        story[TestCity.Water].CrewCommitted.ShouldBeTrue();
        story[TestCity.Water].CrewPresent.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_stands_on_the_spot_unsigned_has_signed_at_that_moment()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water);

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(SummonsSigned), typeof(CrewCheckedIn)]);
        story.Refused(new SignSummons(story.Id, TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("already-signed");
    }

    [Fact]
    public void A_signature_is_given_once_even_if_the_crew_sets_out_afterwards()
    {
        var story = new Story().Blow().Sign(TestCity.Water).After(TimeSpan.FromMinutes(1)).Depart(TestCity.Water);
        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<CrewDeparted>();
        story[TestCity.Water].Signature!.At.ShouldBe(TestCity.Morning);
    }

    [Fact]
    public void An_arrival_is_announced_for_now_or_later()
    {
        var story = new Story().Blow();
        var depart = new Depart(story.Id, TestCity.Water, TestCity.WaterCrew, story.Now);

        story.Do(depart, TestCity.CrewOf(TestCity.Water))[TestCity.Water].Departure!.ArrivesAt.ShouldBe(story.Now);

        story.Refused(depart with { Department = TestCity.Urban, Crew = null, ArrivesAt = story.Now.AddTicks(-1) }, TestCity.CrewOf(TestCity.Urban))
            .Code.ShouldBe("arrival-in-the-past");
    }

    [Fact]
    public void A_crew_is_called_back_on_the_way_and_the_department_owes_one_as_before()
    {
        var story = new Story().Blow().Depart(TestCity.Water, TestCity.WaterCrew).After(TimeSpan.FromMinutes(5)).Recall(TestCity.Water);

        var recalled = story.Caused.ShouldHaveSingleItem().ShouldBeOfType<CrewRecalled>();
        (recalled.Crew, recalled.For).ShouldBe((TestCity.WaterCrew, null));
        story[TestCity.Water].State.ShouldBe(SummonsState.Signed);
        (story[TestCity.Water].CrewCommitted, story[TestCity.Water].Owes).ShouldBe((false, true));
        story.Depart(TestCity.Water, TestCity.WaterCrew)[TestCity.Water].State.ShouldBe(SummonsState.Departed);
    }

    [Fact]
    public void Who_has_arrived_is_not_called_back_and_only_the_desk_calls_back()
    {
        var story = new Story().Blow().Depart(TestCity.Water);
        story.Refused(new RecallCrew(story.Id, TestCity.Water, "车辆故障"), TestCity.CrewOf(TestCity.Water)).Code.ShouldBe("not-your-department");
        story.CheckIn(TestCity.Water);
        story.Refused(new RecallCrew(story.Id, TestCity.Water, "车辆故障"), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("already-checked-in");
    }

    [Fact]
    public void A_crew_is_taken_upward_only_an_emergency_keeps_its_own_but_for_a_broken_car()
    {
        var emergency = new Story().Blow(level: WhistleLevel.Emergency).Depart(TestCity.Water);
        var daily = new Story().Blow().Depart(TestCity.Water);
        var other = new WhistleId(daily.Id.Grid, daily.Id.Number + 1);

        emergency.Refused(new RecallCrew(emergency.Id, TestCity.Water, "另有急情", other), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("emergency-keeps-crew");
        daily.Recall(TestCity.Water, other).Caused.ShouldHaveSingleItem().ShouldBeOfType<CrewRecalled>().For.ShouldBe(other);
        emergency.Recall(TestCity.Water)[TestCity.Water].State.ShouldBe(SummonsState.Signed);
    }

    [Fact]
    public void The_crew_that_set_out_is_the_crew_that_arrived_unless_another_is_named()
    {
        var story = new Story().Blow().Depart(TestCity.Water, TestCity.WaterCrew).CheckIn(TestCity.Water);
        story[TestCity.Water].CheckIn!.Crew.ShouldBe(TestCity.WaterCrew);

        story.Do(story.ACheckIn(TestCity.Urban) with { Crew = TestCity.UrbanCrew, Headcount = 3 }, TestCity.CrewOf(TestCity.Urban));
        story[TestCity.Urban].CheckIn!.Crew.ShouldBe(TestCity.UrbanCrew);
        story[TestCity.Urban].CheckIn!.Headcount.ShouldBe(3);
    }

    [Fact]
    public void A_crew_attends_and_does_not_sign_or_report()
    {
        var story = new Story().Blow();
        var crew = TestCity.CrewOf(TestCity.Water);

        story.Refused(new SignSummons(story.Id, TestCity.Water), crew).Code.ShouldBe("not-your-department");
        story.CheckIn(TestCity.Water).Refused(story.AResult(TestCity.Water), crew).Code.ShouldBe("not-your-department");
    }

    [Fact]
    public void A_dispatcher_may_check_a_crew_in()
    {
        var story = new Story().Blow();
        story.Do(story.ACheckIn(TestCity.Water), TestCity.Dispatcher(TestCity.Water))[TestCity.Water].CrewPresent.ShouldBeTrue();
    }

    [Fact]
    public void Nobody_answers_for_a_department_that_is_not_theirs()
    {
        var story = new Story().Blow();
        foreach (var officer in new[] { TestCity.Dispatcher(TestCity.Urban), TestCity.Street, TestCity.Command, TestCity.Wall })
        {
            story.Refused(new SignSummons(story.Id, TestCity.Water), officer).Code.ShouldBe("not-your-department");
            story.Refused(new Depart(story.Id, TestCity.Water, null, null), officer).Code.ShouldBe("not-your-department");
            story.Refused(story.ACheckIn(TestCity.Water), officer).Code.ShouldBe("not-your-department");
            story.Refused(story.AResult(TestCity.Water), officer).Code.ShouldBe("not-your-department");
        }
    }

    [Fact]
    public void Powers_narrow_a_role_and_never_widen_it()
    {
        var narrowed = TestCity.Street with { Powers = Powers.Veto };
        new Story().Refused(Story.ABlow(), narrowed).Code.ShouldBe("not-your-grid");

        var widened = TestCity.Person("intruder", TestCity.Donghuamen.Text, Role.Dispatcher) with { Powers = Powers.Convene | Powers.Veto };
        new Story().Refused(Story.ABlow(), widened).Code.ShouldBe("not-your-grid");

        var story = new Story().Blow();
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street with { Role = Role.Observer }).Code.ShouldBe("not-your-whistle");
    }

    [Fact]
    public void The_four_powers_are_separate()
    {
        var story = new Story().Blow().CheckIn(TestCity.Water).Resolve(TestCity.Water);
        var convener = TestCity.Street with { Powers = Powers.Convene };
        var judge = TestCity.Street with { Powers = Powers.Veto };

        story.Refused(new AcceptOutcome(story.Id, TestCity.Water), convener).Code.ShouldBe("not-your-whistle");
        story.Refused(new VetoOutcome(story.Id, TestCity.Water, "x"), convener).Code.ShouldBe("not-your-whistle");
        story.Do(new AcceptOutcome(story.Id, TestCity.Water), judge);
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Water, null), judge).Code.ShouldBe("not-your-whistle");
        story.Refused(new WithdrawWhistle(story.Id, "x"), judge).Code.ShouldBe("not-your-whistle");
        story.Do(new ReleaseDepartment(story.Id, TestCity.Water, null), convener);
    }

    [Fact]
    public void Late_and_overdue_are_two_things()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(121)).Alarm();
        story[TestCity.Water].Overdue.ShouldBe(Clock.CheckIn);

        story.CheckIn(TestCity.Water);

        story[TestCity.Water].Overdue.ShouldBeNull();
        story[TestCity.Water].CheckIn!.Late.ShouldBeTrue();
        story[TestCity.Water].Signature!.Late.ShouldBeTrue();
        story[TestCity.Urban].Overdue.ShouldBe(Clock.CheckIn);
    }
}
