namespace WhistleActors.Contract.Whistles;

/// <summary>One round before the present one, in short.</summary>
/// <param name="At">When the next one was blown.</param>
/// <param name="Reason">Why: what had not worked.</param>
/// <param name="Found">What the revisit found, when the whistle had been closed.</param>
/// <param name="ClosedAt">When it had been closed; null when the next round followed without a closing.</param>
public sealed record PastRoundView(
    int Round, DateTimeOffset At, OfficerView By, string Reason, string? Found, DateTimeOffset? ClosedAt, IReadOnlyList<PastSummonsView> Summonses);

/// <summary>What one department had done by the end of a round.</summary>
/// <param name="Late">A clock of it ran out before it answered.</param>
/// <param name="Vetoes">How often its work was sent back.</param>
public sealed record PastSummonsView(
    string Department, DutyRole Role, SummonsState State, DateTimeOffset? CheckedInAt, bool Late, OutcomeKind? Outcome, int Vetoes);
