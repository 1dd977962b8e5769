using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace WhistleActors.Bench;

/// <summary>The city pack <c>beijing</c> with several grids in each community instead of one: small squares around its middle.</summary>
internal static class LargePack
{
    private const double Side = 0.00005;
    private const double Pitch = 0.00006;
    private const int PerRow = 4;

    /// <returns>The folder.</returns>
    internal static string Write(string folder, int gridsPerCommunity)
    {
        Directory.CreateDirectory(folder);
        const string Grids = "grids.geojson.gz";
        var beijing = Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing");

        // Without outlines of districts nobody minds that the squares leave gaps.
        foreach (var file in Directory.GetFiles(beijing).Where(file => !file.EndsWith(".geojson.gz", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using var given = JsonDocument.Parse(new GZipStream(File.OpenRead(Path.Combine(beijing, Grids)), CompressionMode.Decompress));
        using var text = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder, Grids)), CompressionLevel.Fastest));
        text.Write("""{"type":"FeatureCollection","features":[""");
        var separator = "";
        foreach (var feature in given.RootElement.GetProperty("features").EnumerateArray())
        {
            // Schematic cells are convex: the mean of the corners lies inside.
            var community = feature.GetProperty("properties").GetProperty("community").GetString();
            var ring = feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Skip(1).Select(point => (Lon: point[0].GetDouble(), Lat: point[1].GetDouble())).ToList();
            var (lon, lat) = (ring.Average(corner => corner.Lon), ring.Average(corner => corner.Lat));
            for (var i = 0; i < gridsPerCommunity; i++)
            {
                var (west, south) = (lon + (((i % PerRow) - (PerRow / 2)) * Pitch), lat + (((i / PerRow) - (PerRow / 2)) * Pitch));
                var (east, north) = (west + Side, south + Side);
                text.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""{{{separator}}}{"type":"Feature","properties":{"code":"{{{community}}}{{{i + 1:000}}}","community":"{{{community}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{west:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{south:F6}}}],[{{{east:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{north:F6}}}],[{{{west:F6}}},{{{south:F6}}}]]]}}"""));
                separator = ",\n";
            }
        }

        text.Write("]}");
        return folder;
    }
}
