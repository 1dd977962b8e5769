using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using Grid = WhistleActors.Domain.Territory.Grid;

namespace WhistleActors.CityPacks;

/// <summary>Finds the grid that a point lies in. Safe for use by many threads at once.</summary>
public sealed class GridLocator
{
    // The outline itself counts as inside to within a hundredth of a millimetre, which may lie just outside a bounding box.
    private const double Margin = 1e-9;

    private readonly STRtree<Grid> index = new();

    public GridLocator(CityTerritory territory)
    {
        foreach (var grid in territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal))
        {
            foreach (var polygon in grid.Area.Polygons)
            {
                var box = new Envelope();
                foreach (var point in polygon.Shell)
                    box.ExpandToInclude(point.Lon, point.Lat);
                box.ExpandBy(Margin);
                index.Insert(box, grid);
            }
        }

        index.Build();
    }

    /// <summary>The grid at a point, WGS-84; on a border that several grids share, the one with the least code; null outside all.</summary>
    public Grid? Locate(LonLat point)
    {
        if (!point.IsOnGlobe)
            return null;
        Grid? least = null;
        foreach (var grid in index.Query(new Envelope(new Coordinate(point.Lon, point.Lat))))
        {
            if ((least is null || string.CompareOrdinal(grid.Code.Text, least.Code.Text) < 0) && grid.Area.Contains(point))
                least = grid;
        }

        return least;
    }
}
