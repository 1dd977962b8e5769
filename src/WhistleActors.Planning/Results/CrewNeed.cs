namespace WhistleActors.Planning.Results;

/// <summary>How many crews a department needs.</summary>
/// <param name="Has">How many it has under the plan.</param>
/// <param name="Needs">With so many the whole confidence interval of its share on time reaches the target, with one fewer it does not; null when <see cref="MostTried"/> are not
/// enough: then it is the journey, the shifts, the limit or a skill that no crew has, and no number of crews.</param>
/// <param name="Then">What the department comes to with so many, or with the most that were tried.</param>
public sealed record CrewNeed(string Department, int Has, int? Needs, DepartmentResult? Then)
{
    /// <summary>The search goes no further.</summary>
    public const int MostTried = 1024;
}
