using System.Collections.Immutable;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Patterns;

/// <summary>A matter that was whistled for in a grid more often than chance would have it: look here.</summary>
/// <param name="Whistles">Those of the window, oldest first; what was observed is their number.</param>
/// <param name="AgainstDistrict">Compared with the district's other grids: is this place different? Null in a district of one grid.</param>
/// <param name="AgainstOwnPast">Compared with the grid's own past: has something changed? Null while the past is shorter than the window.</param>
/// <param name="When">The part of the week to which the grid's whistles of this matter keep, if they do.</param>
public sealed record HotSpot(
    GridCode Grid,
    MatterCode Matter,
    ImmutableArray<WhistleId> Whistles,
    Finding? AgainstDistrict,
    Finding? AgainstOwnPast,
    PartOfWeek? When);

/// <summary>What was expected, and how unlikely what was observed is.</summary>
/// <param name="Expected">The mean number of whistles that would be expected in the window.</param>
/// <param name="Chance">The probability of at least so many whistles in one given grid, 0 to 1.</param>
/// <param name="ByChance">
/// How many such findings mere chance would be expected to make in one look at all grids and matters of the district: many places are looked at, and
/// one of them is always the highest.
/// </param>
public sealed record Finding(double Expected, double Chance, double ByChance);

/// <summary>Four hours of the day, on working days or on free ones.</summary>
/// <param name="FromHour">0, 4, 8, 12, 16 or 20 in the city's time.</param>
/// <param name="Observed">How many of <paramref name="Of"/> whistles fell into it.</param>
/// <param name="Expected">How many would have, if they had come when the city's whistles come.</param>
/// <param name="ByChance">How many of the twelve parts of the week would show so many by chance.</param>
public sealed record PartOfWeek(int FromHour, bool WorkingDay, int Observed, int Of, double Expected, double ByChance);
