namespace WhistleActors.Journal.Archiving;

/// <summary>What one step of archiving came to.</summary>
/// <param name="After">Where the next step goes on; null when all actors have been looked at.</param>
/// <param name="Moved">How many events went into the archive.</param>
/// <param name="WithoutSnapshot">Actors whose old events have to wait for a snapshot that comes after them.</param>
public sealed record ArchiveStep(string? After, long Moved, IReadOnlyList<string> WithoutSnapshot);
