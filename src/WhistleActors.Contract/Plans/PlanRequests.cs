using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhistleActors.Contract.Plans;

/// <summary>Asks for a simulation in virtual time. Plans and changes are written in the words of plan files (<c>scenarios/plans/README.md</c>).</summary>
/// <param name="Scenario">The id of a plan of the server's; either this or <paramref name="Plan"/>.</param>
/// <param name="Plan">A whole plan, as JSON.</param>
/// <param name="Changes">What is to be different in it.</param>
/// <param name="Against">A second plan, that meets the same chance and is compared with the first.</param>
/// <param name="Need">Departments for which to search how many crews keep the target, under the second plan where there is one; at most 40.</param>
public sealed record PlanRequest(
    string? Scenario = null, JsonElement? Plan = null, PlanChanges? Changes = null, PlanAgainst? Against = null, IReadOnlyList<string>? Need = null);

/// <summary>The second of two plans.</summary>
/// <param name="Scenario">Another scenario; the first plan's when neither it nor <paramref name="Plan"/> is given.</param>
/// <param name="Changes">What is to be different in it; the first plan's changes are not in it.</param>
public sealed record PlanAgainst(string? Scenario = null, JsonElement? Plan = null, PlanChanges? Changes = null);

/// <summary>What is to be different in a plan. What it says replaces what the plan says; lists come after the plan's.</summary>
/// <param name="WarmUp">A length of time, such as <c>90 s</c>, <c>10 min</c>, <c>1.5 h</c>, <c>7 d</c>; so are all lengths here.</param>
/// <param name="Crews">Each keeps what it does not name.</param>
/// <param name="Postings">Crews that are stationed at a subdistrict (下沉).</param>
/// <param name="Loans">Crews that serve another department (借调).</param>
public sealed record PlanChanges(
    Text? Name = null,
    int? Days = null,
    [property: JsonPropertyName("warm-up")] string? WarmUp = null,
    int? Replications = null,
    int? Seed = null,
    double? Target = null,
    [property: JsonPropertyName("set-out")] TimeLawRequest? SetOut = null,
    TimeLawRequest? Work = null,
    TravelRequest? Travel = null,
    IReadOnlyList<CrewChange>? Crews = null,
    IReadOnlyList<CrewMoveRequest>? Postings = null,
    IReadOnlyList<CrewMoveRequest>? Loans = null,
    IReadOnlyList<LimitRequest>? Limits = null);

/// <summary>How long something takes.</summary>
/// <param name="Shape"><c>constant</c>, <c>uniform</c>, <c>exponential</c>, <c>lognormal</c> or <c>hyperexponential</c>.</param>
/// <param name="Variation">Standard deviation over mean, where the shape leaves it open.</param>
public sealed record TimeLawRequest(string? Shape, string? Mean, double? Variation = null);

/// <summary>How crews travel, where it is not as the city pack says.</summary>
/// <param name="KmPerHour">0 means that travelling takes no time.</param>
public sealed record TravelRequest(double? Detour = null, [property: JsonPropertyName("km-per-hour")] double? KmPerHour = null, double? Variation = null);

/// <summary>Other crews of a department, or of all of a bureau or a district.</summary>
/// <param name="Count">So many, or</param>
/// <param name="Add">so many more than the plan gives; fewer when negative.</param>
/// <param name="Shifts">When they work; an empty list means day and night.</param>
/// <param name="Absence">The share that does not come on a day.</param>
public sealed record CrewChange(
    string? Department = null,
    string? Bureau = null,
    string? District = null,
    int? Count = null,
    int? Add = null,
    IReadOnlyList<DutyShiftRequest>? Shifts = null,
    double? Absence = null,
    TimeLawRequest? Work = null);

/// <summary>A time of each day at which crews are on duty, <c>hh:mm</c>; one that ends before it begins ends on the next day.</summary>
/// <param name="Crews">All shifts of a department say it, or none: then crews are dealt out evenly.</param>
public sealed record DutyShiftRequest(string? From, string? To, int? Crews = null);

/// <summary>A crew that is elsewhere than the city pack says.</summary>
/// <param name="To">A subdistrict for a posting, a department for a loan.</param>
public sealed record CrewMoveRequest(string? Crew, string? To);

/// <summary>Another time limit for checking in.</summary>
/// <param name="Level"><c>daily</c>, <c>campaign</c> or <c>emergency</c>; every one when left out.</param>
public sealed record LimitRequest(
    [property: JsonPropertyName("check-in")] string? CheckIn, string? Level = null, string? Department = null, string? Bureau = null, string? District = null);
