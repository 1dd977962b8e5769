using Shouldly;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Promise 7, on the spot: inside the polygon, or as near as the stated accuracy allows up to the limit of 100 m; else a witness.</summary>
public sealed class CheckInTests
{
    private readonly Story story = new Story().Blow();

    [Fact]
    public void Inside_the_grid_the_position_alone_counts()
    {
        var presence = CheckIn(story.ACheckInAt(TestCity.Water, TestCity.Inside, accuracy: 12));

        presence.ShouldBe(new Presence(TestCity.Inside, AccuracyMetres: 12, DistanceMetres: 0, Witness: null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void On_the_outline_is_inside(double accuracy) =>
        CheckIn(story.ACheckInAt(TestCity.Water, new LonLat(116.41, 39.905), accuracy)).DistanceMetres.ShouldBe(0);

    [Theory]
    [InlineData(49.9, 50, true)]
    [InlineData(50.1, 50, false)]
    [InlineData(0.5, 0, false)]
    [InlineData(99.9, 100, true)]
    [InlineData(99.9, 5_000, true)]
    [InlineData(100.1, 5_000, false)]
    [InlineData(100.1, double.PositiveInfinity, false)]
    public void The_stated_accuracy_is_honoured_up_to_the_limit(double metresOutside, double accuracy, bool counts)
    {
        var checkIn = story.ACheckInAt(TestCity.Water, TestCity.EastOfHome(metresOutside), accuracy);
        if (counts)
        {
            CheckIn(checkIn).DistanceMetres.ShouldNotBeNull().ShouldBe(metresOutside, 0.01);
            story[TestCity.Water].CheckIn!.Presence.Witness.ShouldBeNull();
        }
        else
        {
            Refusal(checkIn).ShouldBe("outside-grid");
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    public void An_impossible_accuracy_lets_nobody_in(double accuracy) =>
        Refusal(story.ACheckInAt(TestCity.Water, TestCity.EastOfHome(1), accuracy)).ShouldBe("outside-grid");

    [Fact]
    public void A_position_without_coordinates_is_nowhere() =>
        Refusal(story.ACheckInAt(TestCity.Water, new LonLat(double.NaN, double.NaN), 100)).ShouldBe("outside-grid");

    [Fact]
    public void The_neighbouring_grid_and_the_sea_are_outside()
    {
        Refusal(story.ACheckInAt(TestCity.Water, new LonLat(116.415, 39.905), 100)).ShouldBe("outside-grid");
        Refusal(story.ACheckInAt(TestCity.Water, new LonLat(122, 31), 100)).ShouldBe("outside-grid");
    }

    [Fact]
    public void A_GCJ_02_position_is_the_same_spot_as_its_WGS_84_position()
    {
        var gcj = Gcj02.FromWgs84(TestCity.Inside);

        var presence = CheckIn(story.ACheckInAt(TestCity.Water, gcj, datum: Datum.Gcj02));

        presence.DistanceMetres.ShouldBe(0);
        presence.Place!.Value.Lon.ShouldBe(TestCity.Inside.Lon, 1e-7);
        presence.Place!.Value.Lat.ShouldBe(TestCity.Inside.Lat, 1e-7);
    }

    [Fact]
    public void A_position_under_the_name_of_the_wrong_datum_is_half_a_kilometre_off()
    {
        var nearTheEasternEdge = TestCity.EastOfHome(-10);
        var gcj = Gcj02.FromWgs84(nearTheEasternEdge);

        Refusal(story.ACheckInAt(TestCity.Water, gcj, 100, Datum.Wgs84)).ShouldBe("outside-grid");
        CheckIn(story.ACheckInAt(TestCity.Water, gcj, 0, Datum.Gcj02)).DistanceMetres.ShouldBe(0);
    }

    [Fact]
    public void A_witness_of_another_organisation_counts_anywhere_and_is_kept()
    {
        var presence = CheckIn(story.ACheckInAt(TestCity.Water, TestCity.EastOfHome(400), 10, witness: Story.WitnessOf(TestCity.Donghuamen.Text)));

        presence.Witness.ShouldBe(Story.WitnessOf("110101001"));
        presence.DistanceMetres.ShouldNotBeNull().ShouldBe(400, 0.1);
        presence.Place.ShouldNotBeNull();
    }

    [Fact]
    public void A_witness_suffices_without_a_position()
    {
        var presence = CheckIn(story.AWitnessedCheckIn(TestCity.Water, TestCity.Urban.Text));
        presence.ShouldBe(new Presence(null, null, null, Story.WitnessOf(TestCity.Urban.Text)));
    }

    [Fact]
    public void A_district_may_witness() =>
        CheckIn(story.AWitnessedCheckIn(TestCity.Water, TestCity.Dongcheng.Text)).Witness.ShouldNotBeNull();

    [Fact]
    public void A_witness_who_is_not_needed_does_not_mark_the_check_in() =>
        CheckIn(story.ACheckInAt(TestCity.Water, TestCity.Inside, witness: Story.WitnessOf(TestCity.Donghuamen.Text))).Witness.ShouldBeNull();

    [Fact]
    public void A_witness_of_the_own_department_or_of_nowhere_is_refused_even_inside()
    {
        Refusal(story.AWitnessedCheckIn(TestCity.Water, TestCity.Water.Text)).ShouldBe("witness-of-own-department");
        Refusal(story.ACheckInAt(TestCity.Water, TestCity.Inside, witness: Story.WitnessOf(TestCity.Water.Text))).ShouldBe("witness-of-own-department");
        Refusal(story.AWitnessedCheckIn(TestCity.Water, "atlantis")).ShouldBe("unknown-witness-organisation");
    }

    [Fact]
    public void Neither_position_nor_witness_is_nothing() =>
        Refusal(new CheckInCrew(story.Id, TestCity.Water, null, null, null, null)).ShouldBe("position-or-witness-missing");

    [Fact]
    public void A_position_may_be_five_minutes_old_and_not_older()
    {
        var fresh = story.ACheckIn(TestCity.Water);
        story.After(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
        Refusal(fresh).ShouldBe("position-too-old");

        story.After(TimeSpan.FromTicks(-1));
        CheckIn(fresh).Witness.ShouldBeNull();
    }

    [Fact]
    public void A_device_clock_may_run_half_a_minute_ahead_and_not_more()
    {
        Refusal(Measured(TimeSpan.FromSeconds(30) + TimeSpan.FromTicks(1))).ShouldBe("position-from-the-future");
        CheckIn(Measured(TimeSpan.FromSeconds(30))).Witness.ShouldBeNull();

        CheckInCrew Measured(TimeSpan ahead)
        {
            var checkIn = story.ACheckIn(TestCity.Water);
            return checkIn with { Fix = checkIn.Fix! with { MeasuredAt = story.Now + ahead } };
        }
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void With_a_witness_a_position_of_another_time_is_left_out(int seconds)
    {
        var checkIn = story.ACheckInAt(TestCity.Water, TestCity.Inside, witness: Story.WitnessOf(TestCity.Donghuamen.Text));

        var presence = CheckIn(checkIn with { Fix = checkIn.Fix! with { MeasuredAt = story.Now.AddSeconds(seconds) } });

        presence.ShouldBe(new Presence(null, null, null, Story.WitnessOf(TestCity.Donghuamen.Text)));
    }

    [Fact]
    public void In_a_grid_that_the_pack_no_longer_draws_only_a_witness_counts()
    {
        story.Under(TestCity.PackWithoutHome);
        Refusal(story.ACheckIn(TestCity.Water)).ShouldBe("grid-not-drawn");

        var presence = CheckIn(story.ACheckInAt(TestCity.Water, TestCity.Inside, 7, witness: Story.WitnessOf(TestCity.Donghuamen.Text)));

        presence.ShouldBe(new Presence(TestCity.Inside, 7, null, Story.WitnessOf(TestCity.Donghuamen.Text)));
    }

    [Fact]
    public void The_life_of_a_whistle_goes_on_in_a_grid_that_the_pack_no_longer_draws()
    {
        story.CheckIn(TestCity.Water).CheckIn(TestCity.Urban).CheckIn(TestCity.Police).Under(TestCity.PackWithoutHome);
        foreach (var department in new[] { TestCity.Water, TestCity.Urban, TestCity.Police })
            story.Resolve(department).Accept(department).Release(department);

        story.Close().Whistle.Stage.ShouldBe(WhistleStage.Closed);
        story.Refused(Story.ABlow(), TestCity.Street).Code.ShouldBe("unknown-grid");
    }

    private Presence CheckIn(CheckInCrew checkIn) => story.Do(checkIn, TestCity.CrewOf(checkIn.Department))[checkIn.Department].CheckIn!.Presence;

    private string Refusal(CheckInCrew checkIn) => story.Refused(checkIn, TestCity.CrewOf(checkIn.Department)).Code;
}
