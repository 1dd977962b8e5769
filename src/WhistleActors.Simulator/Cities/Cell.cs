using WhistleActors.Domain.Geography;

namespace WhistleActors.Simulator.Cities;

/// <summary>A grid as the simulator needs it.</summary>
internal sealed record Cell(string Code, string Subdistrict, string District, GeoArea Area);
