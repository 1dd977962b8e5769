using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Lives;

namespace WhistleActors.Simulator.Load;

/// <summary>Blows all whistles of a load at their times, however long the server takes: arrivals are open.</summary>
internal sealed class LoadRun(Stage stage, LoadScenario scenario, IReadOnlyList<Arrival> arrivals, LoadMeter meter)
{
    private static readonly TimeSpan StragglersMay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly LifeTracker lives = new(stage);

    /// <summary>Lives that go on.</summary>
    public int Open => lives.Open;

    public int Expected => arrivals.Count;

    /// <summary>How long it took, once it is over.</summary>
    public TimeSpan? LivedFor { get; private set; }

    /// <summary>True when it was told to stop before all was done.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Runs until the last life is over, or until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var began = stage.Clock.GetTimestamp();
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, stage.Clock);
        await using var stopped = stop.Register(() => abort.CancelAfter(StragglersMay));
        using var over = new CancellationTokenSource();
        var looking = LookAsync(over.Token);
        await ArriveAsync(began, new LifeTokens(stop, abort.Token));
        await lives.WhenOverAsync();
        LivedFor = stage.Clock.GetElapsedTime(began);
        IsPartial = stop.IsCancellationRequested;
        await over.CancelAsync();
        await looking;
    }

    private async Task ArriveAsync(long began, LifeTokens tokens)
    {
        for (var i = 0; i < arrivals.Count; i++)
        {
            var arrival = arrivals[i];
            var at = arrival.At / scenario.Compress;
            if (at - stage.Clock.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, stage.Clock, tokens.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (tokens.Stop.IsCancellationRequested)
                return;
            meter.WhistleDue(stage.Clock.GetElapsedTime(began) - at);
            if (Open >= scenario.MostOpen)
                meter.NotSent(Enum.Parse<Level>(arrival.Level, ignoreCase: true));
            else
                lives.Begin(LiveAsync(i + 1, arrival, began + (long)(at.TotalSeconds * stage.Clock.TimestampFrequency), tokens));
        }
    }

    private async Task LiveAsync(int number, Arrival arrival, long due, LifeTokens tokens)
    {
        var plan = stage.Planner.Whistle(number, arrival.Cell, arrival.Matter, arrival.Level) with { Due = due, ChangesProposal = false };
        if (!arrival.Departments.IsEmpty)
        {
            plan = plan with
            {
                Request = plan.Request with
                {
                    Summon = [.. arrival.Departments.Select((code, i) => new SummonRequest(code, i == 0 ? "lead" : "cooperating"))],
                    ChangedProposal = stage.City.IsChinese ? "按压测方案召集。" : "Summoned as the load scenario says.",
                },
            };
        }

        await new WhistleLife(stage, number, tokens).RunAsync(plan, over: stage.Drop);
    }

    private async Task LookAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            meter.Timeline.Open(Open);
            await Task.Delay(Look, stage.Clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
