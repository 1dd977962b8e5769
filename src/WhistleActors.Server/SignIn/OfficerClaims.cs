using System.Globalization;
using System.Security.Claims;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Server.SignIn;

/// <summary>How a token says who acts, and for whom.</summary>
internal static class OfficerClaims
{
    internal const string Person = "sub";
    internal const string Name = "name";
    internal const string Organisation = "org";
    internal const string Role = "role";

    /// <summary>The officer whom the request's token names.</summary>
    internal static Officer Officer(this HttpContext http) => http.User.Officer();

    /// <summary>When a token ends; one that does not say has ended.</summary>
    internal static DateTimeOffset SignedInUntil(this ClaimsPrincipal user) => user.Instant("exp");

    /// <summary>When a token was issued; one that does not say, long ago.</summary>
    internal static DateTimeOffset SignedInAt(this ClaimsPrincipal user) => user.Instant("iat");

    /// <summary>The officer whom a token names.</summary>
    internal static Officer Officer(this ClaimsPrincipal user) => new(
        PersonId.Parse(user.FindFirstValue(Person)),
        user.FindFirstValue(Name) ?? "",
        OrganisationCode.Parse(user.FindFirstValue(Organisation)),
        RoleNames.Parse(user.FindFirstValue(Role)) ?? Domain.Officers.Role.Observer);

    private static DateTimeOffset Instant(this ClaimsPrincipal user, string claim) =>
        long.TryParse(user.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
}
