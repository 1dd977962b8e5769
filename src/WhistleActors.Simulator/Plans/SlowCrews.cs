namespace WhistleActors.Simulator.Plans;

/// <summary>The long tail: some departments are much slower with some whistles.</summary>
/// <param name="Share">Of the summonses, between 0 and 1.</param>
/// <param name="Times">How many times as long travel and work take.</param>
internal sealed record SlowCrews(double Share, double Times);
