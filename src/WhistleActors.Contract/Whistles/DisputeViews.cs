namespace WhistleActors.Contract.Whistles;

/// <summary>"Not ours". Until it is ruled the department stays bound.</summary>
/// <param name="Instead">Who should have been summoned, as the department sees it.</param>
/// <param name="Referral">That the parties are to confer before it is ruled.</param>
/// <param name="Ruling">Null until it is ruled.</param>
public sealed record DisputeView(
    DateTimeOffset At, OfficerView By, int Round, string Reason, string? Instead, ReferralView? Referral, RulingView? Ruling);

/// <summary>The command centre called a conference on a dispute.</summary>
public sealed record ReferralView(DateTimeOffset At, OfficerView By, string Text, string? Basis);

/// <summary>The command centre ruled a dispute.</summary>
/// <param name="Basis">The legal basis, as cited.</param>
/// <param name="Role">The role that it was about.</param>
/// <param name="Instead">Who was summoned in place of the department.</param>
public sealed record RulingView(DateTimeOffset At, OfficerView By, RulingKind Kind, string Text, string Basis, DutyRole Role, string? Instead);

/// <summary>That a department was summoned in place of another: by a ruling, or as its substitute.</summary>
public sealed record ReassignmentView(DateTimeOffset At, string From);

/// <summary>A ruling, kept for when the same matter comes again in the same district.</summary>
/// <param name="Department">Who disputed.</param>
/// <param name="Instead">Who was summoned in its place; null when the summons was upheld.</param>
/// <param name="Whistle">Where it was ruled.</param>
public sealed record PrecedentView(
    string Matter,
    string District,
    string Department,
    DutyRole Role,
    RulingKind Kind,
    string? Instead,
    string Text,
    string Basis,
    DateTimeOffset At,
    string Whistle);
