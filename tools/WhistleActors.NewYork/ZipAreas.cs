using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace WhistleActors.NewYork;

/// <summary>
/// Reads the ZIP areas and makes a tiling of them: polygons of one ZIP become one area, invalid ones are repaired, and where two areas
/// overlap the common part stays with the smaller (a building's own ZIP code lies inside its neighbourhood's).
/// </summary>
internal static class ZipAreas
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    internal static List<ZipArea> Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var features = json.RootElement.GetProperty("features").EnumerateArray().Select(feature =>
        {
            var properties = feature.GetProperty("properties");
            return new ZipArea(
                properties.GetProperty("ZIPCODE").GetString()!,
                properties.GetProperty("PO_NAME").GetString()!,
                properties.GetProperty("COUNTY").GetString()!,
                GeometryFixer.Fix(Shape(feature.GetProperty("geometry"))));
        });
        var whole = features.GroupBy(area => area.Zip).Select(parts =>
            parts.MaxBy(part => part.Area.Area)! with { Area = OverlayNGRobust.Union(parts.Select(part => part.Area)) });
        return [.. WithoutOverlaps([.. whole.OrderBy(area => area.Area.Area)]).OrderBy(area => area.Zip, StringComparer.Ordinal)];
    }

    private static IEnumerable<ZipArea> WithoutOverlaps(List<ZipArea> smallestFirst)
    {
        var index = new STRtree<int>();
        for (var i = 0; i < smallestFirst.Count; i++)
            index.Insert(smallestFirst[i].Area.EnvelopeInternal, i);
        for (var i = 0; i < smallestFirst.Count; i++)
        {
            var area = smallestFirst[i].Area;
            foreach (var smaller in index.Query(area.EnvelopeInternal).Where(other => other < i).Order())
                area = OverlayNGRobust.Overlay(area, smallestFirst[smaller].Area, SpatialFunction.Difference);
            var polygons = Enumerable.Range(0, area.NumGeometries).Select(area.GetGeometryN).OfType<Polygon>().Where(polygon => polygon.Area > 0).ToArray();
            if (polygons.Length > 0)
                yield return smallestFirst[i] with { Area = polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons) };
        }
    }

    private static Geometry Shape(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() == "Polygon"
            ? Polygon(coordinates)
            : Factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(Polygon)]);
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var linear = rings.EnumerateArray()
            .Select(ring => Factory.CreateLinearRing([.. ring.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))]))
            .ToArray();
        return Factory.CreatePolygon(linear[0], linear[1..]);
    }
}
