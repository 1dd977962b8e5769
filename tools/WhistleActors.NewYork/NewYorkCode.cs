namespace WhistleActors.NewYork;

/// <summary>How names of the source become codes of the pack.</summary>
internal static class NewYorkCode
{
    private const int MaxLength = 48;

    internal static string Matter(string complaintType)
    {
        var words = new string([.. complaintType.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]);
        var code = string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return code.Length <= MaxLength ? code : code[..MaxLength].TrimEnd('-');
    }

    internal static string Bureau(string agency) => agency.ToLowerInvariant();

    internal static string Zip(string zip) => new([.. zip.Where(char.IsAsciiLetterOrDigit)]);

    internal static string Plain(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit)]);
}
