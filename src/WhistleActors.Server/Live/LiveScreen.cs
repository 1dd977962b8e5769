using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using WhistleActors.Actors.Boards;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Live;

/// <summary>
/// A connection, and the boards that it follows. While it takes what it is sent, it gets each frame as it is made. When it does not, nothing is
/// queued for it: it goes on from its position when there is room again, and what changed several times meanwhile is told once. Thread-safe.
/// </summary>
internal sealed partial class LiveScreen
{
    /// <summary>Boards that one connection may follow at once.</summary>
    internal const int MostBoards = 8;

    private readonly HubConnectionContext connection;
    private readonly BoardFrames frames;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly List<Followed> boards = new(1);
    private readonly Action taken;
    private int pending;
    private long fullSince;
    private bool dismissed;

    internal LiveScreen(HubConnectionContext connection, BoardFrames frames, SignedIn signIn, TimeProvider clock, ILogger log)
    {
        (this.connection, this.frames, SignIn, this.clock, this.log) = (connection, frames, signIn, clock, log);
        taken = Taken;
    }

    /// <summary>What the connection began with.</summary>
    internal SignedIn SignIn { get; }

    private bool IsFull => pending > 0;

    /// <summary>Begins to follow a board.</summary>
    internal void Follow(string board, Func<BoardReader> begin)
    {
        lock (gate)
        {
            if (boards.Exists(followed => followed.Board == board))
                throw new HubException($"already-followed: this connection follows {board}; stop that first");
            if (dismissed)
                throw new HubException(Endings.TooSlow);
            if (boards.Count == MostBoards)
                throw new HubException($"too-many-boards: one connection follows at most {MostBoards}");
            boards.Add(new Followed(board, begin(), clock.GetTimestamp()));
        }
    }

    /// <summary>Stops following a board.</summary>
    internal void Unfollow(string board)
    {
        lock (gate)
            boards.RemoveAll(followed => followed.Board == board);
    }

    /// <summary>Sends what is new as of a pulse, as far as there is room.</summary>
    internal void MoveOn(BoardPulse pulse)
    {
        lock (gate)
        {
            if (IsFull)
                Dismiss();
            if (IsFull || boards.Count == 0)
                return;
            try
            {
                if (SignIn.Ended is { } ended)
                    EndAll(ended);
                for (var left = boards.Count; left > 0 && !IsFull; left--)
                    ReadNext(pulse);
            }
            catch (Exception failure)
            {
                // It comes back with its position; no other screen is to suffer from it.
                CannotGoOn(failure);
                boards.Clear();
                dismissed = true;
                _ = CloseAsync(Endings.Failed);
            }
        }
    }

    // It cannot be told while nothing goes through; when something does in time, this does next, and else the transport cuts it off.
    private void Dismiss()
    {
        if (dismissed || clock.GetElapsedTime(fullSince) < Endings.PatienceForScreen)
            return;
        dismissed = true;
        boards.Clear();
        _ = CloseAsync(Endings.TooSlow);
    }

    private async Task CloseAsync(string reason)
    {
        try
        {
            await connection.WriteAsync(new CloseMessage(reason));

            // It closes its end when it has read that; who does not, is closed.
            await Task.Delay(TimeSpan.FromSeconds(1), connection.ConnectionAborted);
        }
        catch (Exception gone) when (gone is not OutOfMemoryException)
        {
            // Then it is gone already.
        }

        connection.Abort();
    }

    // In turn, so that none of them takes all the room.
    private void ReadNext(BoardPulse pulse)
    {
        var followed = boards[0];
        boards.RemoveAt(0);
        boards.Add(followed);
        while (!IsFull && followed.Reader.Read(pulse) is { } frame)
            Send(connection.WriteAsync(frame.Message(Wrap)));
        if (!followed.Reader.MayBegin(pulse) && clock.GetElapsedTime(followed.Since) > Endings.PatienceForJournal)
            End(followed, Endings.BoardBehind);
    }

    private void EndAll(string reason)
    {
        foreach (var followed in boards.ToArray())
            End(followed, reason);
    }

    private void End(Followed followed, string reason)
    {
        boards.Remove(followed);
        Send(connection.WriteAsync(new InvocationMessage("Ended", [followed.Board, reason])));
    }

    // A write that does not end at once found the buffer full, or another write going on.
    private void Send(ValueTask write)
    {
        if (write.IsCompleted)
        {
            write.GetAwaiter().GetResult();
            return;
        }

        if (pending++ == 0)
            fullSince = clock.GetTimestamp();
        write.GetAwaiter().UnsafeOnCompleted(taken);
    }

    private void Taken()
    {
        lock (gate)
            pending--;
        MoveOn(frames.Now);
    }

    private static SerializedHubMessage Wrap(WrittenFrame frame) => new(new InvocationMessage("Frame", [frame.Scope.Board, new LiveFrame(frame)]));

    [LoggerMessage(LogLevel.Error, "A screen is cut off: its boards could not be read.")]
    private partial void CannotGoOn(Exception failure);

    private sealed record Followed(string Board, BoardReader Reader, long Since);
}
