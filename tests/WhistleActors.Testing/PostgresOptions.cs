namespace WhistleActors.Testing;

/// <summary>How a <see cref="PostgresServer"/> is made.</summary>
public sealed record PostgresOptions
{
    /// <summary>Whether it syncs its log to the disk. Killed processes lose nothing without; only measurements need it.</summary>
    public bool Durable { get; init; }

    /// <summary>Settings of its own, <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Lines for its configuration, which may name its folder; that is there when they are asked for.</summary>
    public Func<string, IEnumerable<string>>? Lines { get; init; }

    /// <summary>The size of a disk of its own, in memory, that can be filled; null for a folder among others. Only root can have one.</summary>
    public long? DiskBytes { get; init; }
}
