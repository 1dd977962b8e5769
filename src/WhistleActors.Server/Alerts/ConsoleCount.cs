namespace WhistleActors.Server.Alerts;

/// <summary>How many consoles follow alerts at this node. Thread-safe.</summary>
public sealed class ConsoleCount
{
    private int now;

    /// <summary>So many.</summary>
    public int Now => Volatile.Read(ref now);

    internal void Began() => Interlocked.Increment(ref now);

    internal void Ended() => Interlocked.Decrement(ref now);
}
