namespace WhistleActors.Contract.Allocations;

/// <summary>Tells a crew to go to a whistle.</summary>
/// <param name="Reason">Why not as proposed, where it is not.</param>
/// <param name="Then">Where it goes from there, in order, at most nine: one trip for several whistles. All of it is ordered, or nothing.</param>
public sealed record AssignCrewRequest(string? Whistle, string? Reason = null, IReadOnlyList<string>? Then = null);

/// <summary>Takes something about a crew back.</summary>
public sealed record CrewReasonRequest(string? Reason = null);

/// <summary>Says that a crew is at work or not, whatever its hours are, until then.</summary>
public sealed record CrewDutyRequest(bool? OnDuty, DateTimeOffset? Until, string? Reason = null);

/// <summary>Lends a crew to the same bureau of another district.</summary>
public sealed record LendCrewRequest(string? To, DateTimeOffset? Until, string? Reason);

/// <summary>Lets the rule assign by itself, or only propose.</summary>
public sealed record AllocationModeRequest(bool? Automatic);

/// <summary>Lets a whistle come sooner or later to its turn.</summary>
/// <param name="Minutes">Of urgency, from -240 to 240; 0 for as the rule has it.</param>
public sealed record PriorityRequest(string? Whistle, int? Minutes, string? Reason);

/// <summary>Holds levels back until then.</summary>
/// <param name="Levels"><c>daily</c>, <c>campaign</c>; none to hold back nothing any more.</param>
public sealed record ThrottleRequest(IReadOnlyList<string>? Levels, DateTimeOffset? Until, string? Reason);
