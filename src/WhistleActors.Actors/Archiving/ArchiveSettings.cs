namespace WhistleActors.Actors.Archiving;

/// <summary>What is done with old events.</summary>
/// <param name="After">The age from which on they are moved into the archive; null when all stay in the journal.</param>
public sealed record ArchiveSettings(TimeSpan? After = null);
