using System.Collections.Frozen;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Travel;

/// <summary>Where whistles and crews are, as one point each, WGS-84. Built once for a pack; thread-safe.</summary>
public sealed class CityPlaces
{
    private readonly CityPack pack;
    private readonly FrozenDictionary<GridCode, LonLat> grids;
    private readonly FrozenDictionary<SubdistrictCode, LonLat> posts;
    private readonly LonLat middle;

    public CityPlaces(CityPack pack)
    {
        this.pack = pack;
        grids = pack.Territory.Grids.Values.Where(grid => !grid.Area.Polygons.IsEmpty).ToFrozenDictionary(grid => grid.Code, grid => grid.Area.InnerPoint());
        posts = grids.GroupBy(grid => pack.Territory.Grids[grid.Key].Subdistrict, grid => grid.Value)
            .ToFrozenDictionary(points => points.Key, points => new LonLat(points.Average(point => point.Lon), points.Average(point => point.Lat)));
        var seats = pack.Territory.Districts.Values.Select(district => district.Seat).ToList();
        middle = seats.Count == 0 ? default : new LonLat(seats.Average(seat => seat.Lon), seats.Average(seat => seat.Lat));
    }

    /// <summary>The spot that the whistle names, or a point inside its grid; the seat of its district when the grid is not drawn.</summary>
    public LonLat Of(Whistle whistle) =>
        whistle.Place ?? (grids.TryGetValue(whistle.Id.Grid, out var point) ? point : SeatOf(whistle.District));

    /// <summary>Where a crew sets out from: its home, its post, the seat of its department's district, or the middle of the city.</summary>
    public LonLat Of(Crew crew) =>
        crew.Home
        ?? (crew.PostedTo is { } post && posts.TryGetValue(post, out var point) ? point
            : pack.Departments.GetValueOrDefault(crew.Department)?.District is { } district ? SeatOf(district)
            : middle);

    private LonLat SeatOf(DistrictCode district) => pack.Territory.Districts.GetValueOrDefault(district)?.Seat ?? middle;
}
