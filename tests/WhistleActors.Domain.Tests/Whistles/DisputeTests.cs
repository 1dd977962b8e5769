using System.Collections.Frozen;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>"Not ours" (退哨; DOMAIN 3.7): first-receiver responsibility until the command centre rules.</summary>
public sealed class DisputeTests
{
    private readonly Story story = new Story().Blow();

    [Fact]
    public void A_dispute_says_why_and_perhaps_whose_it_is_and_counts_as_received()
    {
        story.Dispute(TestCity.Water, TestCity.Urban);

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(SummonsSigned), typeof(SummonsDisputed)]);
        var dispute = story[TestCity.Water].Dispute!;
        (dispute.Reason, dispute.Instead, dispute.Round, dispute.IsOpen).ShouldBe(("不属我单位职责", TestCity.Urban, 1, true));
    }

    [Fact]
    public void Until_it_is_ruled_the_department_stays_bound_and_its_clocks_run_on()
    {
        story.Dispute(TestCity.Water).After(TimeSpan.FromMinutes(121)).Alarm();

        story.Caused.OfType<DeadlinePassed>().ShouldContain(passed => passed.Department == TestCity.Water);
        story[TestCity.Water].Owes.ShouldBeTrue();
        story.CheckIn(TestCity.Water);
        story[TestCity.Water].CrewPresent.ShouldBeTrue();
    }

    [Fact]
    public void The_window_counts_from_the_whistle_and_its_last_instant_is_inside()
    {
        story.After(TimeSpan.FromMinutes(120)).Dispute(TestCity.Water);

        story.After(TimeSpan.FromTicks(1)).Refused(story.ADispute(TestCity.Urban), TestCity.Dispatcher(TestCity.Urban)).Code.ShouldBe("dispute-window-closed");
    }

    [Fact]
    public void The_window_is_the_city_packs()
    {
        var hasty = new Story(pack: TestCity.Pack with { Disputes = new DisputeLimits(TimeSpan.FromMinutes(10)) }).Blow().After(TimeSpan.FromMinutes(11));

        hasty.Refused(hasty.ADispute(TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("dispute-window-closed");
    }

    [Fact]
    public void A_summons_is_disputed_once_a_round_ruled_or_not()
    {
        story.Dispute(TestCity.Water);
        story.Refused(story.ADispute(TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("already-disputed");
        story.Uphold(TestCity.Water);
        story.Refused(story.ADispute(TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("already-disputed");
    }

    [Fact]
    public void Upheld_the_department_stays_and_goes_on()
    {
        story.Dispute(TestCity.Water).Uphold(TestCity.Water);

        var ruling = story[TestCity.Water].Dispute!.Ruling!;
        (ruling.Kind, ruling.Text, ruling.Basis, ruling.Instead).ShouldBe((RulingKind.Upheld, "属其职责", "供水条例第十二条", (DepartmentCode?)null));
        story[TestCity.Water].Role.ShouldBe(DutyRole.Lead);
        story.FinishAll().Close();
    }

    [Fact]
    public void A_referral_leaves_it_open_until_it_is_ruled_after_the_conference()
    {
        story.Dispute(TestCity.Water).Refer(TestCity.Water);

        story[TestCity.Water].Dispute.ShouldNotBeNull().IsOpen.ShouldBeTrue();
        story[TestCity.Water].Dispute!.Referral.ShouldNotBeNull();
        story.Uphold(TestCity.Water);
        story[TestCity.Water].Dispute!.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_closes_while_a_dispute_is_open_even_after_all_work_is_done()
    {
        story.Dispute(TestCity.Water).FinishAll();
        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("dispute-open");

        story.Refused(story.AReassignment(TestCity.Water, TestCity.Weather), TestCity.Command).Code.ShouldBe("summons-settled");
        story.Uphold(TestCity.Water).Close();
    }

    [Fact]
    public void Reassigned_another_is_summoned_in_the_role_with_time_limits_of_its_own()
    {
        var far = new Story().Do(Story.ABlow() with { Summon = [new(TestCity.Water, DutyRole.Lead)], ChangedProposal = "夜间" }, TestCity.Street);
        far.Dispute(TestCity.Water).After(TimeSpan.FromMinutes(40)).Reassign(TestCity.Water, TestCity.Urban);

        var urban = far[TestCity.Urban];
        urban.Role.ShouldBe(DutyRole.Lead);
        (urban.SignBy, urban.CheckInBy).ShouldBe((far.Now.AddMinutes(30), far.Now.AddMinutes(120)));
        urban.InPlaceOf.ShouldBe(new Reassignment(far.Now, TestCity.Water));
        far[TestCity.Water].Role.ShouldBe(DutyRole.Notified);
        far[TestCity.Water].Owes.ShouldBeFalse();
        far.Whistle.Summonses.Select(summons => summons.Department).ShouldBe([TestCity.Urban, TestCity.Water]);
        far.Finish(TestCity.Urban).Close();
    }

    [Fact]
    public void Who_was_let_go_is_released_by_name_wherever_its_crew_is()
    {
        story.CheckIn(TestCity.Water).Dispute(TestCity.Water).Reassign(TestCity.Water, TestCity.Weather);

        story.Caused.Select(happened => happened.GetType()).ShouldBe([typeof(DepartmentReleased), typeof(DisputeRuled)]);
        var release = story[TestCity.Water].Release!;
        release.By.ShouldBe(TestCity.Command);
        story[TestCity.Water].CrewPresent.ShouldBeFalse();
        story.Leave(TestCity.Water);
        story[TestCity.Water].CheckIn!.Left!.Unreleased.ShouldBeFalse();
    }

    [Fact]
    public void A_crew_on_its_way_is_free_when_its_department_is_let_go()
    {
        story.Depart(TestCity.Water).Dispute(TestCity.Water).Reassign(TestCity.Water, TestCity.Weather);

        HeldSummons.Of(story.Whistle, story[TestCity.Water]).Committed.ShouldBeFalse();
    }

    [Fact]
    public void Who_cooperates_takes_the_lead_with_what_it_has_done()
    {
        story.CheckIn(TestCity.Urban).Dispute(TestCity.Water, TestCity.Urban).Reassign(TestCity.Water, TestCity.Urban);

        story[TestCity.Urban].Role.ShouldBe(DutyRole.Lead);
        story[TestCity.Urban].CheckIn.ShouldNotBeNull();
        story.Caused.OfType<DisputeRuled>().Single().Summoned.ShouldBeNull();
        story.Whistle.Summonses.Count(summons => summons.Role == DutyRole.Lead).ShouldBe(1);
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Urban, "x"), TestCity.Street).Code.ShouldBe("lead-stays");
    }

    [Fact]
    public void Who_was_only_told_can_be_called_for_real_and_its_department_hears_of_it()
    {
        var weather = DepartmentState.Empty(TestCity.Weather);
        Hear();
        story.Dispute(TestCity.Water).Reassign(TestCity.Water, TestCity.Weather);
        var called = Held();
        Hear();
        weather.Held.ShouldHaveSingleItem();
        story.Withdraw();
        Hear();

        weather.Held.ShouldBeEmpty();
        DepartmentRules.Hear(weather, story.Id, called, story.Now).ShouldBeNull("old news brought it back");

        HeldSummons Held() => HeldSummons.Of(story.Whistle, story[TestCity.Weather]);

        void Hear() => weather = DepartmentRules.Apply(weather, DepartmentRules.Hear(weather, story.Id, Held(), story.Now)!);
    }

    [Fact]
    public void The_successor_may_dispute_in_its_turn_within_a_window_of_its_own_but_nobody_comes_back()
    {
        story.After(TimeSpan.FromMinutes(100)).Dispute(TestCity.Water).Reassign(TestCity.Water, TestCity.Weather);

        story.After(TimeSpan.FromMinutes(100)).Dispute(TestCity.Weather);

        story.Refused(story.AReassignment(TestCity.Weather, TestCity.Water), TestCity.Command).Code.ShouldBe("department-already-summoned");
        story.Reassign(TestCity.Weather, TestCity.Police);
        story[TestCity.Police].Role.ShouldBe(DutyRole.Lead);
    }

    [Fact]
    public void A_cooperating_department_that_was_released_while_it_disputed_can_still_be_replaced()
    {
        story.Dispute(TestCity.Urban).Release(TestCity.Urban, "先行解除").Reassign(TestCity.Urban, TestCity.Weather);

        story.Caused.ShouldHaveSingleItem().ShouldBeOfType<DisputeRuled>();
        story[TestCity.Weather].Role.ShouldBe(DutyRole.Cooperating);
    }

    [Fact]
    public void Only_the_command_centre_of_the_district_rules()
    {
        story.Dispute(TestCity.Water);

        story.Refused(story.AnUphold(TestCity.Water), TestCity.FarCommand).Code.ShouldBe("not-your-district");
        story.Refused(story.AnUphold(TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("not-your-district");
    }

    [Fact]
    public void Others_who_cannot_be_summoned_cannot_be_named_instead()
    {
        Instead(DepartmentCode.Parse("atlantis")).ShouldBe("unknown-department");
        Instead(TestCity.FarUrban).ShouldBe("department-of-another-district");
        Instead(TestCity.Water).ShouldBe("instead-of-itself");
        story.Refused(story.ADispute(TestCity.Weather), TestCity.Dispatcher(TestCity.Weather)).Code.ShouldBe("notified-only");

        string Instead(DepartmentCode department) => story.Refused(story.ADispute(TestCity.Water, department), TestCity.Dispatcher(TestCity.Water)).Code;
    }

    [Fact]
    public void A_whistle_that_summons_as_many_as_it_can_takes_no_successor_from_outside()
    {
        var many = Enumerable.Range(0, GridRules.MostDepartments - 1)
            .Select(i => TestCity.Pack.Departments[TestCity.Urban] with { Code = DepartmentCode.Parse($"d{i}"), Bureau = BureauCode.Parse($"b{i}") });
        var pack = With(TestCity.Pack, many);
        var full = new Story(pack: pack).Do(
            Story.ABlow() with
            {
                Summon = [new(TestCity.Water, DutyRole.Lead), .. many.Select(department => new SummonedDepartment(department.Code, DutyRole.Cooperating))],
                ChangedProposal = "全部",
            },
            TestCity.Street).Dispute(TestCity.Water);

        full.Refused(full.AReassignment(TestCity.Water, TestCity.Urban), TestCity.Command).Code.ShouldBe("too-many-departments");
        full.Reassign(TestCity.Water, DepartmentCode.Parse("d0"));
    }

    private static CityPack With(CityPack pack, IEnumerable<Department> more) => new(
        pack.Id, pack.Version, pack.Name, pack.Provenance, pack.Territory,
        pack.Departments.Values.Concat(more).ToFrozenDictionary(department => department.Code),
        pack.Matters, pack.Duties, pack.Crews, pack.Deadlines, pack.Calendar, pack.CheckIn, pack.OccasionNames, pack.LevelNames, pack.ChainNames,
        pack.ScoreSchemes);
}
