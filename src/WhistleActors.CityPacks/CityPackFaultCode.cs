namespace WhistleActors.CityPacks;

/// <summary>The stable codes of the faults that a city pack is refused for.</summary>
public static class CityPackFaultCode
{
    /// <summary>The folder, or a file that every pack has, is not there.</summary>
    public const string MissingFile = "missing-file";

    /// <summary>A file cannot be read: damaged compression, no permission, or larger than <see cref="CityPackReader.MaxFileBytes"/>.</summary>
    public const string UnreadableFile = "unreadable-file";

    /// <summary>A file is there twice, plain and compressed.</summary>
    public const string AmbiguousFile = "ambiguous-file";

    /// <summary>A file is not UTF-8.</summary>
    public const string NotUtf8 = "not-utf8";

    /// <summary>A file is not JSON, names a member twice, or a member is of the wrong kind.</summary>
    public const string MalformedJson = "malformed-json";

    /// <summary>A row has too many or too few cells, or its quotes do not pair.</summary>
    public const string MalformedCsv = "malformed-csv";

    /// <summary>A CSV file lacks a column.</summary>
    public const string MissingColumn = "missing-column";

    /// <summary>A CSV file has a column that the format does not know, or the same one twice.</summary>
    public const string UnknownColumn = "unknown-column";

    /// <summary>A cell or member that must be filled is empty or absent.</summary>
    public const string MissingValue = "missing-value";

    /// <summary>A text is too long or holds control characters.</summary>
    public const string BadText = "bad-text";

    /// <summary>A code uses characters that codes do not have.</summary>
    public const string BadCode = "bad-code";

    /// <summary>A number is none, or out of its range.</summary>
    public const string BadNumber = "bad-number";

    /// <summary>A day or time of day is none, or an interval ends before it begins.</summary>
    public const string BadDate = "bad-date";

    /// <summary>A word is not one of those that may stand there.</summary>
    public const string UnknownWord = "unknown-word";

    /// <summary>The format version of the pack is not one that this reader knows.</summary>
    public const string UnknownFormat = "unknown-format";

    /// <summary>The time zone is unknown on this machine.</summary>
    public const string UnknownTimeZone = "unknown-time-zone";

    /// <summary>The geometry is in another datum than WGS-84.</summary>
    public const string WrongDatum = "wrong-datum";

    /// <summary>A code, or a key made of several cells, stands there twice.</summary>
    public const string DuplicateCode = "duplicate-code";

    /// <summary>The code does not fit the pack's grid code scheme or the code of the unit above.</summary>
    public const string CodeAgainstScheme = "code-against-scheme";

    /// <summary>The unit above, in the territory tree, does not exist.</summary>
    public const string UnknownParent = "unknown-parent";

    /// <summary>A district, subdistrict or community has nothing below it.</summary>
    public const string NothingBelow = "nothing-below";

    /// <summary>The named district does not exist.</summary>
    public const string UnknownDistrict = "unknown-district";

    /// <summary>The named subdistrict does not exist.</summary>
    public const string UnknownSubdistrict = "unknown-subdistrict";

    /// <summary>The named department does not exist.</summary>
    public const string UnknownDepartment = "unknown-department";

    /// <summary>A department has the code of a subdistrict, which can be summoned under it too.</summary>
    public const string DepartmentIsSubdistrict = "department-is-subdistrict";

    /// <summary>No department belongs to the named bureau.</summary>
    public const string UnknownBureau = "unknown-bureau";

    /// <summary>The named matter does not exist.</summary>
    public const string UnknownMatter = "unknown-matter";

    /// <summary>A bureau has duties but no department that serves some district.</summary>
    public const string MissingDepartment = "missing-department";

    /// <summary>A matter has no lead on some day.</summary>
    public const string NoLead = "no-lead";

    /// <summary>A matter has two leads on some day.</summary>
    public const string TwoLeads = "two-leads";

    /// <summary>A bureau has two duties for one matter on one day.</summary>
    public const string TwoDuties = "two-duties";

    /// <summary>A duty asks for a skill that no crew of its bureau has.</summary>
    public const string UnknownSkill = "unknown-skill";

    /// <summary>A bureau is named as its own substitute.</summary>
    public const string SubstituteForItself = "substitute-for-itself";

    /// <summary>The clock for signing or for checking in has no limit that always applies.</summary>
    public const string MissingCatchAll = "missing-catch-all";

    /// <summary>The weights of a score scheme do not add up to 100.</summary>
    public const string WeightsNotHundred = "weights-not-hundred";

    /// <summary>A coordinate is not on the globe; often longitude and latitude are swapped.</summary>
    public const string OffGlobe = "off-globe";

    /// <summary>An area lies hundreds of kilometres from the seat of its district; often longitude and latitude are swapped.</summary>
    public const string FarFromSeat = "far-from-seat";

    /// <summary>The first and the last point of a ring differ.</summary>
    public const string UnclosedRing = "unclosed-ring";

    /// <summary>A polygon crosses or touches itself, or a hole leaves its shell.</summary>
    public const string InvalidPolygon = "invalid-polygon";

    /// <summary>Two grids, or two districts, overlap.</summary>
    public const string OverlappingPolygon = "overlapping-polygon";

    /// <summary>The grids of a district leave a part of its outline uncovered.</summary>
    public const string GapInDistrict = "gap-in-district";

    /// <summary>A grid reaches out of the outline of its district.</summary>
    public const string OutsideDistrict = "outside-district";
}
