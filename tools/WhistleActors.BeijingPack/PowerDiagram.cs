using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>Cells of a weighted Voronoi (power) diagram. Few sites at a time, so each cell is a box cut by the half-plane of every other site.</summary>
internal static class PowerDiagram
{
    // Larger steps overshoot where cells are narrow.
    private const double Damping = 0.12;

    internal static Geometry CellWithin(Geometry area, IReadOnlyList<Site> sites, int index)
    {
        var box = area.EnvelopeInternal.Copy();
        box.ExpandBy(1);
        List<Coordinate> cell = [new(box.MinX, box.MinY), new(box.MaxX, box.MinY), new(box.MaxX, box.MaxY), new(box.MinX, box.MaxY)];
        for (var other = 0; other < sites.Count && cell.Count > 0; other++)
        {
            if (other != index)
                cell = Cut(cell, sites[index], sites[other]);
        }

        if (cell.Count < 3)
            return area.Factory.CreatePolygon();
        return area.Factory.CreatePolygon([.. cell, cell[0]]).Intersection(area);
    }

    /// <summary>Finds weights that give each cell its wanted area (Aurenhammer et al. 1998), by damped steps.</summary>
    internal static List<Site> FitAreas(Geometry area, IReadOnlyList<Coordinate> points, IReadOnlyList<double> wanted, int steps)
    {
        var sites = points.Select(point => new Site(point)).ToList();
        var scale = area.Area / wanted.Sum();
        for (var step = 0; step < steps; step++)
        {
            var areas = Enumerable.Range(0, sites.Count).Select(i => CellWithin(area, sites, i).Area).ToList();
            for (var i = 0; i < sites.Count; i++)
                sites[i] = sites[i] with { Weight = sites[i].Weight + (Damping * ((wanted[i] * scale) - areas[i])) };
        }

        return sites;
    }

    // Keeps the side of the radical axis that is nearer to `mine` (Sutherland and Hodgman on a convex cell).
    private static List<Coordinate> Cut(List<Coordinate> cell, Site mine, Site other)
    {
        var kept = new List<Coordinate>(cell.Count + 1);
        for (var i = 0; i < cell.Count; i++)
        {
            var (a, b) = (cell[i], cell[(i + 1) % cell.Count]);
            var (da, db) = (mine.PowerTo(a) - other.PowerTo(a), mine.PowerTo(b) - other.PowerTo(b));
            if (da <= 0)
                kept.Add(a);
            if (da < 0 != db < 0 && da != db)
            {
                var t = da / (da - db);
                kept.Add(new Coordinate(a.X + (t * (b.X - a.X)), a.Y + (t * (b.Y - a.Y))));
            }
        }

        return kept;
    }
}
