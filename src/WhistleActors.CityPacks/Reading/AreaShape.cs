using NetTopologySuite.Geometries;
using WhistleActors.Domain.Geography;

namespace WhistleActors.CityPacks.Reading;

/// <summary>A sound area of a GeoJSON file, with its code, in the two forms that are needed: the domain's, and one to check with.</summary>
internal sealed record AreaShape(int Order, string Code, int Line, GeoArea Area, Geometry Geometry);
