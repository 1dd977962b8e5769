namespace WhistleActors.Simulator.Verification;

/// <summary>Something that should not be.</summary>
/// <param name="Whistle">Its id; empty when it is about the run as a whole.</param>
internal sealed record Finding(FindingKind Kind, string Whistle, string Detail);
