using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>What is known of a district by hand: names, the well-known coordinates of its seat, roughly its middle, its published area (km²).</summary>
internal sealed record DistrictPlan(string Code, string NameZh, string NameEn, double SeatLon, double SeatLat, Coordinate Centre, double AreaKm2)
{
    internal Coordinate Seat => Plane.FromDegrees(SeatLon, SeatLat);

    internal string ShortZh => NameZh[..^1];

    internal string ShortEn => NameEn.Replace(" District", "", StringComparison.Ordinal);

    internal static List<DistrictPlan> Read(string file) => Csv.Read(file).ConvertAll(row => new DistrictPlan(
        row["code"], row["name_zh"], row["name_en"], Csv.Number(row["seat_lon"]), Csv.Number(row["seat_lat"]),
        Plane.FromDegrees(Csv.Number(row["centre_lon"]), Csv.Number(row["centre_lat"])), Csv.Number(row["area_km2"])));
}
