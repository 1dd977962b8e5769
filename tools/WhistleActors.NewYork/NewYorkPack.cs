using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using NetTopologySuite.Geometries;

namespace WhistleActors.NewYork;

/// <summary>
/// Builds a city pack of New York from the city's open data: ZIP areas as grids, counties as districts, agencies as departments of the
/// whole city, complaint types as matters with their agency as lead. Limits, calendar, crews and scores are chosen for the purpose.
/// </summary>
public static class NewYorkPack
{
    /// <summary>The source file with the service requests.</summary>
    public const string RequestFile = "service-requests-2024-04-16.csv";

    /// <summary>The source file with the ZIP areas.</summary>
    public const string AreaFile = "zip-code-areas.geojson";

    private const string ValidFrom = "2024-01-01";
    private const string Basis = "311 practice: the agency that the request was routed to (NYC Open Data erm2-nwe9)";
    private const int CrewsPerAgency = 8;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Names, and where the borough hall stands.
    private static readonly Dictionary<string, (string Zh, string En, double Lon, double Lat)> Counties = new(StringComparer.Ordinal)
    {
        ["Bronx"] = ("布朗克斯", "The Bronx (Bronx County)", -73.9236, 40.8262),
        ["Kings"] = ("布鲁克林", "Brooklyn (Kings County)", -73.9903, 40.6925),
        ["New York"] = ("曼哈顿", "Manhattan (New York County)", -74.0060, 40.7128),
        ["Queens"] = ("皇后区", "Queens (Queens County)", -73.8277, 40.7136),
        ["Richmond"] = ("史泰登岛", "Staten Island (Richmond County)", -74.0763, 40.6424),
    };

    /// <summary>Builds the pack of the source folder's files in another folder, which is made when it is not there.</summary>
    /// <exception cref="IOException">A source file is missing or the folder cannot be written.</exception>
    public static void Build(string sourceFolder, string packFolder)
    {
        var requests = ServiceRequests.Read(Path.Combine(sourceFolder, RequestFile));
        var areas = ZipAreas.Read(Path.Combine(sourceFolder, AreaFile));
        Directory.CreateDirectory(packFolder);
        WriteManifest(packFolder);
        WriteTerritory(packFolder, areas);
        WriteAgencies(packFolder, requests);
        WriteMatters(packFolder, requests);
        WriteRules(packFolder);
    }

    private static void WriteTerritory(string folder, List<ZipArea> areas)
    {
        static string Subdistrict(ZipArea area) => NewYorkCode.Plain(area.County + area.PostOffice);
        Table(folder, "districts.csv", ["code", "name_zh", "name_en", "seat_lon", "seat_lat"], Counties.Select(county =>
            (string[])[NewYorkCode.Plain(county.Key), county.Value.Zh, county.Value.En, Degrees(county.Value.Lon), Degrees(county.Value.Lat)]));
        Table(folder, "subdistricts.csv", ["code", "district", "name_zh", "name_en", "kind"], areas.DistinctBy(Subdistrict).Select(area =>
            (string[])[Subdistrict(area), NewYorkCode.Plain(area.County), area.PostOffice, area.PostOffice, "post office"]));
        Table(folder, "communities.csv", ["code", "subdistrict", "name_zh", "name_en"], areas.Select(area =>
            (string[])[area.Zip, Subdistrict(area), $"{area.PostOffice} {area.Zip}", $"{area.PostOffice} {area.Zip}"]));
        using var file = new StreamWriter(Path.Combine(folder, "grids.geojson")) { NewLine = "\n" };
        file.WriteLine("{\"type\":\"FeatureCollection\",\"features\":[");
        for (var i = 0; i < areas.Count; i++)
        {
            var properties = $"{{\"code\":\"{areas[i].Zip}\",\"community\":\"{areas[i].Zip}\"}}";
            file.WriteLine($"{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{Shape(areas[i].Area)}}}{(i + 1 < areas.Count ? "," : "")}");
        }

        file.WriteLine("]}");
    }

    private static void WriteAgencies(string folder, IReadOnlyList<ServiceRequest> requests)
    {
        var agencies = requests.DistinctBy(request => request.Department).OrderBy(request => request.Department, StringComparer.Ordinal).ToList();
        Table(folder, "departments.csv", ["code", "bureau", "district", "name_zh", "name_en", "short_zh", "short_en", "kind"],
            agencies.Select(agency => (string[])[agency.Department, agency.Department, "", agency.AgencyName, agency.AgencyName, agency.Agency, agency.Agency, "bureau"])
                .Append(["command-centre", "command-centre", "", "纽约市应急管理局", "New York City Emergency Management", "应急管理局", "NYCEM", "command-centre"]));
        Table(folder, "crews.csv", ["code", "department", "name_zh", "name_en", "size"],
            from agency in agencies
            from number in Enumerable.Range(1, CrewsPerAgency)
            select (string[])[$"{agency.Department}-{number}", agency.Department, $"{agency.Agency} {number}组", $"{agency.Agency} Crew {number}", "2"]);
    }

    private static void WriteMatters(string folder, IReadOnlyList<ServiceRequest> requests)
    {
        var matters = requests.GroupBy(request => request.Matter).OrderBy(matter => matter.Key, StringComparer.Ordinal).ToList();
        Table(folder, "matters.csv", ["code", "name_zh", "name_en", "category_zh", "category_en"], matters.Select(matter =>
            (string[])[matter.Key, matter.First().ComplaintType, matter.First().ComplaintType, "311", "311"]));

        // Some types went to more than one agency: the one with the most leads, the others cooperate.
        Table(folder, "duties.csv", ["matter", "bureau", "role", "basis", "valid_from", "valid_to"], matters.SelectMany(matter =>
            matter.GroupBy(request => request.Department).OrderByDescending(agency => agency.Count()).ThenBy(agency => agency.Key, StringComparer.Ordinal)
                .Select((agency, rank) => (string[])[matter.Key, agency.Key, rank == 0 ? "lead" : "cooperating", Basis, ValidFrom, ""])));
    }

    private static void WriteRules(string folder)
    {
        Table(folder, "deadlines.csv", ["clock", "level", "matter", "department_kind", "amount", "unit"],
        [
            ["sign", "", "", "", "60", "minutes"],
            ["sign", "emergency", "", "", "5", "minutes"],
            ["check-in", "", "", "", "8", "working-hours"],
            ["check-in", "campaign", "", "", "2", "working-days"],
            ["check-in", "emergency", "", "", "45", "minutes"],
        ]);
        Table(folder, "calendar.csv", ["date", "day", "name_zh", "name_en"],
        [
            ["2024-01-01", "free", "元旦", "New Year's Day"],
            ["2024-05-27", "free", "阵亡将士纪念日", "Memorial Day"],
            ["2024-07-04", "free", "独立日", "Independence Day"],
            ["2024-09-02", "free", "劳工节", "Labor Day"],
            ["2024-11-28", "free", "感恩节", "Thanksgiving Day"],
            ["2024-12-25", "free", "圣诞节", "Christmas Day"],
        ]);
        Json(folder, "score-schemes.json", new JsonObject
        {
            ["schemes"] = new JsonArray(new JsonObject
            {
                ["code"] = "new-york-illustrative",
                ["name"] = Names("示意", "Illustrative"),
                ["validFrom"] = ValidFrom,
                ["indicators"] = new JsonArray(
                    new JsonObject { ["indicator"] = "check-in-on-time", ["weight"] = 70 },
                    new JsonObject { ["indicator"] = "public-satisfaction", ["weight"] = 30 }),
            }),
        });
    }

    private static void WriteManifest(string folder) => Json(folder, "pack.json", new JsonObject
    {
        ["format"] = 1,
        ["id"] = "new-york",
        ["version"] = "2024.1",
        ["validFrom"] = ValidFrom,
        ["name"] = Names("纽约市", "New York City"),
        ["provenance"] = Names(
            "真实：邮政编码区边界、机构、诉求类型（纽约市开放数据）。推导：同一邮编的多个多边形合并为一个网格，无效多边形经修复，重叠部分归较小者；主责为诉求实际派往的机构。示意：时限、日历、力量、考核。",
            "Real: ZIP areas, agencies, complaint types (NYC Open Data). Derived: polygons of one ZIP are one grid, invalid ones are repaired, overlaps go to the smaller area; the lead is the agency that requests were routed to. Illustrative: limits, calendar, crews, scores."),
        ["timeZone"] = "America/New_York",
        ["datum"] = "wgs84",
        ["gridCodeScheme"] = "free",
        ["checkIn"] = new JsonObject { ["maxAccuracyMetres"] = 100, ["maxAgeSeconds"] = 300 },
        ["workingWeek"] = new JsonObject
        {
            ["days"] = new JsonArray("monday", "tuesday", "wednesday", "thursday", "friday"),
            ["hours"] = new JsonArray(new JsonObject { ["from"] = "09:00", ["to"] = "17:00" }),
        },
        ["occasions"] = new JsonObject
        {
            ["public-demand"] = Names("市民诉求", "311 request"),
            ["key-work"] = Names("重点工作", "Priority work"),
            ["joint-enforcement"] = Names("联合执法", "Multi-agency enforcement"),
            ["emergency"] = Names("应急处置", "Emergency"),
        },
        ["levels"] = new JsonObject { ["daily"] = Names("日常", "Routine"), ["campaign"] = Names("攻坚", "Priority"), ["emergency"] = Names("应急", "Emergency") },
        ["chains"] = new JsonObject
        {
            ["enforcement"] = Names("执法", "Enforcement"),
            ["management"] = Names("管理", "Management"),
            ["service"] = Names("服务", "Service"),
            ["development"] = Names("发展", "Development"),
        },
    });

    private static JsonObject Names(string zh, string en) => new() { ["zh"] = zh, ["en"] = en };

    private static void Json(string folder, string file, JsonObject content) => File.WriteAllText(Path.Combine(folder, file), content.ToJsonString(Indented));

    private static void Table(string folder, string file, string[] header, IEnumerable<string[]> rows)
    {
        using var writer = new CsvWriter(new StreamWriter(Path.Combine(folder, file)), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in rows.Prepend(header))
        {
            foreach (var cell in row)
                writer.WriteField(cell);
            writer.NextRecord();
        }
    }

    private static string Degrees(double degrees) => degrees.ToString(CultureInfo.InvariantCulture);

    private static string Shape(Geometry area)
    {
        var polygons = Enumerable.Range(0, area.NumGeometries).Select(i => (Polygon)area.GetGeometryN(i)).ToList();
        var texts = polygons.ConvertAll(polygon => $"[{string.Join(',', polygon.InteriorRings.Prepend(polygon.ExteriorRing).Select(Ring))}]");
        return texts.Count == 1 ? $"{{\"type\":\"Polygon\",\"coordinates\":{texts[0]}}}" : $"{{\"type\":\"MultiPolygon\",\"coordinates\":[{string.Join(',', texts)}]}}";
    }

    private static string Ring(LineString ring) => $"[{string.Join(',', ring.Coordinates.Select(point => $"[{Degrees(point.X)},{Degrees(point.Y)}]"))}]";
}
