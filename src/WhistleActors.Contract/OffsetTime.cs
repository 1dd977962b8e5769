using System.Globalization;
using System.Text.RegularExpressions;

namespace WhistleActors.Contract;

/// <summary>Times as RFC 3339 with an offset. A time without one is refused: it would be read in whatever zone the server happens to stand in.</summary>
public static partial class OffsetTime
{
    /// <summary>Reads a time as an instant; false when it is not one, or does not say of which offset it is.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        if (text is not null && Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            time = read.ToUniversalTime();
            return true;
        }

        time = default;
        return false;
    }

    // Seconds may be left out, as people do. What else the library would read, down to the names of months, is not asked for anywhere.
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,16})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
