using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using WhistleActors.BeijingPack;

if (args is not [var source, var pack])
{
    Console.Error.WriteLine("usage: WhistleActors.BeijingPack <source folder> <pack folder>");
    return 2;
}

var districts = DistrictPlan.Read(Path.Combine(source, "districts.csv"));
string[] order = ["街道", "地区", "功能区", "镇", "乡"];
var subdistricts = Csv.Read(Path.Combine(pack, "subdistricts.csv"))
    .OrderBy(row => Array.IndexOf(order, row["kind"])).ThenBy(row => row["code"], StringComparer.Ordinal)
    .GroupBy(row => row["district"], row => row["code"]).ToDictionary(group => group.Key, group => group.ToList());
var communities = Csv.Read(Path.Combine(pack, "communities.csv"))
    .GroupBy(row => row["subdistrict"], row => row["code"]).ToDictionary(group => group.Key, group => group.ToList());

var areas = new Tessellation(districts, subdistricts, communities).Cut();
Csv.Write(Path.Combine(pack, "districts.csv"), ["code", "name_zh", "name_en", "seat_lon", "seat_lat"], districts.Select(district =>
    new[] { district.Code, district.NameZh, district.NameEn, FormattableString.Invariant($"{district.SeatLon}"), FormattableString.Invariant($"{district.SeatLat}") }));
new Organisation(source, pack, districts, subdistricts).Write();
GeoJsonFile.Write(Path.Combine(pack, "grids.geojson.gz"), areas.Select(area => ($"\"code\":\"{area.Key}001\",\"community\":\"{area.Key}\"", area.Value)));
GeoJsonFile.Write(Path.Combine(pack, "districts.geojson.gz"), districts.Select(district => ($"\"code\":\"{district.Code}\"", OutlineOf(district.Code))));
Console.WriteLine($"{areas.Count} grids, {areas.Values.Sum(area => area.NumPoints)} vertices, {areas.Values.Count(area => area.NumGeometries > 1)} in several pieces");
return 0;

Geometry OutlineOf(string district) =>
    CoverageUnion.Union(new GeometryFactory().CreateGeometryCollection([.. areas.Where(area => area.Key.StartsWith(district, StringComparison.Ordinal)).Select(area => area.Value)]));
