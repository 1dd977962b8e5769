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
public sealed class LiveHub(LiveBoard board, BoardFrames frames, CityPack pack, TimeProvider clock) : Hub
{
    /// <summary>Boards that one connection may follow at once.</summary>
    internal const int MostStreams = 8;

    // A client tries elsewhere after this; its picture is not fresh any more by then.
    private static readonly TimeSpan PatienceForJournal = TimeSpan.FromSeconds(5);

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
        var streams = (StreamCount)(Context.Items[nameof(StreamCount)] ??= new StreamCount());
        if (Interlocked.Increment(ref streams.Count) > MostStreams)
        {
            Interlocked.Decrement(ref streams.Count);
            throw new HubException($"too-many-boards: one connection follows at most {MostStreams}");
        }

        return FramesAsync(shown, position, streams, cancelled);
    }

    private async IAsyncEnumerable<LiveFrame> FramesAsync(
        BoardScope scope, BoardPosition? position, StreamCount streams, [EnumeratorCancellation] CancellationToken cancelled)
    {
        try
        {
            var reader = new BoardReader(board, frames, scope, position);
            await PrepareAsync(reader, cancelled);
            while (true)
            {
                var frame = await reader.NextAsync(cancelled);
                CheckSignIn();
                yield return new LiveFrame(frame);
            }
        }
        finally
        {
            Interlocked.Decrement(ref streams.Count);
        }
    }

    private async Task PrepareAsync(BoardReader reader, CancellationToken cancelled)
    {
        using var patience = new CancellationTokenSource(PatienceForJournal, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancelled);
        try
        {
            await reader.PrepareAsync(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new HubException("board-behind: this node has not yet read the journal to its end; come back, or go to another");
        }
    }

    // A connection lives longer than the token that it began with; heartbeats see to it that this is looked at every few seconds.
    private void CheckSignIn()
    {
        if (clock.GetUtcNow() >= Context.User!.SignedInUntil())
            throw new HubException("sign-in-expired: connect again with a new token");
    }

    private sealed class StreamCount
    {
        internal int Count;
    }
}
