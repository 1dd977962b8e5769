namespace WhistleActors.Contract.Whistles;

/// <summary>How a whistle came to sound, beyond its subdistrict blowing it.</summary>
/// <param name="Backstop">True when the duty list named no lead and the command centre stands in for it.</param>
/// <param name="Subdistricts">Of those summoned, the subdistricts.</param>
/// <param name="Repeat">The mark of one more whistle for the same matter at the same place.</param>
/// <param name="Joint">The other grids that it was blown for together.</param>
/// <param name="Reports">How many reports were added to it.</param>
/// <param name="LatestReports">The newest of them, at most ten; the trace has all.</param>
/// <param name="Merged">Whistles that were merged into it.</param>
/// <param name="MergedInto">The whistle that it was merged into.</param>
public sealed record BlowingView(
    bool Backstop,
    IReadOnlyList<string> Subdistricts,
    RepeatView? Repeat,
    ApprovalView? Approval,
    IReadOnlyList<CoInitiatorView> Joint,
    int Reports,
    IReadOnlyList<AddedReportView> LatestReports,
    IReadOnlyList<string> Merged,
    string? MergedInto);

/// <summary>How often it was blown before at the same place for the same matter, and when last.</summary>
public sealed record RepeatView(int Count, string Previous);

/// <summary>Whether a whistle that needs an approval has it.</summary>
/// <param name="By">The role that decides: <c>subdistrict-leader</c> or <c>commander</c>. The district's command centre always may.</param>
/// <param name="ProposedAt">When it was proposed, if it waited; null when it sounded first.</param>
/// <param name="Due">By when a whistle that sounded first is to be approved.</param>
/// <param name="MissedAt">When it was recorded that this time ran out.</param>
public sealed record ApprovalView(
    string By, DateTimeOffset? ProposedAt, DateTimeOffset? Due, ConsentView? Approved, ObjectionView? Rejected, DateTimeOffset? MissedAt);

/// <summary>A yes.</summary>
public sealed record ConsentView(DateTimeOffset At, OfficerView By, bool Late);

/// <summary>A no.</summary>
public sealed record ObjectionView(DateTimeOffset At, OfficerView By, string Reason);

/// <summary>Another grid of a joint whistle, and whether its subdistrict joined.</summary>
public sealed record CoInitiatorView(string Grid, string Subdistrict, string District, ConsentView? Joined, ObjectionView? Declined);

/// <summary>A report of the same thing, added instead of a second whistle.</summary>
public sealed record AddedReportView(DateTimeOffset At, OfficerView By, string Description, LonLatView? Place);

/// <summary>Open whistles that may be about the same thing, nearest first.</summary>
public sealed record NearbyView(IReadOnlyList<NearbyWhistleView> Whistles);

/// <summary>One of them, as much as it takes to tell whether it is about the same thing.</summary>
/// <param name="Place">The exact spot, WGS-84, where known.</param>
/// <param name="Reports">How many reports were added to it.</param>
/// <param name="DistanceMetres">From the point asked for; to the middle of its grid when the whistle names no exact spot.</param>
/// <param name="SameMatter">True when it is of the matter asked for.</param>
public sealed record NearbyWhistleView(
    string Id,
    string Grid,
    string Subdistrict,
    string Matter,
    Level Level,
    string Description,
    LonLatView? Place,
    DateTimeOffset BlownAt,
    bool Exercise,
    int Reports,
    double DistanceMetres,
    bool SameMatter);
