namespace WhistleActors.Contract.Whistles;

/// <summary>A person who came with a crew.</summary>
/// <param name="Rank">The person's post, as stated.</param>
public sealed record AttendeeView(string Name, string? Rank);

/// <summary>A crew left the spot.</summary>
/// <param name="Unreleased">Nobody had let it go: it stays committed.</param>
public sealed record LeavingView(DateTimeOffset At, OfficerView By, bool Unreleased, string? Reason);
