using System.Runtime.CompilerServices;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Follows a live board for as long as it is not disposed: connects, reconnects without end, notices gaps, resumes from where it was,
/// and shows only pictures that are whole. Says how old its picture is. Thread-safe.
/// </summary>
public sealed class LiveBoardClient : IAsyncDisposable
{
    private readonly IFrameSource source;
    private readonly LiveBoardOptions options;
    private readonly TimeProvider clock;
    private readonly long began;
    private readonly Lock gate = new();
    private readonly PictureKeeper keeper = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Task following;
    private TaskCompletionSource turned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool connected;
    private volatile Exception? trouble;
    private int connections;

    /// <summary>Starts following.</summary>
    /// <param name="client">Whose eyes see the board.</param>
    /// <param name="board"><c>city</c>, or <c>district:</c>, <c>subdistrict:</c>, <c>department:</c>, <c>whistle:</c> and a code.</param>
    /// <param name="options">How it deals with a bad connection.</param>
    /// <param name="onChange">Told of each new picture, in order, before anything else is read: be quick, and do not throw.</param>
    public LiveBoardClient(WhistleClient client, string board, LiveBoardOptions? options = null, Action<BoardChange>? onChange = null)
        : this(new HubFrameSource(client, options ?? new LiveBoardOptions()), board, options, onChange, client.Clock)
    {
    }

    internal LiveBoardClient(IFrameSource source, string board, LiveBoardOptions? options, Action<BoardChange>? onChange, TimeProvider clock)
    {
        (this.source, this.clock) = (source, clock);
        this.options = options ?? new LiveBoardOptions();
        Board = board;
        began = clock.GetTimestamp();
        following = FollowAsync(onChange);
    }

    /// <summary>The board that it follows.</summary>
    public string Board { get; }

    /// <summary>The newest whole picture; null until there was one. It stays, and grows old, while the server is away.</summary>
    public BoardPicture? Picture
    {
        get
        {
            lock (gate)
                return keeper.Picture;
        }
    }

    /// <summary>How old the picture is; null until there was one.</summary>
    public TimeSpan? Age
    {
        get
        {
            lock (gate)
                return keeper.AgeAt(clock.GetElapsedTime(began));
        }
    }

    /// <summary>True when the picture is young enough to be believed.</summary>
    public bool IsFresh => Age < options.FreshFor;

    /// <summary>True while frames come in.</summary>
    public bool IsConnected => connected;

    /// <summary>How many subscriptions it has made; more than one means that it had to come back.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Why it is not connected; null while it is, and before the first attempt failed. With <see cref="AccessWithdrawnException"/> it does not come back.</summary>
    public Exception? Trouble => trouble;

    /// <summary>
    /// The pictures from now on, beginning with the present one. A reader that is slow passes over pictures, it never gets an older one later.
    /// Ends when the client is disposed, or access was withdrawn.
    /// </summary>
    public async IAsyncEnumerable<BoardPicture> PicturesAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        BoardPicture? last = null;
        while (true)
        {
            BoardPicture? picture;
            Task next;
            lock (gate)
                (picture, next) = (keeper.Picture, turned.Task);
            if (picture is not null && !ReferenceEquals(picture, last))
            {
                yield return picture;
                last = picture;
                continue;
            }

            if (following.IsCompleted)
                yield break;
            await Task.WhenAny(next, following).WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the first picture that fits.</summary>
    /// <exception cref="ObjectDisposedException">The client was disposed before there was one.</exception>
    /// <exception cref="AccessWithdrawnException">Access was withdrawn before there was one.</exception>
    public async Task<BoardPicture> WaitForAsync(Func<BoardPicture, bool> fits, CancellationToken cancel = default)
    {
        await foreach (var picture in PicturesAsync(cancel).ConfigureAwait(false))
        {
            if (fits(picture))
                return picture;
        }

        throw trouble is AccessWithdrawnException withdrawn ? new AccessWithdrawnException(withdrawn.Message) : new ObjectDisposedException(nameof(LiveBoardClient));
    }

    /// <summary>Stops following; the last picture stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(false);
    }

    private async Task FollowAsync(Action<BoardChange>? onChange)
    {
        await Task.Yield();
        var failures = 0;
        while (!ending.IsCancellationRequested)
        {
            var progressed = false;
            try
            {
                Interlocked.Increment(ref connections);
                await SubscribeAsync(onChange, () => progressed = true).ConfigureAwait(false);
                trouble = null;
            }
            catch (AccessWithdrawnException withdrawn)
            {
                (trouble, connected) = (withdrawn, false);
                return;
            }
            catch (Exception failure) when (!ending.IsCancellationRequested)
            {
                trouble = failure;
            }
            catch (Exception)
            {
                // Ended from inside: however the connection took that, it is over.
            }

            connected = false;
            failures = progressed ? 1 : failures + 1;
            var pause = Backoff.PauseAfter(failures, options.FirstPause, options.LongestPause, askedFor: null, options.Random);
            await Task.Delay(pause, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Returns when the server ends the stream or a gap shows; fails when the connection does.
    private async Task SubscribeAsync(Action<BoardChange>? onChange, Action progressed)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        var frames = source.FollowAsync(Board, keeper.Position, quiet.Token).GetAsyncEnumerator(quiet.Token);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = frames.MoveNextAsync().AsTask();
                if (!await HearAsync(next).ConfigureAwait(false) || Take(frames.Current, onChange) == Taken.Gap)
                    return;
                progressed();
            }
        }
        finally
        {
            await quiet.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await frames.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Taken Take(BoardFrame frame, Action<BoardChange>? onChange)
    {
        Taken taken;
        BoardChange? change;
        TaskCompletionSource? told = null;
        lock (gate)
        {
            taken = keeper.Take(frame, clock.GetElapsedTime(began), out change);
            if (change is not null)
                (told, turned) = (turned, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        if (taken == Taken.Gap)
            return taken;
        connected = true;
        trouble = null;
        if (change is not null)
            onChange?.Invoke(change);
        told?.TrySetResult();
        return taken;
    }

    private async Task<bool> HearAsync(Task<bool> next)
    {
        try
        {
            return await next.WaitAsync(options.SilenceLimit, clock, ending.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Nothing was heard for {options.SilenceLimit.TotalSeconds:0} s.");
        }
    }
}
