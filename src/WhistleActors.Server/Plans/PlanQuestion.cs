using WhistleActors.Domain.Departments;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Server.Plans;

/// <summary>What is asked of a simulation; all of it known to be sound and within the bounds.</summary>
internal sealed record PlanQuestion(Plan Plan, Plan? Against, IReadOnlyList<DepartmentCode> Need)
{
    /// <summary>The plan that the crews needed are for.</summary>
    internal Plan Last => (Against ?? Plan) with { Seed = Plan.Seed, Replications = Plan.Replications, Target = Plan.Target };

    internal int Steps => Plan.Replications * ((Against is null ? 1 : 2) + Need.Count);
}
