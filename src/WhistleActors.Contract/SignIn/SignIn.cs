namespace WhistleActors.Contract.SignIn;

/// <summary>Development sign-in: say who you are and be believed. Served on loopback only.</summary>
/// <param name="Person">Your id, such as <c>zhang.san</c>.</param>
/// <param name="Name">Your name as others see it.</param>
/// <param name="Organisation">Code of a subdistrict, department or district; the city pack's id for the city.</param>
/// <param name="Role"><c>subdistrict-officer</c>, <c>subdistrict-leader</c>, <c>dispatcher</c>, <c>crew</c>, <c>commander</c>, <c>observer</c> or <c>administrator</c>.</param>
public sealed record SignInRequest(string? Person, string? Name, string? Organisation, string? Role);

/// <summary>A token for the <c>Authorization: Bearer</c> header.</summary>
public sealed record SignInAnswer(string Token, DateTimeOffset ExpiresAt);
