namespace WhistleActors.Planning.Files;

/// <summary>The stable codes of what can be wrong with any file of ours.</summary>
public static class FileFaultCode
{
    /// <summary>The file is not YAML (of which JSON is a part), names a key twice, is nested too deep, or holds more than one document.</summary>
    public const string MalformedYaml = "malformed-yaml";

    /// <summary>The file is larger than <see cref="YamlCursor.MaxCharacters"/>.</summary>
    public const string FileTooLarge = "file-too-large";

    /// <summary>What must be there is not, or is empty.</summary>
    public const string MissingValue = "missing-value";

    /// <summary>A key that the format does not know.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>A value of another shape: a list where one value is wanted, for instance.</summary>
    public const string WrongShape = "wrong-shape";

    /// <summary>A text is too long or holds control characters.</summary>
    public const string BadText = "bad-text";

    /// <summary>A code uses characters that codes do not have.</summary>
    public const string BadCode = "bad-code";

    /// <summary>A number is none, or out of its range.</summary>
    public const string BadNumber = "bad-number";

    /// <summary>A day, a time of day or a length of time is none, or out of its range.</summary>
    public const string BadTime = "bad-time";

    /// <summary>Something ends before it begins.</summary>
    public const string EndBeforeStart = "end-before-start";

    /// <summary>A word is not one of those that may stand there.</summary>
    public const string UnknownWord = "unknown-word";
}
