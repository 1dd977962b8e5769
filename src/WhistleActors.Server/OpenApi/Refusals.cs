using WhistleActors.Contract.Problems;

namespace WhistleActors.Server.OpenApi;

/// <summary>Names in the API document the ways in which an endpoint says no.</summary>
internal static class Refusals
{
    internal static RouteHandlerBuilder ProducesRefusals(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<Problem>(status, Problems.Problems.ContentType);
        return endpoint;
    }

    /// <summary>What every endpoint of a group may answer.</summary>
    internal static RouteGroupBuilder ProducesRefusals(this RouteGroupBuilder group, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problems.Problems.ContentType]));
        return group;
    }

    internal static RouteHandlerBuilder ProducesCommandRefusals(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesRefusals(400, 403, 404, 409, 412, 413, 415, 422, 429).WithMetadata(CommandMarker.Instance);
}

/// <summary>Marks a command, so that the API document names its headers.</summary>
internal sealed class CommandMarker
{
    internal static readonly CommandMarker Instance = new();
}
