using System.Globalization;
using System.Text;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.Consistency.Nodes;

/// <summary>
/// The example city in a hurry: an emergency has to be signed within a minute and answered on the spot within two, parts of that are noticed, and each
/// community has four grids, so that some are left alone.
/// </summary>
internal sealed class Town : IDisposable
{
    private static readonly (string Community, double West, double South, double East, double North)[] Communities =
    [
        ("990101001001", 120.00, 30.00, 120.01, 30.01),
        ("990101001002", 120.01, 30.00, 120.02, 30.01),
        ("990101002001", 120.00, 30.01, 120.02, 30.02),
        ("990102001001", 120.02, 30.00, 120.03, 30.02),
        ("990102001002", 120.03, 30.00, 120.04, 30.02),
    ];

    private Town(string folder, CityPack pack) => (Folder, Pack) = (folder, pack);

    internal string Folder { get; }

    internal CityPack Pack { get; }

    /// <summary>In these grids people work all the time.</summary>
    internal IReadOnlyList<string> Busy { get; } = [.. Communities.SelectMany(community => new[] { "01", "02", "03" }.Select(quarter => community.Community + quarter))];

    /// <summary>In these nobody does anything between the blowing of a whistle and its last deadline: only time itself can wake them.</summary>
    internal IReadOnlyList<string> Silent { get; } = [.. Communities.Select(community => community.Community + "04")];

    internal static Town Build()
    {
        var folder = Directory.CreateTempSubdirectory("whistle-town-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "city-packs", "example")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Change("deadlines.csv", "sign,emergency,,,5,minutes", "sign,emergency,,,1,minutes");
        Change("deadlines.csv", "check-in,emergency,,,30,minutes", "check-in,emergency,,,2,minutes");
        Change("pack.json", "\"percents\": [50, 80], \"longerThanMinutes\": 120", "\"percents\": [20, 50, 80], \"longerThanMinutes\": 0");
        File.WriteAllText(Path.Combine(folder, "grids.geojson"), Grids());
        return CityPackReader.Read(folder) switch
        {
            CityPackReading.Loaded loaded => new Town(folder, loaded.Pack),
            CityPackReading.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Faults)),
            var other => throw new InvalidOperationException($"Unknown reading {other}."),
        };

        void Change(string file, string from, string to)
        {
            var path = Path.Combine(folder, file);
            var text = File.ReadAllText(path);
            if (!text.Contains(from, StringComparison.Ordinal))
                throw new InvalidOperationException($"{file} of the example city no longer says '{from}'.");
            File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Grids()
    {
        var json = new StringBuilder("""{"type":"FeatureCollection","features":[""");
        foreach (var (community, west, south, east, north) in Communities)
        {
            var (middle, half) = ((west + east) / 2, (south + north) / 2);
            Add(community, "01", west, south, middle, half);
            Add(community, "02", middle, south, east, half);
            Add(community, "03", west, half, middle, north);
            Add(community, "04", middle, half, east, north);
        }

        json.Length--;
        return json.Append("]}").ToString();

        void Add(string community, string quarter, double west, double south, double east, double north) => json.Append(CultureInfo.InvariantCulture, $$$"""
            {"type":"Feature","properties":{"code":"{{{community}}}{{{quarter}}}","community":"{{{community}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{west:R}}},{{{south:R}}}],[{{{east:R}}},{{{south:R}}}],[{{{east:R}}},{{{north:R}}}],[{{{west:R}}},{{{north:R}}}],[{{{west:R}}},{{{south:R}}}]]]}},
            """);
    }
}
