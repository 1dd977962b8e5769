namespace WhistleActors.Contract.Whistles;

/// <summary>Refuse the approval.</summary>
public sealed record RejectRequest(string? Reason);

/// <summary>Join a whistle that another subdistrict asked to blow together.</summary>
public sealed record JoinRequest();

/// <summary>Decline to join.</summary>
public sealed record DeclineRequest(string? Reason);

/// <summary>Add a report of the same thing to an open whistle, instead of blowing a second one.</summary>
/// <param name="Description">What was reported, 1 to 300 characters.</param>
/// <param name="Place">Where.</param>
public sealed record AddReportRequest(string? Description, PlaceRequest? Place = null);

/// <summary>End a whistle that was blown for the same thing as another one of its grid.</summary>
/// <param name="Into">Id of the other one.</param>
public sealed record MergeRequest(string? Into, string? Reason);
