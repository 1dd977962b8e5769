using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Reports;

/// <summary>
/// What another network told (来件), as its desk keeps it in mind. What it says at length and who called are in its first event alone: the
/// desk's state stays small, and carries no caller's name.
/// </summary>
/// <param name="Whistling">The order under way to blow a whistle for it; null when none is.</param>
/// <param name="Ending">What became of it; null while that is open.</param>
public sealed record Report(
    ReportId Id,
    ReportSource Source,
    string Number,
    string Title,
    MatterCode? Matter,
    DateTimeOffset ReceivedAt,
    Officer By,
    GridCode? Grid,
    LonLat? Place,
    Whistling? Whistling,
    ReportEnding? Ending)
{
    /// <summary>How far it has come.</summary>
    public ReportStage Stage => Ending?.Stage ?? (Grid is null ? ReportStage.Received : ReportStage.Placed);
}

/// <summary>Where a report comes from (多网融合).</summary>
public enum ReportSource
{
    /// <summary>12345 热线.</summary>
    Hotline,

    /// <summary>网格巡查.</summary>
    GridPatrol,

    /// <summary>110 and other police work.</summary>
    Police,

    /// <summary>物联感知.</summary>
    Sensor,

    /// <summary>公众.</summary>
    Public,
}

/// <summary>How far a report has come.</summary>
public enum ReportStage
{
    /// <summary>Received; its grid is not known yet.</summary>
    Received,

    /// <summary>Its grid is known; the subdistrict is to decide.</summary>
    Placed,

    /// <summary>A whistle was blown for it.</summary>
    Whistled,

    /// <summary>An open whistle took it in.</summary>
    Merged,

    /// <summary>Nothing is done about it, for a reason.</summary>
    Dismissed,
}

/// <summary>What another network tells.</summary>
/// <param name="Number">The source's own number: the same source and number is the same report.</param>
/// <param name="Grid">Where it is, as far as it could be placed.</param>
public sealed record ReportContent(
    ReportSource Source,
    string Number,
    string Title,
    string Text,
    DateTimeOffset? OccurredAt,
    MatterCode? Matter,
    GridCode? Grid,
    LonLat? Place,
    string? Address,
    Caller? Caller);

/// <summary>Who called. Known only to the subdistrict that decides, to the command centre, and to the source itself.</summary>
public sealed record Caller(string? Name, string? Phone);

/// <summary>An order to blow a whistle, given in the name of an officer until the grid has answered.</summary>
public sealed record Whistling(DateTimeOffset At, Officer By, GridCode Grid, BlowWhistle Order);

/// <summary>What became of a report.</summary>
/// <param name="Whistle">The whistle that was blown for it or took it in.</param>
public sealed record ReportEnding(ReportStage Stage, DateTimeOffset At, Officer By, WhistleId? Whistle, string? Reason);
