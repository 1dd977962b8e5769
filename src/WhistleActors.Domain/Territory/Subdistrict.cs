namespace WhistleActors.Domain.Territory;

/// <summary>A subdistrict or township (街乡): the body that blows whistles.</summary>
/// <param name="Kind">The city's own word for the kind, such as 街道, 镇, 乡; shown, never interpreted.</param>
public sealed record Subdistrict(SubdistrictCode Code, DistrictCode District, LocalizedText Name, string Kind);
