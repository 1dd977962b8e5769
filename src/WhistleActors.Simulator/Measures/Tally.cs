using System.Collections.Concurrent;

namespace WhistleActors.Simulator.Measures;

/// <summary>What a run has done so far. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<CommandKind, Latencies> latencies = new();
    private readonly ConcurrentDictionary<(string Code, bool Expected), int> refusals = new();
    private int blown;
    private int closed;
    private int withdrawn;
    private int onTime;
    private int late;
    private int never;
    private int repeated;
    private int replayed;
    private int unreachable;

    public int Blown => Volatile.Read(ref blown);

    public int Closed => Volatile.Read(ref closed);

    public int Withdrawn => Volatile.Read(ref withdrawn);

    public int CheckInsOnTime => Volatile.Read(ref onTime);

    public int CheckInsLate => Volatile.Read(ref late);

    public int NeverCame => Volatile.Read(ref never);

    /// <summary>Attempts beyond the first.</summary>
    public int Repeated => Volatile.Read(ref repeated);

    /// <summary>Answers that an earlier attempt had earned.</summary>
    public int Replayed => Volatile.Read(ref replayed);

    /// <summary>Commands that no answer came to.</summary>
    public int Unreachable => Volatile.Read(ref unreachable);

    public IReadOnlyList<(CommandKind Kind, Latencies Latencies)> Commands => [.. latencies.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value))];

    public IReadOnlyList<(string Code, bool Expected, int Count)> Refusals =>
        [.. refusals.OrderByDescending(entry => entry.Value).Select(entry => (entry.Key.Code, entry.Key.Expected, entry.Value))];

    public int UnexpectedRefusals => refusals.Where(entry => !entry.Key.Expected).Sum(entry => entry.Value);

    public void Answered(CommandKind kind, TimeSpan took, int attempts, bool wasReplayed)
    {
        latencies.GetOrAdd(kind, _ => new Latencies()).Record(took);
        Interlocked.Add(ref repeated, attempts - 1);
        if (wasReplayed)
            Interlocked.Increment(ref replayed);
        switch (kind)
        {
            case CommandKind.Blow:
                Interlocked.Increment(ref blown);
                break;
            case CommandKind.Close:
                Interlocked.Increment(ref closed);
                break;
            case CommandKind.Withdraw:
                Interlocked.Increment(ref withdrawn);
                break;
        }
    }

    public void CheckedIn(bool wasLate) => Interlocked.Increment(ref wasLate ? ref late : ref onTime);

    public void StayedAway() => Interlocked.Increment(ref never);

    public void Refused(string code, bool expected) => refusals.AddOrUpdate((code, expected), 1, (_, count) => count + 1);

    public void NoAnswer(int attempts)
    {
        Interlocked.Increment(ref unreachable);
        Interlocked.Add(ref repeated, attempts - 1);
    }
}
