using WhistleActors.Domain.Geography;

namespace WhistleActors.Domain.Territory;

/// <summary>A district (区).</summary>
/// <param name="Seat">Where its government sits, WGS-84.</param>
/// <param name="Area">Its outline, WGS-84.</param>
public sealed record District(DistrictCode Code, LocalizedText Name, LonLat Seat, GeoArea Area);
