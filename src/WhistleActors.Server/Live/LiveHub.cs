using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Boards;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Live;

/// <summary>
/// Streams a board to a screen. The next frame is taken when the one before has gone out, from whatever changed since: so a slow screen
/// costs one position, and never makes the server grow. How third parties use it: docs/live-protocol.md.
/// </summary>
[Authorize]
public sealed class LiveHub(LiveBoard board, BoardFrames frames, CityPack pack, TimeProvider clock) : StreamHub(clock)
{
    /// <summary>Boards that one connection may follow at once.</summary>
    internal const int MostStreams = 8;

    /// <summary>Follows a board: <see cref="BoardFrame"/>s from a position on, or from a snapshot.</summary>
    /// <param name="scope"><c>city</c>, <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> or <c>whistle:</c> and a code.</param>
    /// <param name="position">How far the client has followed; null for a snapshot.</param>
    public IAsyncEnumerable<LiveFrame> Follow(string scope, BoardPosition? position, CancellationToken cancelled)
    {
        CheckSignIn();
        var asked = BoardScope.Parse(scope) ?? throw new HubException("unknown-board: expected city, district:, subdistrict:, department: or whistle: and a code");
        var shown = BoardScope.SeenBy(Context.User!.Officer().Organisation, pack) is { } seen ? asked.For(seen, pack) : null;
        if (shown is null)
            throw new HubException($"board-not-yours: your organisation does not see {scope}");
        return FramesAsync(shown, position, OneMoreStream(MostStreams, "too-many-boards"), cancelled);
    }

    private async IAsyncEnumerable<LiveFrame> FramesAsync(
        BoardScope scope, BoardPosition? position, IDisposable stream, [EnumeratorCancellation] CancellationToken cancelled)
    {
        using (stream)
        {
            var reader = new BoardReader(board, frames, scope, position);
            await PrepareAsync(reader.PrepareAsync, cancelled);
            while (true)
            {
                var frame = await reader.NextAsync(cancelled);
                CheckSignIn();
                yield return new LiveFrame(frame);
            }
        }
    }
}
