using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

/// <summary>The server's answer to a command that took effect.</summary>
/// <param name="Whistle">The whistle right after the command.</param>
/// <param name="Key">The <c>Idempotency-Key</c> that the command was sent under.</param>
/// <param name="Replayed">True when the server had carried it out at an earlier attempt and gave the same answer again.</param>
/// <param name="Attempts">How often it was sent.</param>
public sealed record CommandAnswer(WhistleView Whistle, string Key, bool Replayed, int Attempts);
