using WhistleActors.Domain.Geography;

namespace WhistleActors.Domain.Territory;

/// <summary>A grid cell (网格): the smallest piece of territory, the place where a whistle sounds and departments check in.</summary>
/// <param name="Area">Its closed outline, WGS-84; grids of one city neither overlap nor leave gaps.</param>
public sealed record Grid(
    GridCode Code,
    LocalizedText Name,
    CommunityCode Community,
    SubdistrictCode Subdistrict,
    DistrictCode District,
    GeoArea Area);
