namespace WhistleActors.Contract.Records;

/// <summary>Where a district should look before it is whistled for again.</summary>
/// <param name="Since">When the record begins; null while it is empty.</param>
/// <param name="From">The window's begin.</param>
/// <param name="To">The window's end.</param>
/// <param name="HotSpots">The least likely first.</param>
public sealed record PatternsView(string District, DateTimeOffset? Since, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<HotSpotView> HotSpots);

/// <summary>A matter that was whistled for in a grid more often than chance would have it.</summary>
/// <param name="Whistles">The whistles of the window, oldest first; their number is what was observed.</param>
/// <param name="AgainstDistrict">Compared with the district's other grids; null in a district of one grid.</param>
/// <param name="AgainstOwnPast">Compared with the grid's own past; null while that is shorter than the window.</param>
/// <param name="When">The part of the week to which these whistles keep; null when they keep to none.</param>
public sealed record HotSpotView(
    string Grid, string Subdistrict, string Matter, IReadOnlyList<string> Whistles, FindingView? AgainstDistrict, FindingView? AgainstOwnPast, PartOfWeekView? When);

/// <summary>What was expected, and how unlikely what was observed is.</summary>
/// <param name="Expected">The mean number of whistles that would be expected.</param>
/// <param name="Chance">The probability of so many or more in one given grid, 0 to 1.</param>
/// <param name="ByChance">How many such findings mere chance would make among all grids and matters of the district.</param>
public sealed record FindingView(double Expected, double Chance, double ByChance);

/// <summary>Four hours of the day, on working days or on free ones.</summary>
/// <param name="FromHour">0, 4, 8, 12, 16 or 20 in the city's time.</param>
/// <param name="Observed">How many whistles fell into it.</param>
/// <param name="Of">Of how many in all.</param>
/// <param name="Expected">How many would have, if they had come when the city's whistles come.</param>
/// <param name="ByChance">How many of the twelve parts of the week would show so many by chance.</param>
public sealed record PartOfWeekView(int FromHour, bool WorkingDay, int Observed, int Of, double Expected, double ByChance);

/// <summary>How a subdistrict's whistles stand to the band that the city pack sets.</summary>
public enum WhistleRateStanding { Within, TooLow, TooHigh, TooEarly }

/// <summary>How often the subdistricts whistled, against the city pack's band.</summary>
/// <param name="Weeks">Over how many weeks; null, like the next two, when the city pack sets no band.</param>
/// <param name="Low">Fewer than this is too few.</param>
/// <param name="High">More than this is too many.</param>
public sealed record WhistleRatesView(DateTimeOffset? Since, int? Weeks, int? Low, int? High, IReadOnlyList<WhistleRateView> Subdistricts);

/// <summary>How often one subdistrict whistled.</summary>
/// <param name="Standing">Null when the city pack sets no band.</param>
public sealed record WhistleRateView(string Subdistrict, string District, int Whistles, WhistleRateStanding? Standing);

/// <summary>How often exactly those were summoned whom the duty list proposed: what the list is worth.</summary>
/// <param name="From">The begin of what is counted.</param>
public sealed record ProposalsView(DateTimeOffset From, int Whistles, int Unchanged, IReadOnlyList<MatterProposalsView> Matters);

/// <summary>The same for one matter.</summary>
public sealed record MatterProposalsView(string Matter, int Whistles, int Unchanged);
