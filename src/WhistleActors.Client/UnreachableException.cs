namespace WhistleActors.Client;

/// <summary>
/// No answer came in the time that <see cref="WhistleClientOptions.GiveUpAfter"/> allows. Whether a command took effect is unknown:
/// repeat it under the same <see cref="Key"/>, and it takes effect once.
/// </summary>
public sealed class UnreachableException(string call, string? key, int attempts, Exception last)
    : Exception($"No answer to {call} after {attempts} attempts: {last.Message}", last)
{
    /// <summary>The command's <c>Idempotency-Key</c>; null for a question.</summary>
    public string? Key { get; } = key;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; } = attempts;
}
