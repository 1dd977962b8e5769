using CsCheck;
using Shouldly;
using WhistleActors.Domain.Geography;
using Xunit;

namespace WhistleActors.Domain.Tests.Geography;

public sealed class Gcj02Tests
{
    // A hundred-millionth of a degree is about a millimetre.
    private const double Millimetre = 1e-8;

    [Fact]
    public void Tiananmen_is_where_the_public_formula_puts_it()
    {
        // The published example of the coordtransform project.
        var shifted = Gcj02.FromWgs84(new LonLat(116.404, 39.915));
        shifted.Lon.ShouldBe(116.41024449916938, 1e-6);
        shifted.Lat.ShouldBe(39.91640428150164, 1e-6);
    }

    [Fact]
    public void Outside_the_rectangle_nothing_is_shifted()
    {
        var newYork = new LonLat(-74.006, 40.7128);
        Gcj02.FromWgs84(newYork).ShouldBe(newYork);
        Gcj02.ToWgs84(newYork).ShouldBe(newYork);
    }

    [Fact]
    public void There_and_back_is_the_same_place_to_a_millimetre() =>
        Gen.Select(Gen.Double[73.5, 135], Gen.Double[18, 53.5], (lon, lat) => new LonLat(lon, lat)).Sample(place =>
        {
            var back = Gcj02.ToWgs84(Gcj02.FromWgs84(place));
            back.Lon.ShouldBe(place.Lon, Millimetre);
            back.Lat.ShouldBe(place.Lat, Millimetre);
        });

    [Fact]
    public void In_Beijing_the_shift_is_between_three_hundred_and_eight_hundred_metres() =>
        Gen.Select(Gen.Double[115.4, 117.5], Gen.Double[39.4, 41.1], (lon, lat) => new LonLat(lon, lat)).Sample(place =>
        {
            var shifted = Gcj02.FromWgs84(place);
            var north = (shifted.Lat - place.Lat) * 111_195;
            var east = (shifted.Lon - place.Lon) * 111_195 * Math.Cos(place.Lat * Math.PI / 180);
            Math.Sqrt((north * north) + (east * east)).ShouldBeInRange(300, 800);
        });

    [Fact]
    public void A_position_is_converted_by_the_datum_that_it_names()
    {
        var place = new LonLat(116.404, 39.915);
        new Position(place.Lon, place.Lat, Datum.Wgs84).ToWgs84().ShouldBe(place);
        var shifted = Gcj02.FromWgs84(place);
        new Position(shifted.Lon, shifted.Lat, Datum.Gcj02).ToWgs84().Lon.ShouldBe(place.Lon, Millimetre);
    }

    [Theory]
    [InlineData(180, 90, true)]
    [InlineData(-180, -90, true)]
    [InlineData(180.1, 0, false)]
    [InlineData(0, 90.1, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(0, double.NegativeInfinity, false)]
    public void Only_finite_coordinates_within_the_globe_are_on_it(double lon, double lat, bool on) => new LonLat(lon, lat).IsOnGlobe.ShouldBe(on);
}
