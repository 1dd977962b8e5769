using System.Text.RegularExpressions;

namespace WhistleActors.Domain.Tests;

/// <summary>Tables in the README of the rules, which tests hold against the code.</summary>
internal static partial class ReadmeTable
{
    /// <summary>The lines of the README.</summary>
    public static IEnumerable<string> Lines() => File.ReadLines(Path.Combine(Root(), "src", "WhistleActors.Domain", "README.md"));

    /// <summary>The names in a cell: what stands in back quotes.</summary>
    public static IEnumerable<string> Names(string cell) => Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WhistleActors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("not inside the repository");
        return folder.FullName;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
