using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>A flat working plane in kilometres around the middle of the city (equirectangular; areas are right to about one per cent).</summary>
internal static class Plane
{
    private const double KilometresPerDegree = 6371.0088 * Math.PI / 180;
    private const double MiddleLon = 116.4;
    private const double MiddleLat = 40.2;
    private static readonly double Squeeze = Math.Cos(MiddleLat * Math.PI / 180);

    internal static Coordinate FromDegrees(double lon, double lat) =>
        new((lon - MiddleLon) * Squeeze * KilometresPerDegree, (lat - MiddleLat) * KilometresPerDegree);

    internal static Coordinate ToDegrees(Coordinate point) =>
        new((point.X / (Squeeze * KilometresPerDegree)) + MiddleLon, (point.Y / KilometresPerDegree) + MiddleLat);
}
