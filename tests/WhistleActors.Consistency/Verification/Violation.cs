namespace WhistleActors.Consistency.Verification;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">Which: a short stable name, as README.md lists them.</param>
/// <param name="What">Where, and what was expected.</param>
internal sealed record Violation(string Rule, string What)
{
    public override string ToString() => $"{Rule}: {What}";
}
