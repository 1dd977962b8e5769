using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>A site of a power diagram: its cell is where the squared distance to it less its weight (km²) is the smallest.</summary>
internal sealed record Site(Coordinate Point, double Weight = 0)
{
    internal double PowerTo(Coordinate point)
    {
        var (dx, dy) = (point.X - Point.X, point.Y - Point.Y);
        return (dx * dx) + (dy * dy) - Weight;
    }

    internal static int NearestTo(Coordinate point, IReadOnlyList<Site> sites)
    {
        var (best, least) = (0, double.PositiveInfinity);
        for (var i = 0; i < sites.Count; i++)
        {
            var power = sites[i].PowerTo(point);
            if (power < least)
                (best, least) = (i, power);
        }

        return best;
    }
}
