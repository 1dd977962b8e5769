using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.Reports;

/// <summary>A report from another network, and what became of it.</summary>
/// <param name="Subdistrict">Who decides about it; null while nobody knows.</param>
/// <param name="BeingWhistled">Whether a whistle is being blown for it at this moment.</param>
/// <param name="Whistle">The whistle that was blown for it or took it in.</param>
/// <param name="WhistleStage">How that whistle stands.</param>
/// <param name="Reason">Why nothing is done about it.</param>
/// <param name="Alike">Open reports and whistles that may tell of the same thing; for who decides.</param>
public sealed record ReportView(
    string Id,
    ReportSource Source,
    string Number,
    ReportStatus Status,
    string Title,
    string Text,
    DateTimeOffset? OccurredAt,
    DateTimeOffset ReceivedAt,
    OfficerView ReceivedFrom,
    string? Matter,
    string? District,
    string? Subdistrict,
    string? Grid,
    LonLatView? Place,
    string? Address,
    CallerView? Caller,
    bool BeingWhistled,
    string? Whistle,
    WhistleStage? WhistleStage,
    DateTimeOffset? DecidedAt,
    OfficerView? DecidedBy,
    string? Reason,
    IReadOnlyList<AlikeView> Alike);

/// <summary>Who called.</summary>
public sealed record CallerView(string? Name, string? Phone);

/// <summary>Something that may tell of the same thing.</summary>
/// <param name="Report">Its id, if it is a report.</param>
/// <param name="Whistle">Its id, if it is a whistle.</param>
/// <param name="Metres">How far apart they are, where both places are known.</param>
public sealed record AlikeView(string? Report, string? Whistle, string Title, DateTimeOffset At, double? Metres);

/// <summary>An open report in a list.</summary>
public sealed record ReportBriefView(
    string Id, ReportSource Source, string Number, ReportStatus Status, string Title, DateTimeOffset ReceivedAt, string? Matter, string? Grid, LonLatView? Place);

/// <summary>One page of open reports, the oldest first.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record ReportPage(IReadOnlyList<ReportBriefView> Reports, string? Next);

/// <summary>What became of the rows of an import.</summary>
public sealed record ImportView(int Accepted, int Duplicate, int Refused, IReadOnlyList<ImportRowView> Rows);

/// <summary>What became of one row.</summary>
/// <param name="Line">The line that it begins on, from 1; the heading is line 1.</param>
/// <param name="Report">The report; for a duplicate, the one that came before.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record ImportRowView(int Line, string? Number, ImportOutcome Outcome, string? Report, Text? Reason);

/// <summary>What became of a row.</summary>
public enum ImportOutcome { Accepted, Duplicate, Refused }

/// <summary>Where a report comes from.</summary>
public enum ReportSource { Hotline, GridPatrol, Police, Sensor, Public }

/// <summary>How far a report has come; closed when its whistle has ended.</summary>
public enum ReportStatus { Received, Placed, Whistled, Merged, Dismissed, Closed }
