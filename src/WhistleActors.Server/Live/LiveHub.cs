using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Boards;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Live;

/// <summary>What a screen may ask for. What it is told comes by <see cref="LiveScreen"/>. How third parties use it: docs/live-protocol.md.</summary>
[Authorize]
public sealed class LiveHub(LiveBoard board, BoardFrames frames, LiveScreens screens, CityPack pack) : Hub
{
    /// <summary>Follows a board: frames come from a position on, or from a snapshot, until <see cref="Unfollow"/>, or until the board is told to have ended.</summary>
    /// <param name="scope"><c>city</c>, <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> or <c>whistle:</c> and a code.</param>
    /// <param name="position">How far the client has followed; null for a snapshot.</param>
    public void Follow(string scope, BoardPosition? position)
    {
        var screen = screens.Of(Context);
        if (screen.SignIn.Ended is { } ended)
            throw new HubException(ended);
        var asked = BoardScope.Parse(scope) ?? throw new HubException("unknown-board: expected city, district:, subdistrict:, department: or whistle: and a code");
        if (asked.ShownTo(Context.User!.Officer().Organisation, pack) is not { } shown)
            throw new HubException($"board-not-yours: your organisation does not see {scope}");
        screen.Follow(asked.Name, () => new BoardReader(board, frames, shown, position));
    }

    /// <summary>Stops following a board. After its answer nothing of the board comes any more.</summary>
    public void Unfollow(string scope) => screens.Of(Context).Unfollow(scope);
}
