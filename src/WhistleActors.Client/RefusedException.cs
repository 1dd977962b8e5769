using WhistleActors.Contract.Problems;

namespace WhistleActors.Client;

/// <summary>The server refused. Branch on the <see cref="Problem"/>'s code; its texts are for people.</summary>
/// <param name="retryAfter">When the server asks to be asked again; null when it does not say.</param>
/// <param name="mayPass">Whether the same call may be accepted later.</param>
public sealed class RefusedException(Problem problem, TimeSpan? retryAfter = null, bool mayPass = false) : Exception($"{problem.Status} {problem.Code}: {problem.Detail}")
{
    /// <summary>What was wrong and what would be right, in both languages.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>How long the server asks to wait (<c>Retry-After</c>); null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True when the same call may be accepted later: the server, or something before it, has too much to do (429, 502, 503, 504).</summary>
    public bool MayPass { get; } = mayPass;

    /// <summary>The problem's stable code.</summary>
    public string Code => Problem.Code;
}
