using System.Collections.Concurrent;
using WhistleActors.Client;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Lives;

/// <summary>The lives that go on; however one ends, it ends here.</summary>
internal sealed class LifeTracker(Stage stage)
{
    private readonly ConcurrentDictionary<Task, bool> lives = new();
    private int open;

    /// <summary>Lives that go on.</summary>
    public int Open => Volatile.Read(ref open);

    public void Begin(Task life)
    {
        Interlocked.Increment(ref open);
        var tracked = TrackAsync(life);
        lives[tracked] = true;
        _ = tracked.ContinueWith(done => lives.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>Completes when none goes on.</summary>
    public Task WhenOverAsync() => Task.WhenAll(lives.Keys);

    private async Task TrackAsync(Task life)
    {
        try
        {
            await life;
        }
        catch (LifeBrokenException)
        {
            // Counted where it happened; this whistle stays as it is.
        }
        catch (RefusedException refused)
        {
            stage.Tally.Refused(refused.Code, expected: false);
            stage.Note(new Finding(FindingKind.Refused, "", refused.Message));
        }
        catch (UnreachableException unreachable)
        {
            stage.Tally.NoAnswer(unreachable.Attempts);
            stage.Note(new Finding(FindingKind.Unreachable, "", unreachable.Message));
        }
        catch (OperationCanceledException)
        {
            // Told to stop in the middle of a life.
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}
