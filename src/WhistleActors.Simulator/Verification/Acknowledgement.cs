using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Verification;

/// <summary>One command that the server answered with success.</summary>
/// <param name="Department">Null for commands about the whole whistle.</param>
/// <param name="Version">The whistle's version in the answer: the number of the event that the command caused.</param>
/// <param name="Key">Its <c>Idempotency-Key</c>, which the event must carry; null when that was not written down.</param>
internal sealed record Acknowledgement(CommandKind Kind, string? Department, long Version, string? Key);
