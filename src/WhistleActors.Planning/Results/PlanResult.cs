using System.Text.Json.Serialization;
using WhistleActors.Domain;

namespace WhistleActors.Planning.Results;

/// <summary>What a plan came to. Shares lie between 0 and 1, times are minutes, intervals are of 95 % over the replications.</summary>
/// <param name="Replications">How many were run to their end.</param>
/// <param name="Partial">True when it was stopped before all replications were done.</param>
/// <param name="Whistles">Whistles blown in one replication, on average, the warm-up included.</param>
/// <param name="City">All departments together.</param>
/// <param name="Completion">Whole whistles: all their departments there, and there on time.</param>
/// <param name="Bottleneck">The department for whose crews most time was waited; null when nobody waited.</param>
/// <param name="Departments">Those that were summoned, in the order of their codes.</param>
/// <param name="Subdistricts">Those that whistled, in the order of their codes.</param>
/// <param name="Hours">Hour by hour from the first midnight.</param>
/// <param name="Broken">Accounts that do not agree: always empty, or the run is worth nothing.</param>
public sealed record PlanResult(
    LocalizedText Name,
    string CityPack,
    int Seed,
    int Replications,
    int Asked,
    bool Partial,
    double Whistles,
    DepartmentResult City,
    CompletionResult Completion,
    string? Bottleneck,
    IReadOnlyList<DepartmentResult> Departments,
    IReadOnlyList<SubdistrictResult> Subdistricts,
    IReadOnlyList<HourResult> Hours,
    IReadOnlyList<string> Broken)
{
    /// <summary>What each replication came to, for comparing by pairs.</summary>
    [JsonIgnore]
    internal IReadOnlyList<ReplicationResult> Runs { get; init; } = [];

    /// <summary>Where each department stands in the runs.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<string, int> Places { get; init; } = new Dictionary<string, int>();

    internal int PlaceOf(string department) => Places[department];
}

/// <summary>One department.</summary>
/// <param name="Code">Its code; "*" for all together.</param>
/// <param name="Crews">Its crews under the plan, on all shifts.</param>
/// <param name="Summonses">In one replication, on average.</param>
/// <param name="OnTime">Share of check-ins on time among all summonses; who never came was not.</param>
/// <param name="Never">Summonses to which nobody came, in one replication, on average.</param>
/// <param name="CheckInMinutes">From the whistle to the check-in, of those who came.</param>
/// <param name="Quantiles">Of the same time over all replications, who never came counted as longest.</param>
/// <param name="QueueMinutes">From the whistle until a crew was sent.</param>
/// <param name="Queued">Share of summonses for which no crew was free at once.</param>
/// <param name="Utilisation">Time on the way and on the spot over time on duty.</param>
/// <param name="LongestQueue">The most summonses that ever waited at once.</param>
/// <param name="Taken">Crews on their way that an emergency took from something less, in one replication.</param>
/// <param name="Spread">How the time to the check-in is spread: minutes, and the share that came within them.</param>
public sealed record DepartmentResult(
    string Code,
    LocalizedText Name,
    int Crews,
    double Summonses,
    Interval? OnTime,
    double Never,
    Interval? CheckInMinutes,
    IReadOnlyList<QuantileResult> Quantiles,
    Interval? QueueMinutes,
    Interval? Queued,
    Interval? Utilisation,
    int LongestQueue,
    Interval? Taken,
    IReadOnlyList<SpreadPoint> Spread);

/// <summary>The time to the check-in that this share does not exceed.</summary>
/// <param name="Minutes">Null when so many never came.</param>
/// <param name="Interval">Over the replications; null when in one of them so many never came.</param>
public sealed record QuantileResult(double Share, double? Minutes, Interval? Interval);

/// <summary>The share of summonses that were met within so many minutes.</summary>
public sealed record SpreadPoint(double Minutes, double Share);

/// <summary>One subdistrict: how often those whom it called came on time.</summary>
public sealed record SubdistrictResult(string Code, LocalizedText Name, double Summonses, Interval? OnTime);

/// <summary>Whole whistles.</summary>
/// <param name="OnTime">Share of which every department came on time.</param>
/// <param name="Quantiles">From the whistle until the last department was there.</param>
public sealed record CompletionResult(Interval? OnTime, IReadOnlyList<QuantileResult> Quantiles);

/// <summary>One hour, on average over the replications.</summary>
/// <param name="Hour">Hours from the first midnight.</param>
/// <param name="OnTime">Of the summonses of this hour; null when there were none.</param>
/// <param name="Waiting">Summonses without a crew at its start.</param>
/// <param name="Busy">Crews on the way or on the spot at its start.</param>
public sealed record HourResult(int Hour, double Summonses, double? OnTime, double Waiting, double Busy);
