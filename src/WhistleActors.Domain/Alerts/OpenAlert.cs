using System.Collections.Immutable;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>A summons that waits for its department.</summary>
/// <param name="Since">When the department heard of it.</param>
/// <param name="StepsTaken">How far it has climbed the chain.</param>
/// <param name="Consoles">Where it was displayed; one of another organisation is named after it.</param>
/// <param name="Round">The whistle's round, from the second on: a new one asks anew.</param>
/// <param name="Exercise">True for an exercise; null otherwise.</param>
public sealed record OpenAlert(AlertCause Cause, DateTimeOffset Since, WhistleLevel Level, int StepsTaken, ImmutableArray<string> Consoles, int? Round = null, bool? Exercise = null);

/// <summary>What an alert waits for.</summary>
public enum AlertCause
{
    /// <summary>The signature (签收).</summary>
    Unsigned,

    /// <summary>It was signed, and nobody has set out: signed and forgotten.</summary>
    NotDeparted,
}
