using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;

namespace WhistleActors.BeijingPack;

/// <summary>
/// Cuts the city into districts, subdistricts and communities. All borders are laid together as lines, rounded to 1e-6 degrees by one
/// snap-rounding, and the faces between them are given to the community whose site is nearest: so neighbours share exactly the same vertices.
/// </summary>
internal sealed class Tessellation(
    IReadOnlyList<DistrictPlan> districts,
    IReadOnlyDictionary<string, List<string>> subdistricts,
    IReadOnlyDictionary<string, List<string>> communities)
{
    /// <summary>Degrees are kept to a millionth (11 cm).</summary>
    internal static readonly PrecisionModel Micro = new(1_000_000);

    private static readonly GeometryFactory Planar = new();
    private static readonly GeometryFactory Degrees = new(Micro, 4326);

    private readonly Dice dice = new(20180210);
    private readonly List<Geometry> borders = [];

    private sealed record Part(string Code, Site Site, List<Part> Parts);

    /// <summary>The area of each community, in degrees.</summary>
    internal SortedDictionary<string, Geometry> Cut()
    {
        var city = CityOutline.OnPlane(Planar);
        var sites = PowerDiagram.FitAreas(city, [.. districts.Select(district => district.Centre)], [.. districts.Select(district => district.AreaKm2)], 1500);
        var parts = new List<Part>();
        for (var i = 0; i < districts.Count; i++)
        {
            var area = PowerDiagram.CellWithin(city, sites, i);
            var seatInside = area.Contains(Planar.CreatePoint(districts[i].Seat));
            Console.WriteLine($"{districts[i].NameEn}: {area.Area:F0} of {districts[i].AreaKm2:F0} km², seat inside: {seatInside}");
            parts.Add(new Part(districts[i].Code, sites[i], CutDistrict(districts[i], area)));
        }

        return Dissolve(Faces(), parts);
    }

    private List<Part> CutDistrict(DistrictPlan district, Geometry area)
    {
        var codes = subdistricts[district.Code];
        var core = 0.4 * Math.Sqrt(area.Area / Math.PI);
        var sites = SitePlacer.Place(area, codes.Count, district.Seat, core, 12, dice);

        // The lists begin with the old streets around the seat and end with the outlying townships: nearer sites get earlier codes.
        sites = [.. sites.OrderBy(site => site.Point.Distance(district.Seat))];

        // A subdistrict of many communities is larger than its neighbours, though not in proportion.
        var usual = codes.Average(code => communities[code].Count);
        var wanted = sites.Select((_, i) => PowerDiagram.CellWithin(area, sites, i).Area * Math.Clamp(Math.Sqrt(communities[codes[i]].Count / usual), 0.6, 1.6)).ToList();
        sites = PowerDiagram.FitAreas(area, sites.ConvertAll(site => site.Point), wanted, 40);
        return [.. sites.Select((site, i) => new Part(codes[i], site, CutSubdistrict(codes[i], PowerDiagram.CellWithin(area, sites, i))))];
    }

    private List<Part> CutSubdistrict(string code, Geometry area)
    {
        var codes = communities[code];
        var sites = InReadingOrder(SitePlacer.Place(area, codes.Count, area.Centroid.Coordinate, Math.Sqrt(area.Area), 6, dice));
        for (var i = 0; i < sites.Count; i++)
            borders.Add(PowerDiagram.CellWithin(area, sites, i));
        return [.. sites.Select((site, i) => new Part(codes[i], site, []))];
    }

    // Rows from north to south, each from west to east, as the Beijing standard numbers cells.
    private static List<Site> InReadingOrder(List<Site> sites)
    {
        var perRow = (int)Math.Ceiling(Math.Sqrt(sites.Count));
        return [.. sites.OrderByDescending(site => site.Point.Y).Chunk(perRow).SelectMany(row => row.OrderBy(site => site.Point.X))];
    }

    private List<Polygon> Faces()
    {
        var lines = new List<ISegmentString>();
        foreach (var cell in borders)
        {
            foreach (var polygon in Enumerable.Range(0, cell.NumGeometries).Select(cell.GetGeometryN).OfType<Polygon>())
                lines.Add(new NodedSegmentString([.. polygon.ExteriorRing.Coordinates.Select(Plane.ToDegrees)], null));
        }

        var noder = new SnapRoundingNoder(Micro);
        noder.ComputeNodes(lines);
        var edges = new HashSet<(Coordinate, Coordinate)>();
        var polygonizer = new Polygonizer();
        foreach (var line in noder.GetNodedSubstrings())
        {
            for (var i = 0; i + 1 < line.Coordinates.Length; i++)
            {
                var (a, b) = (line.Coordinates[i], line.Coordinates[i + 1]);
                if (a.CompareTo(b) > 0)
                    (a, b) = (b, a);
                if (!a.Equals2D(b) && edges.Add((a, b)))
                    polygonizer.Add(Degrees.CreateLineString([a, b]));
            }
        }

        return [.. polygonizer.GetPolygons().Cast<Polygon>()];
    }

    private static SortedDictionary<string, Geometry> Dissolve(List<Polygon> faces, List<Part> parts)
    {
        var owners = faces.ConvertAll(face => OwnerOf(Plane.FromDegrees(face.InteriorPoint.X, face.InteriorPoint.Y), parts));
        for (var moved = true; moved;)
            moved = JoinStrays(faces, owners);
        var areas = new SortedDictionary<string, Geometry>(StringComparer.Ordinal);
        foreach (var group in faces.Zip(owners).GroupBy(pair => pair.Second, pair => pair.First))
            areas.Add(group.Key, group.Count() == 1 ? group.First() : CoverageUnion.Union(Degrees.CreateMultiPolygon([.. group])));
        return areas;
    }

    private static string OwnerOf(Coordinate point, List<Part> parts)
    {
        while (true)
        {
            var part = parts[Site.NearestTo(point, parts.ConvertAll(candidate => candidate.Site))];
            if (part.Parts.Count == 0)
                return part.Code;
            parts = part.Parts;
        }
    }

    // A cell that the concave outline of the city tears apart keeps its largest face; the others go to the neighbour with the longest common
    // border, one of the same subdistrict or district if there is any.
    private static bool JoinStrays(List<Polygon> faces, List<string> owners)
    {
        var sides = new Dictionary<(Coordinate, Coordinate), List<int>>();
        for (var f = 0; f < faces.Count; f++)
        {
            foreach (var side in Sides(faces[f]))
            {
                if (!sides.TryGetValue(side, out var both))
                    sides.Add(side, both = []);
                both.Add(f);
            }
        }

        var moved = false;
        foreach (var group in Enumerable.Range(0, faces.Count).GroupBy(f => owners[f]).Where(group => group.Count() > 1).ToList())
        {
            var connected = new HashSet<int> { group.MaxBy(f => faces[f].Area) };
            var open = new Queue<int>(connected);
            while (open.TryDequeue(out var f))
            {
                foreach (var next in Sides(faces[f]).SelectMany(side => sides[side]).Where(next => owners[next] == group.Key && connected.Add(next)))
                    open.Enqueue(next);
            }

            foreach (var stray in group.Where(f => !connected.Contains(f)))
            {
                var neighbour = Sides(faces[stray]).SelectMany(side => sides[side].Select(f => (f, length: side.Item1.Distance(side.Item2))))
                    .Where(side => owners[side.f] != group.Key)
                    .GroupBy(side => owners[side.f])
                    .OrderByDescending(side => Math.Max(Common(side.Key, group.Key, 9), Common(side.Key, group.Key, 6)))
                    .ThenByDescending(side => side.Sum(part => part.length))
                    .FirstOrDefault();
                if (neighbour is null)
                    continue;
                owners[stray] = neighbour.Key;
                moved = true;
            }
        }

        return moved;
    }

    private static int Common(string a, string b, int digits) => a[..digits] == b[..digits] ? digits : 0;

    private static IEnumerable<(Coordinate, Coordinate)> Sides(Polygon face)
    {
        var ring = face.ExteriorRing.Coordinates;
        for (var i = 0; i + 1 < ring.Length; i++)
            yield return ring[i].CompareTo(ring[i + 1]) < 0 ? (ring[i], ring[i + 1]) : (ring[i + 1], ring[i]);
    }
}
