namespace WhistleActors.Contract.Whistles;

/// <summary>A person who came with a crew.</summary>
/// <param name="Name">1 to 50 characters.</param>
/// <param name="Rank">The person's post, at most 50 characters.</param>
public sealed record AttendeeRequest(string? Name, string? Rank = null);

/// <summary>Say that a crew left the spot.</summary>
/// <param name="CheckIn">The number of its check-in; left out for one's own, or the only one.</param>
/// <param name="Reason">At most 500 characters.</param>
public sealed record LeaveRequest(int? CheckIn = null, string? Reason = null);
