using System.Collections.Immutable;
using WhistleActors.Planning.Files;

namespace WhistleActors.Planning.Plans;

/// <summary>What came of reading a plan: the whole plan, or everything that is wrong with it.</summary>
public abstract record PlanReading
{
    private PlanReading()
    {
    }

    /// <summary>The plan is sound.</summary>
    public sealed record Loaded(Plan Plan) : PlanReading;

    /// <summary>The plan is refused; at least one fault, in the order of lines.</summary>
    public sealed record Refused(ImmutableArray<FileFault> Faults) : PlanReading;
}
