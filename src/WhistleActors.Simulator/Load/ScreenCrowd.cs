using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Load;

/// <summary>Boards that are connected beside the load: some stay, some come and go all the time.</summary>
/// <param name="connect">Connects a screen to a board.</param>
internal sealed class ScreenCrowd(Screens screens, Func<string, IScreen> connect, IReadOnlyList<string> boards, TimeProvider clock)
{
    // Longer than any reconnect of a sound server takes, shorter than anybody looks at an empty wall.
    private static readonly TimeSpan PictureWithin = TimeSpan.FromSeconds(15);

    private int connects;
    private int blank;

    /// <summary>How long a board that came waited for its first whole picture.</summary>
    public Latencies FirstPicture { get; } = new();

    public int Connects => Volatile.Read(ref connects);

    /// <summary>Boards that had no picture within 15 s, or were told that they get none.</summary>
    public int Blank => Volatile.Read(ref blank);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, screens.Connected + screens.Flapping).Select(number => SitAsync(number, isFlapping: number >= screens.Connected, stop)));

    private async Task SitAsync(int number, bool isFlapping, CancellationToken stop)
    {
        // Spread over one coming and going, so that they do not all come at the same moment.
        if (isFlapping)
            await PauseAsync((screens.Stays + screens.Away) * ((number - screens.Connected) / (double)screens.Flapping), stop);
        while (!stop.IsCancellationRequested)
        {
            await using (var screen = connect(boards[number % boards.Count]))
            {
                await ComeAsync(screen, stop);
                await PauseAsync(isFlapping ? screens.Stays : Timeout.InfiniteTimeSpan, stop);
            }

            await PauseAsync(screens.Away, stop);
        }
    }

    private async Task ComeAsync(IScreen screen, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        using var patience = new CancellationTokenSource(PictureWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await screen.HasPictureAsync(either.Token);
            FirstPicture.Record(clock.GetElapsedTime(began));
            Interlocked.Increment(ref connects);
        }
        catch (Exception without) when (without is OperationCanceledException or AccessWithdrawnException)
        {
            if (!stop.IsCancellationRequested)
                Interlocked.Increment(ref blank);
        }
    }

    private async Task PauseAsync(TimeSpan time, CancellationToken stop) => await Task.Delay(time, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

/// <summary>A screen that follows a board until it is disposed of.</summary>
internal interface IScreen : IAsyncDisposable
{
    /// <summary>Completes when it has its first whole picture.</summary>
    Task HasPictureAsync(CancellationToken cancel);
}

/// <summary>One that is connected to the server.</summary>
internal sealed class LiveScreen(WhistleClient viewer, string board) : IScreen
{
    private readonly LiveBoardClient client = new(viewer, board);

    public Task HasPictureAsync(CancellationToken cancel) => client.WaitForAsync(_ => true, cancel);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
