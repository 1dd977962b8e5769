using WhistleActors.Contract.Problems;

namespace WhistleActors.Client;

/// <summary>The server refused. Branch on the <see cref="Problem"/>'s code; its texts are for people.</summary>
public sealed class RefusedException(Problem problem) : Exception($"{problem.Status} {problem.Code}: {problem.Detail}")
{
    /// <summary>What was wrong and what would be right, in both languages.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>The problem's stable code.</summary>
    public string Code => Problem.Code;
}
