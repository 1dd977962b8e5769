using System.Collections.Immutable;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using WhistleActors.Domain.Geography;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads a GeoJSON (RFC 7946) feature collection of polygons.</summary>
internal sealed class AreaFile(string file, FaultList faults)
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    private int order;

    /// <summary>
    /// The features in order, each with its area; the area is null, with a fault noted, where it is not sound. Null when the file cannot be read.
    /// </summary>
    internal static List<(JsonCursor Feature, JsonItem Properties, AreaShape? Shape)>? Read(PackText? text, FaultList faults)
    {
        if (text is null || JsonItem.Read(text, faults) is not { } item)
            return null;
        var reader = new AreaFile(text.File, faults);
        var root = new JsonCursor(text.File, item, faults);
        if (root.Text("type") is { Length: > 0 } type && type != "FeatureCollection")
            root.Fault(root.Line, CityPackFaultCode.MalformedJson, "应为 FeatureCollection。", "This must be a FeatureCollection.");
        reader.CheckReferenceSystem(item);
        var areas = new List<(JsonCursor, JsonItem, AreaShape?)>();
        foreach (var feature in root.Objects("features"))
        {
            if (feature.Member("properties", JsonValueKind.Object) is not { } properties)
                continue;
            var code = properties.Members.TryGetValue("code", out var named) ? named.Text : "";
            var shape = feature.Member("geometry", JsonValueKind.Object) is { } geometry ? reader.Shape(code, geometry) : null;
            areas.Add((feature, properties, shape));
        }

        return areas;
    }

    // RFC 7946 has no reference systems but WGS-84; files after the older draft may still name one.
    private void CheckReferenceSystem(JsonItem root)
    {
        if (!root.Members.TryGetValue("crs", out var crs) || crs.Kind == JsonValueKind.Null)
            return;
        var name = crs.Members.GetValueOrDefault("properties")?.Members.GetValueOrDefault("name")?.Text ?? "";
        if (!name.EndsWith(":CRS84", StringComparison.Ordinal) && !name.EndsWith(":4326", StringComparison.Ordinal))
            faults.Add(file, crs.Line, CityPackFaultCode.WrongDatum,
                $"坐标参照系须为 WGS-84，现为“{name}”。",
                $"The reference system must be WGS-84; it is '{name}'.");
    }

    private AreaShape? Shape(string code, JsonItem geometry)
    {
        var type = geometry.Members.GetValueOrDefault("type")?.Text;
        var coordinates = geometry.Members.GetValueOrDefault("coordinates");
        if (coordinates is not { Kind: JsonValueKind.Array, Items.Count: > 0 } || type is not ("Polygon" or "MultiPolygon"))
        {
            faults.Add(file, geometry.Line, CityPackFaultCode.InvalidPolygon,
                $"{code}：几何应为非空的 Polygon 或 MultiPolygon。",
                $"{code}: the geometry must be a Polygon or MultiPolygon that is not empty.");
            return null;
        }

        var polygons = ImmutableArray.CreateBuilder<GeoPolygon>();
        var outlines = new List<Polygon>();
        foreach (var polygon in type == "Polygon" ? (IReadOnlyList<JsonItem>)[coordinates] : coordinates.Items)
        {
            var rings = polygon.Items.Select(ring => Ring(code, ring)).ToList();
            if (rings.Count == 0 || rings.Contains(null))
                return null;
            polygons.Add(new GeoPolygon(rings[0]!.Value, [.. rings.Skip(1).Select(ring => ring!.Value)]));
            outlines.Add(Factory.CreatePolygon(LinearRing(rings[0]!.Value), [.. rings.Skip(1).Select(ring => LinearRing(ring!.Value))]));
        }

        Geometry whole = outlines.Count == 1 ? outlines[0] : Factory.CreateMultiPolygon([.. outlines]);
        if (new IsValidOp(whole).ValidationError is not { } error)
            return new AreaShape(order++, code, geometry.Line, new GeoArea(polygons.ToImmutable()), whole);
        var at = FormattableString.Invariant($"{error.Coordinate.X:0.######}, {error.Coordinate.Y:0.######}");
        faults.Add(file, geometry.Line, CityPackFaultCode.InvalidPolygon,
            $"{code}：多边形无效，位置 {at}（{error.Message}）。",
            $"{code}: the polygon is invalid at {at}: {error.Message}.");
        return null;
    }

    private ImmutableArray<LonLat>? Ring(string code, JsonItem ring)
    {
        var points = ImmutableArray.CreateBuilder<LonLat>(ring.Items.Count);
        foreach (var position in ring.Items)
        {
            if (position.Items is not [{ Kind: JsonValueKind.Number } lon, { Kind: JsonValueKind.Number } lat, ..])
            {
                faults.Add(file, position.Line, CityPackFaultCode.MalformedJson,
                    $"{code}：坐标应为 [经度, 纬度]。",
                    $"{code}: a position must be [longitude, latitude].");
                return null;
            }

            var point = new LonLat(lon.Number, lat.Number);
            if (!point.IsOnGlobe)
            {
                faults.Add(file, position.Line, CityPackFaultCode.OffGlobe,
                    FormattableString.Invariant($"{code}：坐标 {point.Lon}, {point.Lat} 不在地球上；经纬度是否颠倒？"),
                    FormattableString.Invariant($"{code}: the position {point.Lon}, {point.Lat} is not on the globe; are longitude and latitude swapped?"));
                return null;
            }

            points.Add(point);
        }

        if (points.Count > 0 && points[0] != points[^1])
        {
            faults.Add(file, ring.Line, CityPackFaultCode.UnclosedRing,
                $"{code}：环未闭合，首尾两点不同。",
                $"{code}: the ring is not closed; its first and last points differ.");
            return null;
        }

        if (points.Count >= 4)
            return points.ToImmutable();
        faults.Add(file, ring.Line, CityPackFaultCode.InvalidPolygon, $"{code}：环至少要有四个点。", $"{code}: a ring has at least four points.");
        return null;
    }

    private static LinearRing LinearRing(ImmutableArray<LonLat> ring) =>
        Factory.CreateLinearRing([.. ring.Select(point => new Coordinate(point.Lon, point.Lat))]);
}
