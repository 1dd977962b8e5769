using System.Globalization;
using System.IO.Compression;
using System.Text;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>Writes a GeoJSON feature collection with one feature a line, gzip-compressed; the header carries no time, so that equal input gives equal bytes.</summary>
internal static class GeoJsonFile
{
    internal static void Write(string file, IEnumerable<(string Properties, Geometry Area)> features)
    {
        var text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[\n");
        text.AppendJoin(",\n", features.Select(feature => $"{{\"type\":\"Feature\",\"properties\":{{{feature.Properties}}},\"geometry\":{Shape(feature.Area)}}}"));
        text.Append("\n]}\n");
        using var zip = new GZipStream(File.Create(file), CompressionLevel.SmallestSize);
        zip.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Shape(Geometry area)
    {
        var polygons = Enumerable.Range(0, area.NumGeometries).Select(i => (Polygon)area.GetGeometryN(i)).Select(Rings).ToList();
        return polygons.Count == 1
            ? $"{{\"type\":\"Polygon\",\"coordinates\":{polygons[0]}}}"
            : $"{{\"type\":\"MultiPolygon\",\"coordinates\":[{string.Join(',', polygons)}]}}";
    }

    // RFC 7946: shells counter-clockwise, holes clockwise. Each ring starts at its least vertex, so that the bytes do not hang on chance.
    private static string Rings(Polygon polygon) =>
        $"[{string.Join(',', polygon.InteriorRings.Select(hole => Ring(hole.Coordinates, false)).Prepend(Ring(polygon.ExteriorRing.Coordinates, true)))}]";

    private static string Ring(Coordinate[] ring, bool counterClockwise)
    {
        var open = ring[..^1];
        if (Orientation.IsCCW(ring) != counterClockwise)
            Array.Reverse(open);
        var start = Array.IndexOf(open, open.Min());
        return $"[{string.Join(',', open[start..].Concat(open[..(start + 1)]).Select(Point))}]";
    }

    private static string Point(Coordinate point) => string.Create(CultureInfo.InvariantCulture, $"[{point.X:0.######},{point.Y:0.######}]");
}
