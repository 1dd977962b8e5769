using System.Collections.Immutable;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client.Boards;

/// <summary>A board as it was at one position: whole, and never changed afterwards.</summary>
/// <param name="Position">The board's epoch and sequence that it shows.</param>
/// <param name="Whistles">The open whistles by id.</param>
/// <param name="Departments">The loads by department.</param>
/// <param name="City">The city's totals, once there are any.</param>
/// <param name="Districts">The loads by district, on the boards of the city and of a district.</param>
/// <param name="At">The server's time when it made the picture's newest frame.</param>
/// <param name="Saturated">At which gates the node turned somebody away when it made that frame; mostly none.</param>
public sealed record BoardPicture(
    BoardPosition Position,
    ImmutableDictionary<string, WhistleView> Whistles,
    ImmutableDictionary<string, LoadView> Departments,
    ImmutableDictionary<string, DistrictLoadView> Districts,
    CityTotalsView? City,
    DateTimeOffset At,
    IReadOnlyList<string> Saturated)
{
    /// <summary>Where the loads tend to, by department and district.</summary>
    public ImmutableDictionary<string, LoadForecastView> Forecasts { get; init; } = ImmutableDictionary<string, LoadForecastView>.Empty;
}
