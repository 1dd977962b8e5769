using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed class BlowingTests
{
    [Fact]
    public void A_whistle_summons_whom_the_duty_list_proposes_lead_first()
    {
        var story = new Story().Blow();

        story.Whistle.Summonses.Select(summons => (summons.Department, summons.Role)).ShouldBe(
        [
            (TestCity.Water, DutyRole.Lead),
            (TestCity.Urban, DutyRole.Cooperating),
            (TestCity.Police, DutyRole.Cooperating),
            (TestCity.Weather, DutyRole.Notified),
        ]);
        story.Whistle.Stage.ShouldBe(WhistleStage.Open);
        story.Whistle.Version.ShouldBe(1);
        story.Whistle.BlownBy.ShouldBe(TestCity.Street);
        story.Whistle.ChangedProposal.ShouldBeNull();
        story.Whistle.Subdistrict.ShouldBe(TestCity.Donghuamen);
        story.Whistle.District.ShouldBe(TestCity.Dongcheng);
        story.Whistle.PackVersion.ShouldBe("test-city/2026.1");
    }

    [Fact]
    public void Its_clocks_are_stamped_by_its_level_and_a_notified_department_has_none()
    {
        var daily = new Story().Blow();
        daily[TestCity.Water].SignBy.ShouldBe(TestCity.Morning.AddMinutes(30));
        daily[TestCity.Water].CheckInBy.ShouldBe(TestCity.Morning.AddMinutes(120));
        daily[TestCity.Weather].SignBy.ShouldBeNull();
        daily[TestCity.Weather].CheckInBy.ShouldBeNull();

        var emergency = new Story().Blow(WhistleLevel.Emergency);
        emergency[TestCity.Urban].SignBy.ShouldBe(TestCity.Morning.AddMinutes(5));
        emergency[TestCity.Urban].CheckInBy.ShouldBe(TestCity.Morning.AddMinutes(30));
    }

    [Fact]
    public void A_later_pack_does_not_move_the_clocks_of_a_whistle_that_was_blown()
    {
        var story = new Story().Blow();
        var before = story[TestCity.Water];

        story.Under(TestCity.PackWithoutHome).Sign(TestCity.Water);

        story.Whistle.PackVersion.ShouldBe("test-city/2026.1");
        story[TestCity.Water].CheckInBy.ShouldBe(before.CheckInBy);
    }

    [Fact]
    public void Its_id_is_the_grid_and_the_number_of_its_first_event_in_the_grid()
    {
        var story = new Story().Blow();
        story.Id.Text.ShouldBe("110101001001001-1");

        story.Sign(TestCity.Water).Sign(TestCity.Urban).Blow();

        story.Id.Text.ShouldBe("110101001001001-4");
        story.State.Sequence.ShouldBe(4);
    }

    [Fact]
    public void Two_whistles_of_one_grid_live_side_by_side_and_do_not_touch_each_other()
    {
        var story = new Story().Blow();
        var first = story.Whistle;
        story.After(TimeSpan.FromMinutes(1)).Blow().Sign(TestCity.Water).CheckIn(TestCity.Urban);

        story.State.OpenWhistles.Count().ShouldBe(2);
        story.State.Whistles[first.Id].ShouldBe(first);

        story.Withdraw();

        story.State.OpenWhistles.ShouldHaveSingleItem().ShouldBe(first);
        story.State.NextDeadline.ShouldBe(first.NextDeadline);
    }

    [Fact]
    public void The_initiator_may_change_the_proposal_and_says_why()
    {
        var story = new Story().Do(
            Story.ABlow() with { Summon = Summon((TestCity.Urban, DutyRole.Cooperating), (TestCity.Water, DutyRole.Lead)), ChangedProposal = "无需交警" },
            TestCity.Street);

        story.Whistle.ChangedProposal.ShouldBe("无需交警");
        story.Whistle.Summonses.Select(summons => summons.Department).ShouldBe([TestCity.Water, TestCity.Urban]);
    }

    [Fact]
    public void The_proposal_in_another_order_is_still_the_proposal()
    {
        var story = new Story().Do(
            Story.ABlow() with
            {
                Summon = Summon(
                    (TestCity.Weather, DutyRole.Notified),
                    (TestCity.Police, DutyRole.Cooperating),
                    (TestCity.Water, DutyRole.Lead),
                    (TestCity.Urban, DutyRole.Cooperating)),
            },
            TestCity.Street);

        story.Whistle.ChangedProposal.ShouldBeNull();
        story.Whistle.Summonses[0].Department.ShouldBe(TestCity.Water);
    }

    [Fact]
    public void A_legal_basis_is_cited_only_for_the_role_that_it_is_the_basis_of()
    {
        var story = new Story().Do(
            Story.ABlow() with
            {
                Summon = Summon((TestCity.Urban, DutyRole.Lead), (TestCity.Police, DutyRole.Cooperating)),
                ChangedProposal = "城管先到",
            },
            TestCity.Street);

        var stamped = story.Caused.OfType<WhistleBlown>().Single().Summonses.ToDictionary(summons => summons.Department, summons => summons.Basis);
        stamped[TestCity.Police].ShouldBe("道路交通安全法第五条");
        stamped[TestCity.Urban].ShouldBeNull();
    }

    [Fact]
    public void A_department_of_the_whole_city_can_be_summoned_anywhere()
    {
        var story = new Story().Do(
            Story.ABlow() with { Summon = Summon((TestCity.Weather, DutyRole.Lead)), ChangedProposal = "只需气象" }, TestCity.Street);

        story[TestCity.Weather].SignBy.ShouldNotBeNull();
    }

    [Fact]
    public void The_proposal_is_that_of_the_city_day_on_which_the_whistle_is_blown()
    {
        // Half past four in the afternoon of 30 June in London is 1 July in Beijing.
        var story = new Story().At(new DateTimeOffset(2026, 6, 30, 16, 30, 0, TimeSpan.Zero));

        story.Do(Story.ABlow() with { Matter = TestCity.Stalls }, TestCity.Street);

        story.Whistle.Summonses[0].Department.ShouldBe(TestCity.Police);
    }

    [Fact]
    public void Its_place_is_kept_in_WGS_84_whatever_datum_it_is_given_in()
    {
        var gcj = Gcj02.FromWgs84(TestCity.Inside);
        var story = new Story().Do(Story.ABlow() with { Place = new Position(gcj.Lon, gcj.Lat, Datum.Gcj02) }, TestCity.Street);

        var place = story.Whistle.Place!.Value;
        place.Lon.ShouldBe(TestCity.Inside.Lon, 1e-7);
        place.Lat.ShouldBe(TestCity.Inside.Lat, 1e-7);
    }

    [Fact]
    public void A_place_without_coordinates_is_not_inside()
    {
        new Story().Refused(Story.ABlow() with { Place = new Position(double.NaN, 39.905, Datum.Wgs84) }, TestCity.Street)
            .Code.ShouldBe("place-outside-grid");
    }

    [Fact]
    public void Only_a_subdistrict_whistles_in_its_grid_and_only_in_its_own()
    {
        foreach (var officer in new[] { TestCity.OtherStreet, TestCity.Wall, TestCity.Command, TestCity.Dispatcher(TestCity.Water), TestCity.CrewOf(TestCity.Water) })
            new Story().Refused(Story.ABlow(), officer).Code.ShouldBe("not-your-grid");
        new Story(TestCity.Far).Refused(Story.ABlow(), TestCity.Street).Code.ShouldBe("not-your-grid");
        new Story(TestCity.Next).Blow().Whistle.Id.Grid.ShouldBe(TestCity.Next);
    }

    private static ImmutableArray<SummonedDepartment> Summon(params (DepartmentCode Department, DutyRole Role)[] departments) =>
        [.. departments.Select(d => new SummonedDepartment(d.Department, d.Role))];

    [Fact]
    public void A_grid_full_of_daily_whistles_still_lets_an_emergency_sound_but_not_without_end()
    {
        var story = new Story();
        for (var i = 0; i < GridRules.MostOpenWhistles; i++)
            story.Blow();
        story.Refused(Story.ABlow(), TestCity.Street).Code.ShouldBe("grid-full");

        for (var i = 0; i < GridRules.EmergencyReserve; i++)
            story.Blow(WhistleLevel.Emergency);
        story.Refused(Story.ABlow(WhistleLevel.Emergency), TestCity.Street).Code.ShouldBe("grid-full");
    }
}
