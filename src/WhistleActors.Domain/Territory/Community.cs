namespace WhistleActors.Domain.Territory;

/// <summary>A community or village (社区/村).</summary>
public sealed record Community(CommunityCode Code, SubdistrictCode Subdistrict, LocalizedText Name);
