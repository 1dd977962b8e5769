using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using WhistleActors.Domain.Geography;
using Xunit;

namespace WhistleActors.Domain.Tests.Geography;

public sealed class GeoAreaTests
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    // A square of 0.01 degrees with a square hole of 0.002 degrees in its middle.
    private static readonly GeoArea Square = new([new GeoPolygon(Box(116.40, 39.90, 116.41, 39.91), [Box(116.404, 39.904, 116.406, 39.906)])]);

    // Like the letter U: its centroid lies outside.
    private static readonly GeoArea Horseshoe = new([new GeoPolygon(
        [new(0, 0), new(3, 0), new(3, 3), new(2, 3), new(2, 1), new(1, 1), new(1, 3), new(0, 3), new(0, 0)], [])]);

    private static readonly Gen<LonLat> Around = Gen.Select(Gen.Double[116.39, 116.42], Gen.Double[39.89, 39.92], (lon, lat) => new LonLat(lon, lat));

    private static ImmutableArray<LonLat> Box(double west, double south, double east, double north) =>
        [new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)];

    [Theory]
    [InlineData(116.401, 39.901)]
    [InlineData(116.40, 39.905)]
    [InlineData(116.41, 39.91)]
    [InlineData(116.404, 39.905)]
    public void Inside_and_outline_are_at_no_distance(double lon, double lat)
    {
        Square.Contains(new LonLat(lon, lat)).ShouldBeTrue();
        Square.DistanceMetres(new LonLat(lon, lat)).ShouldBe(0);
    }

    [Fact]
    public void A_hole_is_outside_and_as_far_as_its_nearest_side() =>
        Square.DistanceMetres(new LonLat(116.405, 39.905)).ShouldBe(0.001 * MetresPerDegree * Math.Cos(39.905 * Math.PI / 180), 0.01);

    [Fact]
    public void A_degree_north_is_a_degree_of_the_mean_sphere() =>
        Square.DistanceMetres(new LonLat(116.405, 39.92)).ShouldBe(0.01 * MetresPerDegree, 0.01);

    [Fact]
    public void Several_polygons_are_one_area()
    {
        var area = new GeoArea([.. Square.Polygons, new GeoPolygon(Box(116.42, 39.90, 116.43, 39.91), [])]);
        area.Contains(new LonLat(116.425, 39.905)).ShouldBeTrue();
        area.Contains(new LonLat(116.415, 39.905)).ShouldBeFalse();
        area.DistanceMetres(new LonLat(116.419, 39.905)).ShouldBe(0.001 * MetresPerDegree * Math.Cos(39.905 * Math.PI / 180), 0.01);
    }

    [Fact]
    public void The_inner_point_of_a_concave_area_is_inside() => Horseshoe.Contains(Horseshoe.InnerPoint()).ShouldBeTrue();

    [Fact]
    public void The_inner_point_avoids_a_hole_around_the_centroid() => Square.Contains(Square.InnerPoint()).ShouldBeTrue();

    [Fact]
    public void Distance_agrees_with_the_great_circle_to_the_nearest_point_of_a_box()
    {
        var box = new GeoArea([new GeoPolygon(Box(116.40, 39.90, 116.41, 39.91), [])]);
        Around.Sample(point =>
        {
            var nearest = new LonLat(Math.Clamp(point.Lon, 116.40, 116.41), Math.Clamp(point.Lat, 39.90, 39.91));
            box.DistanceMetres(point).ShouldBe(GreatCircleMetres(point, nearest), 0.5);
        });
    }

    [Fact]
    public void Moving_a_point_changes_its_distance_by_no_more_than_the_move() =>
        Gen.Select(Around, Around).Sample((a, b) =>
            Math.Abs(Square.DistanceMetres(a) - Square.DistanceMetres(b)).ShouldBeLessThanOrEqualTo(GreatCircleMetres(a, b) + 0.5));

    private static double GreatCircleMetres(LonLat a, LonLat b)
    {
        var (p, q) = (a.Lat * Math.PI / 180, b.Lat * Math.PI / 180);
        var (half, across) = (Math.Sin((q - p) / 2), Math.Sin((b.Lon - a.Lon) * Math.PI / 360));
        return 2 * 6_371_008.8 * Math.Asin(Math.Sqrt((half * half) + (Math.Cos(p) * Math.Cos(q) * across * across)));
    }
}
