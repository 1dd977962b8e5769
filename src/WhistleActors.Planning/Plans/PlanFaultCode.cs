namespace WhistleActors.Planning.Plans;

/// <summary>The stable codes of what can be wrong with a plan beyond its form.</summary>
public static class PlanFaultCode
{
    public const string OtherCity = "other-city";
    public const string UnknownMatter = "unknown-matter";
    public const string UnknownPlace = "unknown-place";
    public const string UnknownDepartment = "unknown-department";
    public const string UnknownCrew = "unknown-crew";

    /// <summary>A plan that is named and is not there.</summary>
    public const string UnknownScenario = "unknown-scenario";

    /// <summary>A crew is posted or lent more than once.</summary>
    public const string CrewInTwoPlaces = "crew-in-two-places";

    /// <summary>More whistles than <see cref="PlanBounds"/> allow, in all or in one replication.</summary>
    public const string TooManyWhistles = "too-many-whistles";

    /// <summary>More crews than <see cref="PlanBounds"/> allow.</summary>
    public const string TooManyCrews = "too-many-crews";

    /// <summary>Two things stand there that exclude each other, or neither of two of which one must.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>The file of past whistles cannot be read, or has nothing in it that fits.</summary>
    public const string BadHistory = "bad-history";
}
