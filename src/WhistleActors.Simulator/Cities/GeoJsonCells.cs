using System.Collections.Immutable;
using System.Text.Json;
using WhistleActors.Domain.Geography;

namespace WhistleActors.Simulator.Cities;

/// <summary>Reads the server's grid shapes (RFC 7946, polygons and multi-polygons).</summary>
internal static class GeoJsonCells
{
    public static IReadOnlyList<Cell> Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(ReadCell)];
    }

    private static Cell ReadCell(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        return new Cell(Text("code"), Text("subdistrict"), Text("district"), ReadArea(feature.GetProperty("geometry")));

        string Text(string name) => properties.GetProperty(name).GetString()!;
    }

    private static GeoArea ReadArea(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        return new GeoArea(geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [ReadPolygon(coordinates)],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(ReadPolygon)],
            var other => throw new FormatException($"A grid is a {other}, neither Polygon nor MultiPolygon."),
        });
    }

    private static GeoPolygon ReadPolygon(JsonElement rings)
    {
        ImmutableArray<ImmutableArray<LonLat>> read = [.. rings.EnumerateArray().Select(ReadRing)];
        return new GeoPolygon(read[0], read[1..]);
    }

    private static ImmutableArray<LonLat> ReadRing(JsonElement ring) => [.. ring.EnumerateArray().Select(point => new LonLat(point[0].GetDouble(), point[1].GetDouble()))];
}
