using WhistleActors.Contract.Plans;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Server.Plans;

/// <summary>A simulation that somebody asked for. Thread-safe.</summary>
internal sealed class PlanJob : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock guard = new();
    private readonly TimeProvider clock;
    private readonly int steps;
    private string state = "running";
    private string? because;
    private int done;
    private long lastAsked;
    private PlanReportView? report;

    internal PlanJob(Officer by, CommandKey? key, int steps, TimeProvider clock)
    {
        (By, Key, this.steps, this.clock) = (by, key, steps, clock);
        (StartedAt, lastAsked) = (clock.GetUtcNow(), clock.GetTimestamp());
    }

    internal string Id { get; } = Guid.NewGuid().ToString("N");

    internal Officer By { get; }

    internal CommandKey? Key { get; }

    internal DateTimeOffset StartedAt { get; }

    internal CancellationToken Stopped => stop.Token;

    internal bool IsRunning
    {
        get
        {
            lock (guard)
                return state == "running";
        }
    }

    internal bool IsOf(Officer officer) => By.Person == officer.Person && By.Organisation == officer.Organisation;

    internal TimeSpan SinceAsked => clock.GetElapsedTime(Interlocked.Read(ref lastAsked));

    /// <summary>How it stands, told to whoever asked for it.</summary>
    internal PlanView Told()
    {
        Interlocked.Exchange(ref lastAsked, clock.GetTimestamp());
        lock (guard)
            return new PlanView(Id, state, StartedAt, Math.Min(done, steps), steps, because, report);
    }

    internal void Advance(int by)
    {
        lock (guard)
            done += by;
    }

    /// <summary>Ends it early; after the end it changes nothing.</summary>
    internal void Stop(string reason)
    {
        lock (guard)
        {
            if (state != "running" || because is not null)
                return;
            because = reason;
        }

        stop.Cancel();
    }

    internal void End(PlanReportView? came)
    {
        lock (guard)
        {
            (state, report) = (came is null && because is null ? "failed" : because is null ? "done" : "stopped", came);
            if (state == "done")
                done = steps;
        }
    }

    public void Dispose() => stop.Dispose();
}
