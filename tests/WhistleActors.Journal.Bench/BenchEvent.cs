namespace WhistleActors.Journal.Bench;

/// <summary>An event that is all body: its serialization costs next to nothing, so the journal's own cost shows.</summary>
internal sealed record BenchEvent(byte[] Body);
