using System.Text.Json;
using Microsoft.Net.Http.Headers;
using WhistleActors.CityPacks;
using WhistleActors.Contract;
using WhistleActors.Contract.City;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Geography;

namespace WhistleActors.Server.City;

/// <summary>What the city pack says about the city. Changes only with the pack, so callers may keep it under its ETag.</summary>
internal static class CityEndpoints
{
    internal static void MapCity(this RouteGroupBuilder api)
    {
        var city = api.MapGroup("/city").WithTags("City");
        city.MapGet("/", (HttpContext http, CityDocuments documents) => documents.Answer(http, documents.City, "application/json"))
            .WithSummary("The city that this server coordinates. 本市概况。").Produces<CityView>();
        city.MapGet("/districts.geojson", (HttpContext http, CityDocuments documents) => documents.Answer(http, documents.Districts, "application/geo+json"))
            .WithSummary("Outlines of the districts. 各区轮廓。").Produces<object>(200, "application/geo+json");
        city.MapGet("/grids.geojson", (HttpContext http, CityDocuments documents) => documents.Answer(http, documents.Grids, "application/geo+json"))
            .WithSummary("Outlines of all grids. 全部网格轮廓。").Produces<object>(200, "application/geo+json");
        city.MapGet("/subdistricts", (HttpContext http, CityDocuments documents) => documents.Answer(http, documents.Subdistricts, "application/json"))
            .WithSummary("Subdistricts and townships. 街乡。").Produces<IReadOnlyList<SubdistrictView>>();
        city.MapGet("/matters", (HttpContext http, CityDocuments documents) => documents.Answer(http, documents.Matters, "application/json"))
            .WithSummary("Matters. 事项清单。").Produces<IReadOnlyList<MatterView>>();
    }
}

/// <summary>The documents about the city, made once from the pack.</summary>
internal sealed class CityDocuments
{
    private readonly string tag;

    public CityDocuments(CityPack pack)
    {
        // Quoted for HTTP; the version names the content because a pack is never changed under its version.
        tag = $"\"{Uri.EscapeDataString($"{pack.Id}/{pack.Version}")}\"";
        Districts = CityMap.Districts(pack);
        Grids = CityMap.Grids(pack);
        Subdistricts = JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<SubdistrictView>>(
            [.. pack.Territory.Subdistricts.Values.OrderBy(s => s.Code.Text, StringComparer.Ordinal)
                .Select(s => new SubdistrictView(s.Code.Text, s.District.Text, s.Name.ToText(), s.Kind))],
            ContractJson.Types.IReadOnlyListSubdistrictView);
        Matters = JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<MatterView>>(
            [.. pack.Matters.Values.OrderBy(m => m.Code.Text, StringComparer.Ordinal)
                .Select(m => new MatterView(m.Code.Text, m.Name.ToText(), m.Category.ToText()))],
            ContractJson.Types.IReadOnlyListMatterView);
        City = JsonSerializer.SerializeToUtf8Bytes(
            new CityView(
                pack.Id,
                pack.Version,
                pack.Name.ToText(),
                pack.Provenance.ToText(),
                pack.Calendar.Zone.Id,
                Bounds(pack.Territory.Districts.Values.Select(district => district.Area)),
                Names(pack.OccasionNames),
                Names(pack.LevelNames),
                Names(pack.ChainNames),
                [.. pack.Territory.Districts.Values.OrderBy(d => d.Code.Text, StringComparer.Ordinal)
                    .Select(d => new DistrictView(d.Code.Text, d.Name.ToText(), [d.Seat.Lon, d.Seat.Lat]))],
                pack.Territory.Subdistricts.Count,
                pack.Territory.Communities.Count,
                pack.Territory.Grids.Count,
                pack.Departments.Count),
            ContractJson.Types.CityView);
    }

    internal byte[] City { get; }

    internal byte[] Districts { get; }

    internal byte[] Grids { get; }

    internal byte[] Subdistricts { get; }

    internal byte[] Matters { get; }

    internal IResult Answer(HttpContext http, byte[] document, string contentType)
    {
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(document, contentType, entityTag: new EntityTagHeaderValue(tag));
    }

    private static Dictionary<string, Text> Names<T>(IReadOnlyDictionary<T, Domain.LocalizedText> names)
        where T : struct, Enum =>
        names.OrderBy(name => name.Key).ToDictionary(name => JsonNamingPolicy.KebabCaseLower.ConvertName(name.Key.ToString()), name => name.Value.ToText());

    private static double[] Bounds(IEnumerable<GeoArea> areas)
    {
        var points = areas.SelectMany(area => area.Polygons).SelectMany(polygon => polygon.Shell).ToList();
        return [points.Min(p => p.Lon), points.Min(p => p.Lat), points.Max(p => p.Lon), points.Max(p => p.Lat)];
    }
}
