using Microsoft.AspNetCore.Http.Connections;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Which ways to the server are tried. A way that cannot be opened is passed over by the hub's own protocol. Some can be opened and let nothing
/// through (middleboxes that take a WebSocket and swallow it, or gather a response before they hand it on): after such a
/// connection the next one leaves that way out.
/// </summary>
internal sealed class TransportLadder(HttpTransportType allowed)
{
    private static readonly HttpTransportType[] BestFirst = [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    private readonly HttpTransportType all = allowed;
    private HttpTransportType left = allowed;
    private bool silent;

    /// <summary>The ways for the next connection.</summary>
    public HttpTransportType Next()
    {
        if (silent)
            left &= ~BestFirst.FirstOrDefault(way => left.HasFlag(way));
        if (left == HttpTransportType.None)
            left = all;
        silent = false;
        return left;
    }

    /// <summary>A connection is being opened; nothing has come through it yet.</summary>
    public void Opening() => silent = true;

    /// <summary>Something came through, or it was plainly refused: the way itself is not to blame.</summary>
    public void Heard() => silent = false;
}
