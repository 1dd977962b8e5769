using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Territory;
using WhistleActors.Journal.Archiving;

namespace WhistleActors.Actors.Archiving;

/// <summary>
/// Moves what is older than an age from the journal into the archive, a little at a time, round after round through all actors. A grid whose old events
/// have no snapshot after them is asked for one; the next round finds it. One in the cluster; where it stopped does not matter.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor's end is PostStop, which disposes them.")]
internal sealed partial class Archivist : UntypedActor, IWithTimers
{
    private static readonly TimeSpan FirstRoundAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NextRoundAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterSnapshots = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    // The living have three quarters of a session's time to themselves, however old the city is.
    private const int RestPerWork = 3;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RestPerGrid = TimeSpan.FromMilliseconds(10);

    private readonly CityNode node;
    private readonly EventArchive archive;
    private readonly TimeSpan age;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private DateTimeOffset begun;
    private long moved;
    private int asked;

    public Archivist(CityNode node, EventArchive archive, TimeSpan age, ILogger log) => (this.node, this.archive, this.age, this.log) = (node, archive, age, log);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartSingleTimer(nameof(Go), new Go(""), FirstRoundAfter);

    protected override void PostStop()
    {
        stopping.Cancel();
        archive.DisposeAsync().AsTask().ContinueWith(_ => stopping.Dispose(), TaskScheduler.Default);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Go go:
                if (go.After.Length == 0)
                    (begun, moved, asked) = (node.Clock.GetUtcNow(), 0, 0);
                StepAsync(go.After).PipeTo(Self);
                break;
            case Done done:
                moved += done.Step.Moved;
                var grids = done.Step.WithoutSnapshot.Select(GridActor.CodeOf).OfType<GridCode>().ToList();
                asked += grids.Count;
                foreach (var grid in grids)
                    node.Grids().Tell(new SaveGrid(grid));
                if (done.Step.After is { } after)
                    Timers.StartSingleTimer(nameof(Go), new Go(after), Longest(ShortestRest, done.Took * RestPerWork, RestPerGrid * grids.Count));
                else
                    EndRound();
                break;
            case Failed failed:
                LogFailed(log, failed.Cause);
                Timers.StartSingleTimer(nameof(Go), new Go(failed.After), AfterTrouble);
                break;
        }
    }

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> times)
    {
        var longest = TimeSpan.Zero;
        foreach (var time in times)
            longest = time > longest ? time : longest;
        return longest;
    }

    private void EndRound()
    {
        LogRound(log, moved, (node.Clock.GetUtcNow() - begun).TotalSeconds, age.TotalDays, asked);
        Timers.StartSingleTimer(nameof(Go), new Go(""), asked > 0 ? AfterSnapshots : NextRoundAfter);
    }

    private async Task<object> StepAsync(string after)
    {
        var start = node.Clock.GetTimestamp();
        try
        {
            var step = await archive.StepAsync(after, node.Clock.GetUtcNow() - age, stopping.Token);
            return new Done(step, node.Clock.GetElapsedTime(start));
        }
        catch (Exception cause)
        {
            return new Failed(after, cause);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Moved} events went into the archive in {Seconds:F0} s, older than {Days} days; {Asked} grids were asked for a snapshot")]
    private static partial void LogRound(ILogger log, long moved, double seconds, double days, int asked);

    [LoggerMessage(LogLevel.Warning, "Old events could not be archived; trying again")]
    private static partial void LogFailed(ILogger log, Exception cause);

    private sealed record Go(string After);

    private sealed record Done(ArchiveStep Step, TimeSpan Took);

    private sealed record Failed(string After, Exception Cause);
}
