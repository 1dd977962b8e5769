using WhistleActors.Contract.Problems;

namespace WhistleActors.Server.Problems;

/// <summary>Leaves an endpoint with a problem, from however deep in the reading of a request.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    internal Problem Problem { get; } = problem;
}
