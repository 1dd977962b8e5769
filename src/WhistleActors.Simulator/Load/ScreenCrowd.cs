using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Load;

/// <summary>Boards that are connected beside the load: some stay, some come and go all the time.</summary>
internal sealed class ScreenCrowd(Screens screens, Func<WhistleClient> viewer, IReadOnlyList<string> boards, TimeProvider clock)
{
    // Longer than any reconnect of a sound server takes, shorter than anybody looks at an empty wall.
    private static readonly TimeSpan PictureWithin = TimeSpan.FromSeconds(15);

    private int connects;
    private int blank;

    /// <summary>How long a board that came waited for its first whole picture.</summary>
    public Latencies FirstPicture { get; } = new();

    public int Connects => Volatile.Read(ref connects);

    /// <summary>Boards that had no picture within 15 s.</summary>
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
            await using (var board = new LiveBoardClient(viewer(), boards[number % boards.Count]))
            {
                await ComeAsync(board, stop);
                await PauseAsync(isFlapping ? screens.Stays : Timeout.InfiniteTimeSpan, stop);
            }

            await PauseAsync(screens.Away, stop);
        }
    }

    private async Task ComeAsync(LiveBoardClient board, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(PictureWithin);
        try
        {
            await board.WaitForAsync(_ => true, patience.Token);
            FirstPicture.Record(clock.GetElapsedTime(began));
            Interlocked.Increment(ref connects);
        }
        catch (OperationCanceledException)
        {
            if (!stop.IsCancellationRequested)
                Interlocked.Increment(ref blank);
        }
    }

    private async Task PauseAsync(TimeSpan time, CancellationToken stop) => await Task.Delay(time, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
