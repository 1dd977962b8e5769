using System.Collections.Immutable;
using WhistleActors.Domain.Geography;

namespace WhistleActors.Simulator.Cities;

/// <summary>Random places in and around an area.</summary>
internal static class RandomPlaces
{
    private const int MostTries = 200;
    private const double MetresPerDegree = 111_195;

    // Shapes are published in rounded coordinates, and the way to GCJ-02 and back rounds too: nearer to the outline than this, inside is a matter of luck.
    private const double ClearOfOutlineMetres = 1;

    /// <summary>A place inside and clear of the outline, every part of the area as likely as its size.</summary>
    public static LonLat Inside(GeoArea area, Random random)
    {
        var points = area.Polygons.SelectMany(polygon => polygon.Shell).ToList();
        var (west, east) = (points.Min(point => point.Lon), points.Max(point => point.Lon));
        var (south, north) = (points.Min(point => point.Lat), points.Max(point => point.Lat));
        for (var i = 0; i < MostTries; i++)
        {
            var place = new LonLat(west + (random.NextDouble() * (east - west)), south + (random.NextDouble() * (north - south)));
            if (area.Contains(place) && Enumerable.Range(0, 8).All(eighth => area.Contains(Move(place, ClearOfOutlineMetres, Math.Tau * eighth / 8))))
                return place;
        }

        // A sliver that fills hardly any of its bounding box.
        return area.InnerPoint();
    }

    /// <summary>A place outside, not further from the outline than that; null when none was found.</summary>
    public static LonLat? JustOutside(GeoArea area, double withinMetres, Random random)
    {
        var shell = area.Polygons[random.Next(area.Polygons.Length)].Shell;
        for (var i = 0; i < MostTries; i++)
        {
            var onOutline = OnOutline(shell, random);
            var direction = random.NextDouble() * Math.Tau;
            var place = Move(onOutline, withinMetres * (0.2 + (0.7 * random.NextDouble())), direction);
            if (area.DistanceMetres(place) > 0 && area.DistanceMetres(place) <= withinMetres)
                return place;
        }

        return null;
    }

    /// <summary>A place far outside.</summary>
    public static LonLat FarAway(GeoArea area, Random random) => Move(area.InnerPoint(), 30_000 + (random.NextDouble() * 20_000), random.NextDouble() * Math.Tau);

    private static LonLat OnOutline(ImmutableArray<LonLat> ring, Random random)
    {
        var start = random.Next(ring.Length - 1);
        var along = random.NextDouble();
        return new LonLat(
            ring[start].Lon + (along * (ring[start + 1].Lon - ring[start].Lon)),
            ring[start].Lat + (along * (ring[start + 1].Lat - ring[start].Lat)));
    }

    private static LonLat Move(LonLat from, double metres, double direction) => new(
        from.Lon + (metres * Math.Cos(direction) / (MetresPerDegree * Math.Cos(from.Lat * Math.PI / 180))),
        from.Lat + (metres * Math.Sin(direction) / MetresPerDegree));
}
