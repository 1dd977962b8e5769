using System.Collections.Immutable;

namespace WhistleActors.Domain.Geography;

/// <summary>An area of one or several polygons, WGS-84, with the two questions the geofence asks of it.</summary>
public sealed record GeoArea(ImmutableArray<GeoPolygon> Polygons)
{
    // IUGG mean radius; the error of the local plane below is far under a metre at the size of a grid.
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    /// <summary>True when the point lies inside or on the outline.</summary>
    public bool Contains(LonLat point) => DistanceMetres(point) == 0;

    /// <summary>Metres from the point to the area; 0 inside and on the outline.</summary>
    public double DistanceMetres(LonLat point)
    {
        var nearest = double.PositiveInfinity;
        foreach (var polygon in Polygons)
        {
            if (Inside(polygon.Shell, point) && !polygon.Holes.Any(hole => Inside(hole, point)))
                return 0;
            nearest = Math.Min(nearest, DistanceToRing(polygon.Shell, point));
            foreach (var hole in polygon.Holes)
                nearest = Math.Min(nearest, DistanceToRing(hole, point));
        }

        return nearest;
    }

    /// <summary>A point well inside the largest polygon, for labels and for simulated crews.</summary>
    public LonLat InnerPoint()
    {
        var shell = Polygons.MaxBy(polygon => Math.Abs(SignedArea(polygon.Shell)))!.Shell;
        var centroid = Centroid(shell);
        if (Contains(centroid))
            return centroid;

        // A concave cell may not contain its centroid: take the middle of the widest inside stretch of a horizontal line.
        var best = shell[0];
        var widest = -1.0;
        var (low, high) = (shell.Min(p => p.Lat), shell.Max(p => p.Lat));
        for (var step = 1; step < 16; step++)
        {
            var lat = low + ((high - low) * step / 16);
            var crossings = Crossings(shell, lat);
            for (var i = 0; i + 1 < crossings.Count; i += 2)
            {
                var middle = new LonLat((crossings[i] + crossings[i + 1]) / 2, lat);
                if (crossings[i + 1] - crossings[i] > widest && Contains(middle))
                    (widest, best) = (crossings[i + 1] - crossings[i], middle);
            }
        }

        return best;
    }

    // Even-odd rule: counts how often a ray to the east crosses the ring.
    private static bool Inside(ImmutableArray<LonLat> ring, LonLat point)
    {
        var inside = false;
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[i + 1]);
            if (a.Lat > point.Lat != b.Lat > point.Lat
                && point.Lon < ((b.Lon - a.Lon) * (point.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon)
                inside = !inside;
        }

        return inside;
    }

    private static List<double> Crossings(ImmutableArray<LonLat> ring, double lat)
    {
        var crossings = new List<double>();
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[i + 1]);
            if (a.Lat > lat != b.Lat > lat)
                crossings.Add(((b.Lon - a.Lon) * (lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon);
        }

        crossings.Sort();
        return crossings;
    }

    // In a plane that touches the globe at the point (equirectangular): exact enough within some hundred kilometres.
    private static double DistanceToRing(ImmutableArray<LonLat> ring, LonLat point)
    {
        var east = MetresPerDegree * Math.Cos(point.Lat * Math.PI / 180);
        var nearest = double.PositiveInfinity;
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            var (ax, ay) = ((ring[i].Lon - point.Lon) * east, (ring[i].Lat - point.Lat) * MetresPerDegree);
            var (bx, by) = ((ring[i + 1].Lon - point.Lon) * east, (ring[i + 1].Lat - point.Lat) * MetresPerDegree);
            var (dx, dy) = (bx - ax, by - ay);
            var length = (dx * dx) + (dy * dy);
            var along = length == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1);
            nearest = Math.Min(nearest, Math.Sqrt(Math.Pow(ax + (along * dx), 2) + Math.Pow(ay + (along * dy), 2)));
        }

        // A hundredth of a millimetre is the rounding of a double at this scale: the outline itself counts as inside.
        return nearest < 1e-5 ? 0 : nearest;
    }

    private static double SignedArea(ImmutableArray<LonLat> ring)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < ring.Length; i++)
            sum += ((ring[i].Lon - ring[0].Lon) * (ring[i + 1].Lat - ring[0].Lat)) - ((ring[i + 1].Lon - ring[0].Lon) * (ring[i].Lat - ring[0].Lat));
        return sum / 2;
    }

    private static LonLat Centroid(ImmutableArray<LonLat> ring)
    {
        var (x, y, area) = (0.0, 0.0, 0.0);
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            var (ax, ay) = (ring[i].Lon - ring[0].Lon, ring[i].Lat - ring[0].Lat);
            var (bx, by) = (ring[i + 1].Lon - ring[0].Lon, ring[i + 1].Lat - ring[0].Lat);
            var cross = (ax * by) - (bx * ay);
            (x, y, area) = (x + ((ax + bx) * cross), y + ((ay + by) * cross), area + cross);
        }

        return area == 0 ? ring[0] : new LonLat(ring[0].Lon + (x / (3 * area)), ring[0].Lat + (y / (3 * area)));
    }
}
