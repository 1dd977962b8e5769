using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.Reports;

/// <summary>What another network tells. Where it is may be said by position, by grid, by subdistrict or by district; the finest counts.</summary>
/// <param name="Source"><c>hotline</c>, <c>grid-patrol</c>, <c>police</c>, <c>sensor</c> or <c>public</c>.</param>
/// <param name="Number">The source's own number, 1 to 64 characters: the same source and number is the same report.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Text">What is wrong, 1 to 2,000 characters.</param>
/// <param name="OccurredAt">When it happened, or was seen.</param>
/// <param name="Matter">Code of the matter, if known.</param>
/// <param name="Grid">Code of the grid, if known.</param>
/// <param name="Subdistrict">Code of the subdistrict, where the grid is not known.</param>
/// <param name="District">Code of the district, where not even that is known.</param>
/// <param name="Address">In words, 1 to 200 characters.</param>
/// <param name="Caller">Who called; shown only to who decides, to the command centre, and to the source.</param>
public sealed record ReportRequest(
    string? Source,
    string? Number,
    string? Title,
    string? Text,
    DateTimeOffset? OccurredAt = null,
    string? Matter = null,
    PlaceRequest? Place = null,
    string? Grid = null,
    string? Subdistrict = null,
    string? District = null,
    string? Address = null,
    CallerRequest? Caller = null);

/// <summary>Who called.</summary>
public sealed record CallerRequest(string? Name = null, string? Phone = null);

/// <summary>Say in which grid a report is.</summary>
public sealed record PlaceReportRequest(string? Grid, PlaceRequest? Place = null);

/// <summary>Blow a whistle for a report.</summary>
/// <param name="Matter">That of the report when left out.</param>
/// <param name="Occasion"><c>public-demand</c> when left out.</param>
/// <param name="Level"><c>daily</c> when left out.</param>
/// <param name="Chain">As for blowing.</param>
/// <param name="Description">The title of the report when left out. Who called does not belong here: it is shown to all.</param>
/// <param name="Summon">Whom to summon; the duty list's proposal when left out.</param>
/// <param name="ChangedProposal">Why <paramref name="Summon"/> differs from the proposal.</param>
public sealed record WhistleReportRequest(
    string? Matter = null,
    string? Occasion = null,
    string? Level = null,
    string? Chain = null,
    string? Description = null,
    IReadOnlyList<SummonRequest>? Summon = null,
    string? ChangedProposal = null);

/// <summary>Add a report to an open whistle.</summary>
public sealed record MergeReportRequest(string? Whistle);

/// <summary>Do nothing about a report.</summary>
public sealed record DismissReportRequest(string? Reason);
