using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client.Boards;

/// <summary>A new picture, and what is new in it.</summary>
/// <param name="Picture">The picture after the change.</param>
/// <param name="Whistles">New states of whistles, those that have just ended among them.</param>
/// <param name="Departments">New loads.</param>
/// <param name="Districts">New loads of districts.</param>
/// <param name="Rebuilt">True when it came from a whole snapshot: then what vanished from the picture is not named.</param>
public sealed record BoardChange(
    BoardPicture Picture,
    IReadOnlyList<WhistleView> Whistles,
    IReadOnlyList<LoadView> Departments,
    IReadOnlyList<DistrictLoadView> Districts,
    bool Rebuilt)
{
    /// <summary>New forecasts of loads.</summary>
    public IReadOnlyList<LoadForecastView> Forecasts { get; init; } = [];
}
