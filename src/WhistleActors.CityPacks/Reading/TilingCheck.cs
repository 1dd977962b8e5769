using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Checks that grids do not overlap and, where a district's outline is given, that they fill it exactly.</summary>
internal sealed class TilingCheck(string file, FaultList faults)
{
    // Surveys and roundings differ by decimetres along long borders: what is narrower than this on average is no overlap and no gap.
    private const double ToleranceMetres = 1;
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;

    /// <param name="byDistrict">The grids of each district.</param>
    /// <param name="outlines">The outlines that the pack gives, by district; may be empty.</param>
    /// <param name="outlineFile">The file that they are from.</param>
    /// <param name="inPart">Districts of which some grid could not be read, so that gaps say nothing.</param>
    internal void Run(
        IReadOnlyDictionary<string, List<AreaShape>> byDistrict,
        IReadOnlyDictionary<string, AreaShape> outlines,
        string outlineFile,
        IReadOnlySet<string> inPart)
    {
        OverlapsAmong([.. outlines.Values], [.. outlines.Values], outlineFile);
        var suspects = byDistrict
            .Where(district => !outlines.TryGetValue(district.Key, out var outline) || !IsExactTiling(district.Value, outline))
            .ToList();
        if (suspects.Count == 0)
            return;
        OverlapsAmong([.. suspects.SelectMany(district => district.Value)], [.. byDistrict.Values.SelectMany(grids => grids)], file);
        foreach (var (district, grids) in suspects)
        {
            if (outlines.TryGetValue(district, out var outline))
                CompareWithOutline(grids, outline, inPart.Contains(district) ? null : outlineFile);
        }
    }

    // If every side inside the district is run through once each way, what is left of all sides together is the boundary of the sum of the
    // grids' areas. When that is the outline itself, the sum covers each point inside once and no point outside: neither overlap nor gap.
    private static bool IsExactTiling(List<AreaShape> grids, AreaShape outline)
    {
        var left = new Dictionary<(Coordinate, Coordinate), int>();
        foreach (var grid in grids)
            Count(grid.Geometry, left, 1);
        Count(outline.Geometry, left, -1);
        return left.Count == 0;
    }

    private static void Count(Geometry area, Dictionary<(Coordinate, Coordinate), int> sides, int sign)
    {
        for (var i = 0; i < area.NumGeometries; i++)
        {
            var polygon = (Polygon)area.GetGeometryN(i);
            Count(polygon.ExteriorRing.Coordinates, Orientation.IsCCW(polygon.ExteriorRing.CoordinateSequence), sides, sign);
            foreach (var hole in polygon.InteriorRings)
                Count(hole.Coordinates, !Orientation.IsCCW(hole.CoordinateSequence), sides, sign);
        }
    }

    private static void Count(Coordinate[] ring, bool forward, Dictionary<(Coordinate, Coordinate), int> sides, int sign)
    {
        for (var i = 0; i + 1 < ring.Length; i++)
        {
            var (from, to) = forward ? (ring[i], ring[i + 1]) : (ring[i + 1], ring[i]);
            var (side, step) = from.CompareTo(to) < 0 ? ((from, to), sign) : ((to, from), -sign);
            var sum = sides.GetValueOrDefault(side) + step;
            if (sum == 0)
                sides.Remove(side);
            else
                sides[side] = sum;
        }
    }

    private void OverlapsAmong(List<AreaShape> suspects, List<AreaShape> all, string where)
    {
        var index = new STRtree<AreaShape>();
        foreach (var shape in all)
            index.Insert(shape.Geometry.EnvelopeInternal, shape);
        var done = new HashSet<(int, int)>();
        foreach (var suspect in suspects)
        {
            foreach (var other in index.Query(suspect.Geometry.EnvelopeInternal))
            {
                var pair = suspect.Order < other.Order ? (suspect.Order, other.Order) : (other.Order, suspect.Order);
                if (ReferenceEquals(suspect, other) || !done.Add(pair))
                    continue;
                var common = OverlayNGRobust.Overlay(suspect.Geometry, other.Geometry, SpatialFunction.Intersection);
                if (Thick(common) is { } part)
                    faults.Add(where, Math.Max(suspect.Line, other.Line), CityPackFaultCode.OverlappingPolygon,
                        $"{suspect.Code} 与 {other.Code} 重叠，位置 {At(part)}。",
                        $"{suspect.Code} and {other.Code} overlap at {At(part)}.");
            }
        }
    }

    private void CompareWithOutline(List<AreaShape> grids, AreaShape outline, string? outlineFile)
    {
        if (outlineFile is not null)
            FindGaps(grids, outline, outlineFile);
        foreach (var grid in grids)
        {
            if (Thick(OverlayNGRobust.Overlay(grid.Geometry, outline.Geometry, SpatialFunction.Difference)) is { } part)
                faults.Add(file, grid.Line, CityPackFaultCode.OutsideDistrict,
                    $"{grid.Code} 超出 {outline.Code} 的轮廓，位置 {At(part)}。",
                    $"{grid.Code} reaches out of {outline.Code} at {At(part)}.");
        }
    }

    private void FindGaps(List<AreaShape> grids, AreaShape outline, string outlineFile)
    {
        var union = OverlayNGRobust.Union(grids.Select(grid => grid.Geometry));
        var gaps = OverlayNGRobust.Overlay(outline.Geometry, union, SpatialFunction.Difference);
        foreach (var gap in Parts(gaps).Where(IsThick))
            faults.Add(outlineFile, outline.Line, CityPackFaultCode.GapInDistrict,
                $"{outline.Code} 的网格之间有空隙，位置 {At(gap)}。",
                $"The grids of {outline.Code} leave a gap at {At(gap)}.");
    }

    private static string At(Polygon part) => FormattableString.Invariant($"{part.InteriorPoint.X:0.#####}, {part.InteriorPoint.Y:0.#####}");

    private static Polygon? Thick(Geometry area) => Parts(area).Where(IsThick).MaxBy(part => part.Area);

    private static IEnumerable<Polygon> Parts(Geometry area) =>
        Enumerable.Range(0, area.NumGeometries).Select(area.GetGeometryN).OfType<Polygon>().Where(part => !part.IsEmpty);

    // Twice the area by the perimeter is the mean width of a long strip.
    private static bool IsThick(Polygon part)
    {
        var east = MetresPerDegree * Math.Cos(part.EnvelopeInternal.Centre.Y * Math.PI / 180);
        var perimeter = 0.0;
        var ring = part.ExteriorRing.Coordinates;
        for (var i = 0; i + 1 < ring.Length; i++)
            perimeter += Math.Sqrt(Math.Pow((ring[i + 1].X - ring[i].X) * east, 2) + Math.Pow((ring[i + 1].Y - ring[i].Y) * MetresPerDegree, 2));
        return 2 * part.Area * east * MetresPerDegree > ToleranceMetres * perimeter;
    }
}
