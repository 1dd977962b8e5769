namespace WhistleActors.Simulator.Load;

/// <summary>The stable codes of what can be wrong with a load scenario beyond its form.</summary>
internal static class LoadFaultCode
{
    public const string UnknownMatter = "unknown-matter";
    public const string UnknownPlace = "unknown-place";
    public const string UnknownDepartment = "unknown-department";

    /// <summary>A department is to be summoned where it does not serve.</summary>
    public const string DepartmentElsewhere = "department-elsewhere";

    /// <summary>More whistles than <see cref="LoadScenario.MostWhistles"/>.</summary>
    public const string TooManyWhistles = "too-many-whistles";

    /// <summary>Two things stand there that exclude each other, or neither of two of which one must.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>The file to be replayed cannot be read, or lacks a column.</summary>
    public const string BadReplay = "bad-replay";
}
