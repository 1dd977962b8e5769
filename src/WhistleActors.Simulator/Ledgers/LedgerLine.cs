using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Ledgers;

/// <summary>
/// One further line of a ledger. It has one of <see cref="Sent"/>, <see cref="Accepted"/> and <see cref="Refused"/>, the command's <c>Idempotency-Key</c>;
/// a key that was sent and has neither an acceptance nor a refusal got no answer.
/// </summary>
/// <param name="Whistle">Which whistle the command is about, or, with <see cref="Accepted"/>, which it turned out to be; null for one that blows.</param>
/// <param name="Version">The whistle's version in the answer.</param>
/// <param name="Code">Why it was refused.</param>
internal sealed record LedgerLine(
    string? Sent = null,
    string? Accepted = null,
    string? Refused = null,
    CommandKind? Command = null,
    string? Grid = null,
    string? Whistle = null,
    string? Department = null,
    long? Version = null,
    string? Code = null);
