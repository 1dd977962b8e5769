using System.Security.Claims;
using WhistleActors.Actors.Access;
using WhistleActors.Domain.Officers;
using WhistleActors.Server.Live;

namespace WhistleActors.Server.SignIn;

/// <summary>A token that a connection began with, which lives longer than a request: it may end, or be withdrawn, meanwhile. Thread-safe.</summary>
internal sealed class SignedIn(ClaimsPrincipal user, AccessBook access, TimeProvider clock)
{
    private readonly PersonId person = PersonId.Parse(user.FindFirstValue(OfficerClaims.Person));
    private readonly DateTimeOffset issued = user.SignedInAt();
    private readonly DateTimeOffset until = user.SignedInUntil();

    /// <summary>Why it does not count any more; null while it does.</summary>
    internal string? Ended =>
        access.Refuses(person, issued) ? Endings.AccessWithdrawn
        : clock.GetUtcNow() >= until ? Endings.SignInExpired
        : null;
}
