namespace WhistleActors.Contract.Whistles;

/// <summary>Say that the department has spoken to the initiator.</summary>
/// <param name="Note">How, and what was agreed.</param>
public sealed record ContactRequest(string? Note = null);

/// <summary>Record what was done on the spot.</summary>
/// <param name="Text">The measure, 1 to 2,000 characters.</param>
/// <param name="Document">The number of the legal document that was issued for it, up to 100 characters.</param>
public sealed record MeasureRequest(string? Text, string? Document = null);

/// <summary>File the written report.</summary>
public sealed record WrittenReportRequest(string? Text);

/// <summary>Ask for more time for one clock.</summary>
/// <param name="Clock"><c>sign</c>, <c>contact</c>, <c>check-in</c>, <c>measures</c>, <c>disposal</c> or <c>report</c>.</param>
/// <param name="Until">When it is to run out; later than now.</param>
public sealed record ExtensionRequest(string? Clock, DateTimeOffset? Until, string? Reason);

/// <summary>Ask that all clocks of the summons stand still through a day.</summary>
/// <param name="Until">The last day; today or later.</param>
public sealed record SuspensionRequest(DateOnly? Until, string? Reason);

/// <summary>Approve what was asked for: a whistle, or what a department needs.</summary>
public sealed record ApproveRequest();

/// <summary>Refuse what the department asked for.</summary>
public sealed record RefuseRequest(string? Reason);

/// <summary>Let the clocks run on before the suspension's last day.</summary>
public sealed record EndSuspensionRequest(string? Reason = null);
