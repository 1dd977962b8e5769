using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Server.Live;

/// <summary>
/// Streams a board to a screen. The next frame is made when the one before has gone out, from whatever changed since: so a slow screen
/// costs one position, and never makes the server grow.
/// </summary>
[Authorize]
public sealed class LiveHub(LiveBoard board, TimeProvider clock) : Hub
{
    /// <summary>Boards that one connection may follow at once.</summary>
    internal const int MostStreams = 8;

    // Changes of one moment travel together; 20 frames a second are more than an eye follows.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    /// <summary>Follows a board: <see cref="BoardFrame"/>s from a position on, or from a snapshot.</summary>
    /// <param name="scope"><c>city</c>, <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> or <c>whistle:</c> and a code.</param>
    /// <param name="position">How far the client has followed; null for a snapshot.</param>
    public IAsyncEnumerable<LiveFrame> Follow(string scope, BoardPosition? position, CancellationToken cancelled)
    {
        var shown = BoardScope.Parse(scope) ?? throw new HubException("unknown-board: expected city, district:, subdistrict:, department: or whistle: and a code");
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
            await board.CaughtUp.WaitAsync(cancelled);
            var reader = new BoardReader(board, scope, position);
            while (!cancelled.IsCancellationRequested)
            {
                yield return new LiveFrame(reader.Read(out var complete));
                if (!complete)
                    continue;

                var changed = reader.Changed;
                if (await Task.WhenAny(changed, Task.Delay(Heartbeat, clock, cancelled)) == changed)
                    await Task.Delay(Tick, clock, cancelled);
            }
        }
        finally
        {
            Interlocked.Decrement(ref streams.Count);
        }
    }

    private sealed class StreamCount
    {
        internal int Count;
    }
}
