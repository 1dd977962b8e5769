namespace WhistleActors.Journal.Bench;

/// <summary>What one run of one load measured. The processor time is that of this process, actors included, for each event.</summary>
internal readonly record struct Sample(double EventsPerSecond, double P50Milliseconds, double P99Milliseconds, double CpuMicroseconds);
