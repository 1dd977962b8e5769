using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.Boards;

/// <summary>
/// What <c>/hubs/live</c> sends: the entities that changed after <paramref name="From"/> up to <paramref name="To"/>, each with its whole state.
/// A frame with nothing in it is a heartbeat. A client's picture is right up to <paramref name="To"/> as soon as it has merged the frame,
/// and may be shown once a frame says <paramref name="Complete"/>. A frame whose <paramref name="From"/> is not the client's
/// position shows a gap: subscribe again with the position held.
/// </summary>
/// <param name="Epoch">Names this run of the node's board; positions of another epoch mean nothing here.</param>
/// <param name="Head">The board's newest sequence when the frame was made.</param>
/// <param name="Reset">True on the first frame of a snapshot: what it does not mention by the time it is complete is gone.</param>
/// <param name="Complete">True when <paramref name="To"/> had reached the head, and the board itself was not behind the journal.</param>
/// <param name="At">The server's time.</param>
/// <param name="Whistles">Changed whistles; one that is no longer open comes once more, so that it can be taken down.</param>
/// <param name="Departments">Changed loads.</param>
/// <param name="City">On the board of the whole city its totals, when they changed.</param>
/// <param name="Districts">On the boards of the city and of a district: changed loads of districts. Null when there is none.</param>
/// <param name="Saturated">
/// While the node turns away some of what it is asked, at which of its gates: <c>grids</c>, <c>departments</c>, <c>desks</c>. Null when it turns away nobody.
/// </param>
/// <param name="Forecasts">Changed forecasts of the loads that the board shows. Null when there is none.</param>
public sealed record BoardFrame(
    string Epoch,
    long From,
    long To,
    long Head,
    bool Reset,
    bool Complete,
    DateTimeOffset At,
    IReadOnlyList<WhistleView> Whistles,
    IReadOnlyList<LoadView> Departments,
    CityTotalsView? City,
    IReadOnlyList<DistrictLoadView>? Districts = null,
    IReadOnlyList<string>? Saturated = null,
    IReadOnlyList<LoadForecastView>? Forecasts = null);

/// <summary>What happened in the city on one of its calendar days, and what is open now.</summary>
/// <param name="Version">A higher version supersedes a lower one.</param>
/// <param name="Blown">Whistles blown that day; the next six count that day's events too.</param>
/// <param name="CheckInsOnTime">Check-ins before their deadline.</param>
/// <param name="CheckInsLate">Check-ins after it.</param>
/// <param name="Overdue">Clocks that ran out, for signing or checking in.</param>
public sealed record CityTotalsView(
    long Version,
    DateOnly Day,
    int Blown,
    int Closed,
    int Withdrawn,
    int CheckInsOnTime,
    int CheckInsLate,
    int Overdue);
