using System.Collections.Immutable;

namespace WhistleActors.Domain.Reports;

/// <summary>What a report desk has in mind: what is open, and by which numbers reports came lately. What has ended is in the journal.</summary>
/// <param name="Sequence">How many events the desk has had.</param>
/// <param name="LastAt">When its last event happened; a command never counts as earlier.</param>
/// <param name="Known">By source and number: what came, so that it comes once.</param>
public sealed record ReportDeskState(
    DeskCode Desk,
    long Sequence,
    DateTimeOffset LastAt,
    ImmutableDictionary<ReportId, Report> Open,
    ImmutableDictionary<string, KnownReport> Known)
{
    /// <summary>More than a subdistrict can look through: a limit that keeps the desk small.</summary>
    public const int MostOpen = 2_000;

    /// <summary>How many numbers are remembered at the most; beyond that the oldest half of those that ended are forgotten.</summary>
    public const int MostKnown = 20_000;

    public static ReportDeskState Empty(DeskCode desk) => new(
        desk, 0, DateTimeOffset.MinValue, ImmutableDictionary<ReportId, Report>.Empty, ImmutableDictionary<string, KnownReport>.Empty);

    /// <summary>Names a report as its source does. Sources are words without a space, so no two names meet.</summary>
    internal static string NameOf(ReportSource source, string number) => $"{source} {number}";
}

/// <summary>A report that came.</summary>
public sealed record KnownReport(ReportId Report, DateTimeOffset At);
