namespace WhistleActors.Contract.Whistles;

/// <summary>Blow the same whistle again: the last round did not work.</summary>
/// <param name="Reason">What did not work, and why others are added, 1 to 500 characters.</param>
/// <param name="Lead">Who leads from now on, of those summoned already.</param>
/// <param name="Add">Who is summoned besides, or again although settled.</param>
public sealed record BlowAgainRequest(string? Reason, string? Lead = null, IReadOnlyList<SummonRequest>? Add = null);

/// <summary>Take up a closed whistle again after a revisit.</summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="Found">What the revisit found, 1 to 500 characters.</param>
public sealed record ReopenRequest(string? Reason, string? Found);

/// <summary>Declare that the whistle should never have been blown.</summary>
/// <param name="Reason">1 to 2,000 characters.</param>
public sealed record VoidRequest(string? Reason);
