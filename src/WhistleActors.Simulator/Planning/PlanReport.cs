using WhistleActors.Planning.Results;

namespace WhistleActors.Simulator.Planning;

/// <summary>What is told of a plan, and written as JSON.</summary>
/// <param name="Other">The second plan; null when there is none.</param>
/// <param name="Differences">What is different under the second plan.</param>
/// <param name="Target">The share on time that the crews needed are for.</param>
internal sealed record PlanReport(
    PlanResult Plan, PlanResult? Other, IReadOnlyList<DepartmentDifference>? Differences, double Target, IReadOnlyList<CrewNeed> Needs, bool Partial)
{
    internal IEnumerable<string> Broken => Plan.Broken.Concat(Other?.Broken ?? []);
}
