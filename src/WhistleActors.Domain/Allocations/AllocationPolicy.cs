using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>
/// By what a department's summonses are put in order when there are fewer crews than summonses. Every number but the places is worth that many minutes of
/// urgency; all are the city's. An emergency comes before everything else, whatever the numbers.
/// </summary>
/// <param name="Campaign">What a campaign whistle is ahead of a daily one.</param>
/// <param name="Horizon">How long before its end a check-in clock begins to press; a summons that is late presses no more than at its end.</param>
/// <param name="Ageing">What each minute of waiting adds, for ever: so nobody starves.</param>
/// <param name="Travel">What each minute of travel takes away.</param>
/// <param name="Waiting">What each other department adds that is on the spot already, or on the way there.</param>
/// <param name="LastMissing">What it adds that this department is the last one missing: a joint whistle is worth little before.</param>
/// <param name="Fairness">What each crew takes away that the department has out in the same subdistrict.</param>
/// <param name="AwayFromPost">What it takes away that the crew is posted to another subdistrict.</param>
/// <param name="TripMetres">Whistles no farther apart than this are offered to be served by one trip.</param>
/// <param name="TripMinutes">So are those whose departments were asked within so many minutes of each other.</param>
/// <param name="UsualWorkMinutes">How long a crew stays on the spot, by level; for expected times.</param>
public sealed record AllocationPolicy(
    int Campaign,
    int Horizon,
    double Ageing,
    double Travel,
    int Waiting,
    int LastMissing,
    int Fairness,
    int AwayFromPost,
    int TripMetres,
    int TripMinutes,
    WorkMinutes UsualWorkMinutes)
{
    /// <summary>For a city that says nothing else.</summary>
    public static AllocationPolicy Default { get; } = new(
        Campaign: 30,
        Horizon: 120,
        Ageing: 0.5,
        Travel: 1,
        Waiting: 10,
        LastMissing: 20,
        Fairness: 5,
        AwayFromPost: 15,
        TripMetres: 300,
        TripMinutes: 60,
        new WorkMinutes(45, 90, 60));
}

/// <summary>How long a crew usually works on the spot, in minutes, by the level of the whistle.</summary>
public readonly record struct WorkMinutes(int Daily, int Campaign, int Emergency)
{
    /// <summary>For one level.</summary>
    public TimeSpan Of(WhistleLevel level) => TimeSpan.FromMinutes(level switch
    {
        WhistleLevel.Emergency => Emergency,
        WhistleLevel.Campaign => Campaign,
        _ => Daily,
    });
}
