using WhistleActors.Contract.Problems;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.Plans;

/// <summary>A plan that the server has.</summary>
/// <param name="Id">For <see cref="PlanRequest.Scenario"/>.</param>
/// <param name="Name">Null when the file cannot be used.</param>
/// <param name="Whistles">Expected in one replication.</param>
/// <param name="Target">The share on time that is aimed at.</param>
/// <param name="Errors">What is wrong with the file; null when it is sound.</param>
public sealed record ScenarioView(
    string Id, Text? Name = null, string? Start = null, int Days = 0, double Whistles = 0, int Replications = 0, double Target = 0, IReadOnlyList<FieldError>? Errors = null);

/// <summary>A scenario: whom its whistles can summon, where they are blown, and which crews a plan may send elsewhere.</summary>
/// <param name="Departments">The most wanted first.</param>
/// <param name="Crews">All of the city, department by department: those of <paramref name="Departments"/> first, then others of the same bureaus.</param>
/// <param name="Places">Where crews may be posted (下沉): the subdistricts in which its whistles are blown, the most of them first.</param>
public sealed record ScenarioDetailView(
    ScenarioView Scenario, IReadOnlyList<PlannedDepartmentView> Departments, IReadOnlyList<PlanLenderView> Crews, IReadOnlyList<PlannedPlaceView> Places);

/// <summary>A department in a scenario.</summary>
/// <param name="Crews">How many it has there.</param>
/// <param name="Summonses">Expected in one replication.</param>
public sealed record PlannedDepartmentView(string Code, Text Name, Text ShortName, string? District, int Crews, double Summonses, string Bureau);

/// <summary>A department whose crews a plan may send elsewhere: lent (借调) to every other department of the scenario, or posted.</summary>
/// <param name="District">Null when it serves the whole city.</param>
public sealed record PlanLenderView(
    string Code, Text Name, Text ShortName, string Bureau, string? District, IReadOnlyList<PlanCrewView> Crews);

/// <summary>A crew as the city pack has it.</summary>
/// <param name="Size">People.</param>
/// <param name="Home">Where it starts from, WGS-84; null when the pack does not say.</param>
/// <param name="PostedTo">The subdistrict that it is posted to.</param>
/// <param name="SentTo">The subdistrict or department to which the scenario itself sends it: then it cannot be sent a second time.</param>
public sealed record PlanCrewView(string Code, Text Name, int Size, LonLatView? Home = null, string? PostedTo = null, string? SentTo = null);

/// <summary>A subdistrict in a scenario.</summary>
/// <param name="Whistles">Expected in one replication.</param>
public sealed record PlannedPlaceView(string Code, Text Name, string District, double Whistles);

/// <summary>A simulation that somebody asked for. It lives in the memory of the node that runs it: ask that node, and not after a restart.</summary>
/// <param name="State"><c>running</c>, <c>done</c>, <c>stopped</c> (its report is of what was done until then) or <c>failed</c>.</param>
/// <param name="StoppedBecause"><c>asked</c>, <c>abandoned</c> (nobody asked after it for a minute) or <c>time-limit</c>.</param>
/// <param name="Done">Steps done, out of <paramref name="Of"/>; a replication is a step, the search for one department's crews as many as a plan has replications.</param>
/// <param name="Report">As soon as it is over; null when nothing was done.</param>
public sealed record PlanView(
    string Id, string State, DateTimeOffset StartedAt, int Done, int Of, string? StoppedBecause = null, PlanReportView? Report = null);

/// <summary>What came of it. Shares lie between 0 and 1, times are minutes, intervals are of 95 % over the replications.</summary>
/// <param name="Differences">Pair by pair of replications; the city, "*", comes first. Null when there was one plan.</param>
/// <param name="Partial">True when it was stopped before all was done.</param>
public sealed record PlanReportView(
    PlanResultView Plan, PlanResultView? Against, IReadOnlyList<PlanDifferenceView>? Differences, double Target, IReadOnlyList<CrewNeedView> Needs, bool Partial);

/// <summary>What one plan came to.</summary>
/// <param name="Replications">How many were run to their end, out of <paramref name="Asked"/>.</param>
/// <param name="Whistles">In one replication, on average.</param>
/// <param name="City">All departments together, "*".</param>
/// <param name="AllOnTime">Share of whistles at which every department was on time.</param>
/// <param name="Bottleneck">For whose crews most time was waited; null when nobody waited.</param>
/// <param name="Broken">Accounts that do not agree: always empty, or the result is worth nothing.</param>
public sealed record PlanResultView(
    Text Name,
    string CityPack,
    int Seed,
    int Replications,
    int Asked,
    double Whistles,
    PlanDepartmentView City,
    IntervalView? AllOnTime,
    string? Bottleneck,
    IReadOnlyList<PlanDepartmentView> Departments,
    IReadOnlyList<PlanPlaceView> Subdistricts,
    IReadOnlyList<PlanHourView> Hours,
    IReadOnlyList<string> Broken);

/// <summary>One department under a plan.</summary>
/// <param name="OnTime">Share of check-ins on time among all summonses; who never came was not.</param>
/// <param name="Never">Summonses to which nobody came, in one replication.</param>
/// <param name="CheckInMinutes">From the whistle to the check-in, of those who came.</param>
/// <param name="Quantiles">Of the same time; who never came counted as longest.</param>
/// <param name="QueueMinutes">From the whistle until a crew was sent.</param>
/// <param name="Queued">Share of summonses for which no crew was free at once.</param>
/// <param name="Utilisation">Time on the way and on the spot over time on duty.</param>
/// <param name="LongestQueue">The most summonses that ever waited at once.</param>
/// <param name="Taken">Crews on their way that an emergency took from something less, in one replication.</param>
/// <param name="Spread">The share of summonses that were met within so many minutes.</param>
public sealed record PlanDepartmentView(
    string Code,
    Text Name,
    int Crews,
    double Summonses,
    IntervalView? OnTime,
    double Never,
    IntervalView? CheckInMinutes,
    IReadOnlyList<PlanQuantileView> Quantiles,
    IntervalView? QueueMinutes,
    IntervalView? Queued,
    IntervalView? Utilisation,
    int LongestQueue,
    IntervalView? Taken,
    IReadOnlyList<PlanSpreadView> Spread);

/// <summary>A mean over replications, with its 95 % confidence interval.</summary>
public sealed record IntervalView(double Mean, double Low, double High);

/// <summary>The time that this share does not exceed; null when so many never came.</summary>
public sealed record PlanQuantileView(double Share, double? Minutes);

/// <summary>The share met within so many minutes.</summary>
public sealed record PlanSpreadView(double Minutes, double Share);

/// <summary>A subdistrict: how often those whom it called came on time.</summary>
public sealed record PlanPlaceView(string Code, Text Name, double Summonses, IntervalView? OnTime);

/// <summary>One hour, on average.</summary>
/// <param name="Hour">From the first midnight.</param>
/// <param name="Waiting">Summonses without a crew at its start.</param>
/// <param name="Busy">Crews on the way or on the spot at its start.</param>
/// <param name="OnTime">Of the summonses of this hour; null when there were none.</param>
public sealed record PlanHourView(int Hour, double Summonses, double Waiting, double Busy, double? OnTime);

/// <summary>What the second plan changes for one department.</summary>
public sealed record PlanDifferenceView(string Code, Text Name, DifferenceView? OnTime, DifferenceView? CheckInMinutes);

/// <summary>A difference of two means, by pairs.</summary>
/// <param name="Change">After minus before.</param>
/// <param name="Real">True when the interval does not hold 0. Of twenty that are not real, one looks so.</param>
public sealed record DifferenceView(double Before, double After, IntervalView Change, bool Real);

/// <summary>How many crews a department needs for the target.</summary>
/// <param name="Needs">The fewest; null when no number is enough: then it is the journey, the shifts, the limit or a skill that no crew has.</param>
/// <param name="Then">Its share on time with so many.</param>
public sealed record CrewNeedView(string Department, int Has, int? Needs, IntervalView? Then);
