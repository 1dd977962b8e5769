namespace WhistleActors.Contract.Whistles;

/// <summary>Say that a summons is not one's own.</summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Instead">Code of the department that should have been summoned.</param>
public sealed record DisputeRequest(string? Reason, string? Instead = null);

/// <summary>Call whom the duty list names for a department that cannot come.</summary>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record SubstituteRequest(string? Reason);

/// <summary>Rule a department's dispute, or let the parties confer first.</summary>
/// <param name="Department">Who disputed.</param>
/// <param name="Kind"><c>upheld</c>, <c>reassigned</c> or <c>referred</c>.</param>
/// <param name="Text">The ruling, 1 to 500 characters.</param>
/// <param name="Basis">The legal basis, at most 200 characters; only a referral may go without.</param>
/// <param name="Instead">Who is summoned in its place; needed exactly for <c>reassigned</c>.</param>
public sealed record RuleRequest(string? Department, string? Kind, string? Text, string? Basis = null, string? Instead = null);
