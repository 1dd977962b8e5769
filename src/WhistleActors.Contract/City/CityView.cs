namespace WhistleActors.Contract.City;

/// <summary>The city that this server coordinates.</summary>
/// <param name="Provenance">What in the pack is real, what derived, what illustrative.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Bounds">West, south, east, north in degrees WGS-84.</param>
/// <param name="Occasions">Names to show, by wire name; the same for levels and chains.</param>
public sealed record CityView(
    string Pack,
    string PackVersion,
    Text Name,
    Text Provenance,
    string TimeZone,
    IReadOnlyList<double> Bounds,
    IReadOnlyDictionary<string, Text> Occasions,
    IReadOnlyDictionary<string, Text> Levels,
    IReadOnlyDictionary<string, Text> Chains,
    IReadOnlyList<DistrictView> Districts,
    int Subdistricts,
    int Communities,
    int Grids,
    int Departments);

/// <summary>A district.</summary>
/// <param name="Seat">Longitude and latitude of its seat, WGS-84.</param>
public sealed record DistrictView(string Code, Text Name, IReadOnlyList<double> Seat);

/// <summary>A subdistrict or township.</summary>
public sealed record SubdistrictView(string Code, string District, Text Name, string Kind);

/// <summary>A class of problem.</summary>
public sealed record MatterView(string Code, Text Name, Text Category);

/// <summary>A grid and what is open in it.</summary>
/// <param name="Area">GeoJSON geometry, WGS-84.</param>
/// <param name="InnerPoint">Longitude and latitude of a point well inside.</param>
public sealed record GridView(
    string Code,
    Text Name,
    string Community,
    Text CommunityName,
    string Subdistrict,
    Text SubdistrictName,
    string District,
    GeometryView Area,
    IReadOnlyList<double> InnerPoint,
    IReadOnlyList<Whistles.WhistleView> OpenWhistles);

/// <summary>A GeoJSON MultiPolygon (RFC 7946).</summary>
public sealed record GeometryView(string Type, IReadOnlyList<IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>> Coordinates);

/// <summary>Whom the duty list would summon for a matter in a grid.</summary>
public sealed record ProposalView(string Grid, string Matter, IReadOnlyList<ProposedSummonsView> Summonses);

/// <summary>One proposed department and the law that binds it.</summary>
/// <param name="Basis">Null for the backstop, and for a department that leads because it whistles.</param>
/// <param name="Backstop">True for the command centre that stands in where the duty list names no lead.</param>
/// <param name="Ruling">The ruling that put it in the place of the one that the duty list names; null when it is that one.</param>
public sealed record ProposedSummonsView(
    string Department, Text Name, Whistles.DutyRole Role, string? Basis, bool Backstop = false, Whistles.PrecedentView? Ruling = null);
