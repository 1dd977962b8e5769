using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Access;
using WhistleActors.Server.Live;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>A hub whose streams go on for days: they end with the sign-in, a connection has so many, and none begins on a node that is behind.</summary>
public abstract class StreamHub(AccessBook access, ConsoleCount consoles, TimeProvider clock) : Hub
{
    private protected TimeProvider Clock => clock;

    /// <summary>A connection lives longer than the token that it began with; heartbeats see to it that this is looked at every few seconds.</summary>
    private protected void CheckSignIn()
    {
        var signIn = (SignedIn)(Context.Items[nameof(SignedIn)] ??= new SignedIn(Context.User!, access, clock));
        if (signIn.Ended is { } ended)
            throw new HubException(ended);
    }

    /// <summary>Counts one more stream of the connection, until it is disposed.</summary>
    /// <param name="code">What is said to whoever wants more.</param>
    private protected IDisposable OneMoreStream(int most, string code)
    {
        var streams = (StreamCount)(Context.Items[nameof(StreamCount)] ??= new StreamCount());
        if (Interlocked.Increment(ref streams.Count) <= most)
            return new Stream(streams, consoles);
        Interlocked.Decrement(ref streams.Count);
        throw new HubException($"{code}: one connection follows at most {most}");
    }

    /// <summary>Waits until the board holds what a stream is to begin with.</summary>
    private protected async Task PrepareAsync(Func<CancellationToken, Task> prepare, CancellationToken cancelled)
    {
        using var patience = new CancellationTokenSource(Endings.PatienceForJournal, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancelled);
        try
        {
            await prepare(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new HubException(Endings.BoardBehind);
        }
    }

    private sealed class StreamCount
    {
        internal int Count;
    }

    private sealed class Stream : IDisposable
    {
        private readonly StreamCount streams;
        private readonly ConsoleCount consoles;

        internal Stream(StreamCount streams, ConsoleCount consoles)
        {
            (this.streams, this.consoles) = (streams, consoles);
            consoles.Began();
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref streams.Count);
            consoles.Ended();
        }
    }
}
