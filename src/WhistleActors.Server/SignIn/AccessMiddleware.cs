using Microsoft.AspNetCore.Authorization;
using WhistleActors.Actors.Access;
using WhistleActors.Server.Live;

namespace WhistleActors.Server.SignIn;

/// <summary>Lets nobody in whose access was withdrawn after their token was issued.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, AccessBook access)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.Identity is { IsAuthenticated: true } && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            // A node that has just started may not yet have heard whose access was withdrawn before.
            if (!access.Known.IsCompleted && await Task.WhenAny(access.Known, Task.Delay(Endings.PatienceForJournal, http.RequestAborted)) != access.Known)
            {
                await Problems.Problems.WriteAsync(http, Problems.Problems.AccessUnknown);
                return;
            }

            if (access.Refuses(http.Officer().Person, http.User.SignedInAt()))
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await Problems.Problems.WriteAsync(http, Problems.Problems.AccessWithdrawn);
                return;
            }
        }

        await next(http);
    }
}
