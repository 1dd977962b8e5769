using System.Collections.Immutable;

namespace WhistleActors.Domain.Geography;

/// <summary>One polygon: a closed shell and closed holes (first point = last point), WGS-84.</summary>
public sealed record GeoPolygon(ImmutableArray<LonLat> Shell, ImmutableArray<ImmutableArray<LonLat>> Holes);
