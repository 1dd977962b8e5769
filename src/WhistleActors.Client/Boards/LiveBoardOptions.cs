using Microsoft.AspNetCore.Http.Connections;

namespace WhistleActors.Client.Boards;

/// <summary>How a live board deals with a bad connection.</summary>
public sealed record LiveBoardOptions
{
    /// <summary>A connection that was silent for this long is given up; the server's heartbeats come at most 5 s apart.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The pause before the first attempt to connect again; it doubles with each further one, and a random share of it is taken.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two attempts. A server that comes back is found again within this time.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A picture younger than this counts as fresh.</summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How frames are written on the way: as packed bytes, or as text that a person can read.</summary>
    public FrameEncoding Encoding { get; init; } = FrameEncoding.MessagePack;

    /// <summary>The ways that may be tried; the best that passes is taken.</summary>
    public HttpTransportType Transports { get; init; } = HttpTransportType.WebSockets | HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;

    /// <summary>Where the random shares come from; tests give it a seed.</summary>
    public Random Random { get; init; } = Random.Shared;
}

/// <summary>How frames are written on the way.</summary>
public enum FrameEncoding
{
    /// <summary>The JSON of a frame as bytes, compressed when it is large. Where only text passes (server-sent events), the server's hub takes long polling.</summary>
    MessagePack,

    /// <summary>JSON, never compressed.</summary>
    Json,
}
