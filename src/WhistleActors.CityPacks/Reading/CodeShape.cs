using WhistleActors.Domain.Territory;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Whether territory codes are built as the pack's scheme says (DOMAIN 5.2): digits only, each level's code begun by the level above.</summary>
internal static class CodeShape
{
    internal static bool Fits(GridCodeScheme scheme, DistrictCode code) => scheme == GridCodeScheme.Free || Digits(code.Text, 6);

    internal static bool Fits(GridCodeScheme scheme, SubdistrictCode code, DistrictCode above) =>
        scheme == GridCodeScheme.Free || (Digits(code.Text, 9) && code.Text.StartsWith(above.Text, StringComparison.Ordinal));

    internal static bool Fits(GridCodeScheme scheme, CommunityCode code, SubdistrictCode above) =>
        scheme == GridCodeScheme.Free || (Digits(code.Text, 12) && code.Text.StartsWith(above.Text, StringComparison.Ordinal));

    internal static bool Fits(GridCodeScheme scheme, GridCode code, CommunityCode above) => scheme switch
    {
        GridCodeScheme.Cn14 => Digits(code.Text, 14) && code.Text.StartsWith(above.Text, StringComparison.Ordinal),
        GridCodeScheme.Bj15 => Digits(code.Text, 15) && code.Text.StartsWith(above.Text, StringComparison.Ordinal),

        // The class of the object or service stands before the territory.
        GridCodeScheme.Cjt349 => Digits(code.Text, 20) && code.Text.AsSpan(6).StartsWith(above.Text, StringComparison.Ordinal),
        _ => true,
    };

    private static bool Digits(string text, int count) => text.Length == count && text.All(char.IsAsciiDigit);
}
