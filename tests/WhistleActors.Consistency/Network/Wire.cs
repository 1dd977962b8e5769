using System.Collections.Concurrent;

namespace WhistleActors.Consistency.Network;

/// <summary>What goes from one end to another, one way: it passes, comes late, is lost now and then, or stands still.</summary>
/// <remarks>
/// A wire below TCP loses packets, and TCP sends them again: to whoever stands above, what is lost is late, and what is cut off comes when the wire is whole
/// again. That is what is done here, to bytes that are already in order.
/// </remarks>
internal sealed class Wire
{
    // The shortest time after which Linux sends a lost packet again, and what a loss in a row makes of it.
    private static readonly TimeSpan SentAgainAfter = TimeSpan.FromMilliseconds(200);

    private volatile TaskCompletionSource? cut;
    private int held;

    /// <summary>How many chunks came late or had to wait: a fault that holds nothing back is none.</summary>
    internal int Held => Volatile.Read(ref held);

    /// <summary>How late everything comes.</summary>
    internal TimeSpan Delay { get; set; }

    /// <summary>The share of chunks that are lost at first.</summary>
    internal double Loss { get; set; }

    internal void Cut() => cut ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Heal()
    {
        (Delay, Loss) = (TimeSpan.Zero, 0);
        var was = cut;
        cut = null;
        was?.SetResult();
    }

    /// <summary>How late a chunk comes that is sent now.</summary>
    internal TimeSpan LatenessOf(Random chance)
    {
        var late = Delay;
        while (chance.NextDouble() < Loss)
            late += SentAgainAfter;
        if (late > TimeSpan.Zero)
            Interlocked.Increment(ref held);
        return late;
    }

    internal Task WholeAsync(CancellationToken cancel)
    {
        if (cut is not { } now)
            return Task.CompletedTask;
        Interlocked.Increment(ref held);
        return now.Task.WaitAsync(cancel);
    }
}

/// <summary>All wires, by who sends to whom.</summary>
internal sealed class Wires
{
    private readonly ConcurrentDictionary<(string From, string To), Wire> wires = [];

    internal Wire this[string from, string to] => wires.GetOrAdd((from, to), _ => new Wire());

    /// <summary>How much all of them have held back.</summary>
    internal int Held => wires.Values.Sum(wire => wire.Held);

    internal void CutBoth(string one, string other)
    {
        this[one, other].Cut();
        this[other, one].Cut();
    }

    internal void HealAll()
    {
        foreach (var wire in wires.Values)
            wire.Heal();
    }
}
