using CsCheck;
using Shouldly;
using WhistleActors.Domain.Geography;
using WhistleActors.Simulator.Cities;
using Xunit;

namespace WhistleActors.Simulator.Tests.Cities;

public sealed class RandomPlacesTests
{
    private static readonly GeoArea Dented = SampleCity.Cells[0].Area;
    private static readonly GeoArea TwoParts = SampleCity.Cells[1].Area;

    [Fact]
    public void A_random_place_lies_inside_whatever_the_shape() => Gen.Int.Sample(
        seed =>
        {
            Dented.Contains(RandomPlaces.Inside(Dented, new Random(seed))).ShouldBeTrue();
            TwoParts.Contains(RandomPlaces.Inside(TwoParts, new Random(seed))).ShouldBeTrue();
        },
        iter: 2_000);

    [Fact]
    public void A_random_place_survives_the_way_to_gcj02_and_back() => Gen.Int.Sample(
        seed => Dented.Contains(Gcj02.ToWgs84(Gcj02.FromWgs84(RandomPlaces.Inside(Dented, new Random(seed))))).ShouldBeTrue(),
        iter: 2_000);

    [Fact]
    public void Every_part_of_an_area_is_met()
    {
        var random = new Random(1);
        var places = Enumerable.Range(0, 4_000).Select(_ => RandomPlaces.Inside(TwoParts, random)).ToList();

        places.ShouldContain(place => place.Lon > 116.435);
        places.Count(place => place.Lon < 116.425).ShouldBeInRange(1_600, 2_100);
    }

    [Fact]
    public void A_place_just_outside_is_outside_but_not_by_more_than_asked() => Gen.Int.Sample(
        seed =>
        {
            var place = RandomPlaces.JustOutside(Dented, 8, new Random(seed)).ShouldNotBeNull();
            Dented.DistanceMetres(place).ShouldBeInRange(0.000_01, 8);
        },
        iter: 2_000);

    [Fact]
    public void A_place_far_away_is_far_away() =>
        Gen.Int.Sample(seed => Dented.DistanceMetres(RandomPlaces.FarAway(Dented, new Random(seed))).ShouldBeGreaterThan(20_000), iter: 500);
}
