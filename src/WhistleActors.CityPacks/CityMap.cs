using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Geography;

namespace WhistleActors.CityPacks;

/// <summary>The map of a city for screens: two GeoJSON feature collections (RFC 7946, UTF-8), made for size. Not for deciding what is inside.</summary>
public static class CityMap
{
    // A hundred-thousandth of a degree is about a metre: less than a pixel on any screen that shows a city.
    private const int Decimals = 5;

    /// <summary>The outlines of the districts; properties <c>code</c>, <c>zh</c>, <c>en</c>, <c>lon</c>, <c>lat</c> (of the seat).</summary>
    public static byte[] Districts(CityPack pack) => Collection(writer =>
    {
        foreach (var district in pack.Territory.Districts.Values.OrderBy(district => district.Code.Text, StringComparer.Ordinal))
        {
            BeginFeature(writer, district.Code.Text);
            writer.WriteString("zh", district.Name.Zh);
            writer.WriteString("en", district.Name.En);
            writer.WriteNumber("lon", Rounded(district.Seat.Lon));
            writer.WriteNumber("lat", Rounded(district.Seat.Lat));
            EndFeature(writer, district.Area);
        }
    });

    /// <summary>All grids; properties <c>code</c>, <c>community</c>, <c>subdistrict</c>, <c>district</c>.</summary>
    public static byte[] Grids(CityPack pack) => Collection(writer =>
    {
        foreach (var grid in pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal))
        {
            BeginFeature(writer, grid.Code.Text);
            writer.WriteString("community", grid.Community.Text);
            writer.WriteString("subdistrict", grid.Subdistrict.Text);
            writer.WriteString("district", grid.District.Text);
            EndFeature(writer, grid.Area);
        }
    });

    private static byte[] Collection(Action<Utf8JsonWriter> features)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        features(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void BeginFeature(Utf8JsonWriter writer, string code)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("properties");
        writer.WriteString("code", code);
    }

    private static void EndFeature(Utf8JsonWriter writer, GeoArea area)
    {
        writer.WriteEndObject();
        writer.WriteStartObject("geometry");
        var single = area.Polygons.Length == 1;
        writer.WriteString("type", single ? "Polygon" : "MultiPolygon");
        writer.WritePropertyName("coordinates");
        if (!single)
            writer.WriteStartArray();
        foreach (var polygon in area.Polygons)
        {
            writer.WriteStartArray();
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
            {
                writer.WriteStartArray();
                foreach (var point in ring)
                {
                    writer.WriteStartArray();
                    writer.WriteNumberValue(Rounded(point.Lon));
                    writer.WriteNumberValue(Rounded(point.Lat));
                    writer.WriteEndArray();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        if (!single)
            writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static double Rounded(double degrees) => Math.Round(degrees, Decimals);
}
