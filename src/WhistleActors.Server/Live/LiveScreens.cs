using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Boards;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Live;

/// <summary>
/// All screens of this node. SignalR hands its connections over here, so that one and the same message may be written to thousands of them; how it
/// is carried to each of them stays SignalR's own.
/// </summary>
public sealed class LiveScreens(BoardFrames frames, AccessBook access, TimeProvider clock, ILogger<LiveScreens> log, ILogger<DefaultHubLifetimeManager<LiveHub>> hubLog)
    : DefaultHubLifetimeManager<LiveHub>(hubLog)
{
    // What is written waits in a buffer until a worker carries it on. Those of ten thousand screens at once are more than the shared pool keeps, and
    // would be garbage each time; so every few screens the workers get their turn first.
    private const int AtATime = 64;

    private readonly ConcurrentDictionary<string, LiveScreen> screens = new(StringComparer.Ordinal);

    /// <summary>How many are connected.</summary>
    internal int Count => screens.Count;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        screens[connection.ConnectionId] = new LiveScreen(connection, frames, new SignedIn(connection.User, access, clock), clock, log);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        screens.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }

    internal LiveScreen Of(HubCallerContext caller) => screens[caller.ConnectionId];

    /// <summary>Tells each screen what is new to it; no screen waits for another.</summary>
    internal async Task MoveOnAsync(BoardPulse pulse)
    {
        var written = 0;
        foreach (var (_, screen) in screens)
        {
            screen.MoveOn(pulse);
            if (++written % AtATime == 0)
                await Task.Yield();
        }
    }
}
