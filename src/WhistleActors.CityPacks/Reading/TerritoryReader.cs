using System.Collections.Frozen;
using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using WhistleActors.Domain;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads the territory tree and its areas.</summary>
internal sealed class TerritoryReader(PackFolder folder, FaultList faults, GridCodeScheme scheme)
{
    // The largest prefecture is some hundred kilometres across; swapped coordinates land in another part of the world.
    private const double FarFromSeatMetres = 500_000;

    private readonly Registry<DistrictCode, DistrictRow> districts = new();
    private readonly Registry<SubdistrictCode, Subdistrict> subdistricts = new();
    private readonly Registry<CommunityCode, Community> communities = new();
    private readonly Registry<GridCode, Grid> grids = new();
    private readonly Dictionary<DistrictCode, AreaShape> outlines = [];
    private readonly Dictionary<string, List<AreaShape>> shapesByDistrict = [];

    // Where a grid could not be read, what is missing must not be reported a second time as a gap or an empty unit.
    private readonly HashSet<string> districtsInPart = [];
    private readonly HashSet<CommunityCode> communitiesWithGrids = [];

    private sealed record DistrictRow(DistrictCode Code, LocalizedText Name, LonLat Seat);

    internal IEnumerable<DistrictCode> Districts => districts.Lines.Keys;

    internal bool Knows(DistrictCode code) => districts.Knows(code);

    internal bool Knows(SubdistrictCode code) => subdistricts.Knows(code);

    internal bool Declares(SubdistrictCode code) => subdistricts.Lines.ContainsKey(code);

    /// <summary>Reads and checks everything; the result is whole only when no fault was noted.</summary>
    internal CityTerritory Read()
    {
        var districtFile = folder.Required("districts.csv");
        var subdistrictFile = folder.Required("subdistricts.csv");
        var communityFile = folder.Required("communities.csv");
        ReadDistricts(districtFile);
        ReadSubdistricts(subdistrictFile);
        ReadCommunities(communityFile);
        var outlineFile = folder.Optional("districts.geojson");
        ReadOutlines(outlineFile);
        var gridFile = folder.Required("grids.geojson");
        ReadGrids(gridFile);
        if (subdistricts.IsReadable)
            NothingBelow(districtFile, districts.Lines, subdistricts.Things.Values.Select(below => below.District));
        if (communities.IsReadable)
            NothingBelow(subdistrictFile, subdistricts.Lines, communities.Things.Values.Select(below => below.Subdistrict));
        if (grids.IsReadable)
            NothingBelow(communityFile, communities.Lines, communitiesWithGrids);
        var outlinesByDistrict = outlines.ToDictionary(outline => outline.Key.Text, outline => outline.Value);
        if (gridFile is not null)
            new TilingCheck(gridFile.File, faults).Run(shapesByDistrict, outlinesByDistrict, outlineFile?.File ?? "", districtsInPart);
        return Build();
    }

    private void ReadDistricts(PackText? text)
    {
        var table = CsvTable.Read(text, faults, "code", "name_zh", "name_en", "seat_lon", "seat_lat");
        districts.IsReadable = table.IsReadable;
        foreach (var row in table.Rows)
        {
            var (code, name, lon, lat) = (row.Code<DistrictCode>("code"), row.Names("name"), row.Degrees("seat_lon"), row.Degrees("seat_lat"));
            if (!districts.Declare(code, row.File, row.Line, faults) || code is not { } known)
                continue;
            CheckShape(row, CodeShape.Fits(scheme, known), known.Text);
            if (lon is { } x && lat is { } y && row.OnGlobe(x, y, "seat") is { } seat)
                districts.Things[known] = new DistrictRow(known, name, seat);
        }
    }

    private void ReadSubdistricts(PackText? text)
    {
        var table = CsvTable.Read(text, faults, "code", "district", "name_zh", "name_en", "kind");
        subdistricts.IsReadable = table.IsReadable;
        foreach (var row in table.Rows)
        {
            var (code, above, name, kind) = (row.Code<SubdistrictCode>("code"), row.Code<DistrictCode>("district"), row.Names("name"), row.Text("kind"));
            if (!subdistricts.Declare(code, row.File, row.Line, faults) || code is not { } known || above is not { } district)
                continue;
            if (districts.Knows(district))
                CheckShape(row, CodeShape.Fits(scheme, known, district), known.Text);
            else
                row.Fault(CityPackFaultCode.UnknownParent, $"区 {district} 不存在。", $"The district {district} does not exist.");
            subdistricts.Things[known] = new Subdistrict(known, district, name, kind);
        }
    }

    private void ReadCommunities(PackText? text)
    {
        var table = CsvTable.Read(text, faults, "code", "subdistrict", "name_zh", "name_en");
        communities.IsReadable = table.IsReadable;
        foreach (var row in table.Rows)
        {
            var (code, above, name) = (row.Code<CommunityCode>("code"), row.Code<SubdistrictCode>("subdistrict"), row.Names("name"));
            if (!communities.Declare(code, row.File, row.Line, faults) || code is not { } known || above is not { } subdistrict)
                continue;
            if (subdistricts.Knows(subdistrict))
                CheckShape(row, CodeShape.Fits(scheme, known, subdistrict), known.Text);
            else
                row.Fault(CityPackFaultCode.UnknownParent, $"街乡 {subdistrict} 不存在。", $"The subdistrict {subdistrict} does not exist.");
            communities.Things[known] = new Community(known, subdistrict, name);
        }
    }

    private static void CheckShape(CsvRow row, bool fits, string code)
    {
        if (!fits)
            row.Fault(CityPackFaultCode.CodeAgainstScheme,
                $"代码 {code} 不符合编码规则或上级代码。",
                $"The code {code} does not fit the scheme or the code of the unit above.");
    }

    private void ReadOutlines(PackText? text)
    {
        var seen = new Registry<DistrictCode, AreaShape>();
        foreach (var (feature, properties, shape) in AreaFile.Read(text, faults) ?? [])
        {
            var code = Code<DistrictCode>(feature, properties, "code");
            if (!seen.Declare(code, feature.File, properties.Line, faults) || code is not { } known)
                continue;
            if (!districts.Knows(known))
                feature.Fault(properties.Line, CityPackFaultCode.UnknownDistrict,
                    $"区 {known} 不存在。",
                    $"The district {known} does not exist.");
            else if (shape is not null && IsNearSeat(feature, shape, known))
                outlines[known] = shape;
        }

        if (text is null)
            return;
        foreach (var absent in districts.Lines.Keys.Where(code => !seen.Knows(code)))
            faults.Add(text.File, 0, CityPackFaultCode.MissingValue,
                $"缺少区 {absent} 的轮廓。",
                $"The outline of the district {absent} is missing.");
    }

    private void ReadGrids(PackText? text)
    {
        var features = AreaFile.Read(text, faults);
        grids.IsReadable = features is not null;
        foreach (var (feature, properties, shape) in features ?? [])
        {
            var (code, above) = (Code<GridCode>(feature, properties, "code"), Code<CommunityCode>(feature, properties, "community"));
            if (above is { } used)
                communitiesWithGrids.Add(used);
            if (shape is null || code is null || above is null)
                NoteInPart(above);
            if (!grids.Declare(code, feature.File, properties.Line, faults) || code is not { } known || above is not { } community)
                continue;
            if (!communities.Knows(community))
                feature.Fault(properties.Line, CityPackFaultCode.UnknownParent,
                    $"{known}：社区 {community} 不存在。",
                    $"{known}: the community {community} does not exist.");
            else if (!CodeShape.Fits(scheme, known, community))
                feature.Fault(properties.Line, CityPackFaultCode.CodeAgainstScheme,
                    $"代码 {known} 不符合编码规则或社区代码。",
                    $"The code {known} does not fit the scheme or the code of its community.");
            if (!communities.Things.TryGetValue(community, out var place) || !subdistricts.Things.TryGetValue(place.Subdistrict, out var subdistrict))
            {
                NoteInPart(community);
                continue;
            }

            var name = properties.Members.ContainsKey("name") ? new JsonCursor(feature.File, properties, faults).Names("name") : place.Name;
            grids.Things[known] = new Grid(known, name, community, subdistrict.Code, subdistrict.District, shape?.Area ?? new GeoArea([]));
            if (shape is null || !IsNearSeat(feature, shape, subdistrict.District))
            {
                NoteInPart(community);
                continue;
            }

            if (!shapesByDistrict.TryGetValue(subdistrict.District.Text, out var shapes))
                shapesByDistrict.Add(subdistrict.District.Text, shapes = []);
            shapes.Add(shape);
        }
    }

    private void NoteInPart(CommunityCode? code)
    {
        if (code is { } community
            && communities.Things.TryGetValue(community, out var place)
            && subdistricts.Things.TryGetValue(place.Subdistrict, out var subdistrict))
            districtsInPart.Add(subdistrict.District.Text);
        else
            districtsInPart.UnionWith(districts.Lines.Keys.Select(district => district.Text));
    }

    private T? Code<T>(JsonCursor feature, JsonItem properties, string name)
        where T : struct, Domain.Codes.ICode<T>
    {
        var text = new JsonCursor(feature.File, properties, faults).Text(name);
        if (text.Length == 0)
            return null;
        if (T.TryParse(text, out var code))
            return code;
        feature.Fault(properties.Line, CityPackFaultCode.BadCode, $"“{name}”不是有效代码：{text}。", $"'{name}' is not a code: {text}.");
        return null;
    }

    private bool IsNearSeat(JsonCursor feature, AreaShape shape, DistrictCode code)
    {
        if (!districts.Things.TryGetValue(code, out var district))
            return true;
        var point = shape.Area.Polygons[0].Shell[0];
        if (new GeoArea([new GeoPolygon([point, point], [])]).DistanceMetres(district.Seat) <= FarFromSeatMetres)
            return true;
        feature.Fault(shape.Line, CityPackFaultCode.FarFromSeat,
            $"{shape.Code} 距区驻地数百公里；经纬度是否颠倒？",
            $"{shape.Code} lies hundreds of kilometres from the seat of its district; are longitude and latitude swapped?");
        return false;
    }

    private void NothingBelow<T>(PackText? text, IReadOnlyDictionary<T, int> lines, IEnumerable<T> used)
        where T : struct, Domain.Codes.ICode<T>
    {
        var known = used.ToHashSet();
        foreach (var (code, line) in lines.Where(unit => !known.Contains(unit.Key)))
            faults.Add(text!.File, line, CityPackFaultCode.NothingBelow, $"{code.Text} 没有下级单元。", $"{code.Text} has nothing below it.");
    }

    private CityTerritory Build() => new(
        faults.Any
            ? FrozenDictionary<DistrictCode, District>.Empty
            : districts.Things.ToFrozenDictionary(
                district => district.Key,
                district => new District(district.Key, district.Value.Name, district.Value.Seat, AreaOf(district.Key))),
        subdistricts.Things.ToFrozenDictionary(),
        communities.Things.ToFrozenDictionary(),
        grids.Things.ToFrozenDictionary());

    private GeoArea AreaOf(DistrictCode code)
    {
        if (outlines.TryGetValue(code, out var outline))
            return outline.Area;
        var union = OverlayNGRobust.Union(shapesByDistrict[code.Text].Select(shape => shape.Geometry));
        return new GeoArea([.. Enumerable.Range(0, union.NumGeometries).Select(union.GetGeometryN).OfType<Polygon>().Select(polygon =>
            new GeoPolygon(Ring(polygon.ExteriorRing), [.. polygon.InteriorRings.Select(Ring)]))]);
    }

    private static ImmutableArray<LonLat> Ring(LineString ring) => [.. ring.Coordinates.Select(point => new LonLat(point.X, point.Y))];
}
