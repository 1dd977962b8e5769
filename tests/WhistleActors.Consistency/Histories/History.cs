using System.Collections.Concurrent;
using WhistleActors.Consistency.Verification;

namespace WhistleActors.Consistency.Histories;

/// <summary>What was asked and told, what was seen, and what was done to the cluster meanwhile. Thread-safe.</summary>
internal sealed class History
{
    private readonly ConcurrentDictionary<string, Command> commands = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Disturbance> disturbances = [];
    private readonly ConcurrentDictionary<Violation, int> seen = [];

    /// <summary>By key.</summary>
    internal IReadOnlyDictionary<string, Command> Commands => commands;

    internal IReadOnlyCollection<Disturbance> Disturbances => disturbances;

    /// <summary>What was seen to be wrong while it ran.</summary>
    internal IEnumerable<Violation> Seen => seen.Keys;

    internal void Asked(Command command)
    {
        if (!commands.TryAdd(command.Key, command))
            throw new InvalidOperationException($"{command.Key} was asked before.");
    }

    internal void Disturbed(Disturbance disturbance) => disturbances.Enqueue(disturbance);

    internal void Saw(Violation violation) => seen.TryAdd(violation, 0);

    /// <summary>True when something that was due then and done at <paramref name="done"/> may be late: the cluster was disturbed in between, and may take a while to find itself.</summary>
    internal bool Excuses(DateTimeOffset due, DateTimeOffset done) =>
        disturbances.Any(disturbance => disturbance.From <= done && due <= disturbance.To && done <= disturbance.To);
}

/// <summary>From when until when something may be late, and why.</summary>
/// <param name="To">When the cluster has to be itself again.</param>
internal sealed record Disturbance(string What, DateTimeOffset From, DateTimeOffset To);
