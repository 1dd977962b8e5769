using WhistleActors.Actors.Boards;

namespace WhistleActors.Server.Live;

/// <summary>Moves all screens on whenever the board does.</summary>
internal sealed class LivePump(BoardFrames frames, LiveScreens screens) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var number = 0L; ;)
        {
            var pulse = await frames.AfterAsync(number, stoppingToken);
            number = pulse.Number;
            await screens.MoveOnAsync(pulse);
        }
    }
}
