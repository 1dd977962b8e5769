namespace WhistleActors.Domain.Refusals;

/// <summary>Leaves a rule at the first thing that is wrong. It never leaves <c>Decide</c>: outside, a refusal is a value.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}
