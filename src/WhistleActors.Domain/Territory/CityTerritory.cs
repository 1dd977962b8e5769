using System.Collections.Frozen;

namespace WhistleActors.Domain.Territory;

/// <summary>The territory tree of a city: district, subdistrict, community, grid.</summary>
public sealed record CityTerritory(
    FrozenDictionary<DistrictCode, District> Districts,
    FrozenDictionary<SubdistrictCode, Subdistrict> Subdistricts,
    FrozenDictionary<CommunityCode, Community> Communities,
    FrozenDictionary<GridCode, Grid> Grids);
