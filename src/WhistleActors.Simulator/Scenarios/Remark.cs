namespace WhistleActors.Simulator.Scenarios;

/// <summary>Something that a scenario passed over, in both languages, and how often.</summary>
internal sealed record Remark(string Zh, string En, int Count);
