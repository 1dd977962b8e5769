namespace WhistleActors.Journal.Bench;

/// <summary>What one run of one load measured.</summary>
internal readonly record struct Sample(double EventsPerSecond, double P50Milliseconds, double P99Milliseconds);
