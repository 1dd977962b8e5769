namespace WhistleActors.Domain.Geography;

/// <summary>
/// Conversion between WGS-84 and GCJ-02. The forward formula is the one in public circulation (eviltransform and others agree on it);
/// the way back is solved by fixed-point iteration to well under a centimetre.
/// </summary>
public static class Gcj02
{
    // Krasovsky 1940, the ellipsoid that the offset is computed on.
    private const double SemiMajorAxis = 6_378_245.0;
    private const double EccentricitySquared = 0.00669342162296594323;

    /// <summary>The GCJ-02 coordinates of a WGS-84 point; unchanged outside the rectangle in which the offset applies.</summary>
    public static LonLat FromWgs84(LonLat wgs84)
    {
        if (!Applies(wgs84))
            return wgs84;
        var (x, y) = (wgs84.Lon - 105, wgs84.Lat - 35);
        var radians = wgs84.Lat * Math.PI / 180;
        var magic = 1 - (EccentricitySquared * Math.Sin(radians) * Math.Sin(radians));
        var root = Math.Sqrt(magic);
        var lat = OffsetLat(x, y) * 180 / (SemiMajorAxis * (1 - EccentricitySquared) / (magic * root) * Math.PI);
        var lon = OffsetLon(x, y) * 180 / (SemiMajorAxis / root * Math.Cos(radians) * Math.PI);
        return new LonLat(wgs84.Lon + lon, wgs84.Lat + lat);
    }

    /// <summary>The WGS-84 coordinates of a GCJ-02 point.</summary>
    public static LonLat ToWgs84(LonLat gcj02)
    {
        var guess = gcj02;
        for (var i = 0; i < 8; i++)
        {
            var there = FromWgs84(guess);
            guess = new LonLat(guess.Lon + gcj02.Lon - there.Lon, guess.Lat + gcj02.Lat - there.Lat);
        }

        return guess;
    }

    private static bool Applies(LonLat point) => point.Lon is >= 72.004 and <= 137.8347 && point.Lat is >= 0.8293 and <= 55.8271;

    private static double OffsetLat(double x, double y) =>
        -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x)))
        + (((20 * Math.Sin(6 * x * Math.PI)) + (20 * Math.Sin(2 * x * Math.PI))) * 2 / 3)
        + (((20 * Math.Sin(y * Math.PI)) + (40 * Math.Sin(y / 3 * Math.PI))) * 2 / 3)
        + (((160 * Math.Sin(y / 12 * Math.PI)) + (320 * Math.Sin(y * Math.PI / 30))) * 2 / 3);

    private static double OffsetLon(double x, double y) =>
        300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x)))
        + (((20 * Math.Sin(6 * x * Math.PI)) + (20 * Math.Sin(2 * x * Math.PI))) * 2 / 3)
        + (((20 * Math.Sin(x * Math.PI)) + (40 * Math.Sin(x / 3 * Math.PI))) * 2 / 3)
        + (((150 * Math.Sin(x / 12 * Math.PI)) + (300 * Math.Sin(x / 30 * Math.PI))) * 2 / 3);
}
