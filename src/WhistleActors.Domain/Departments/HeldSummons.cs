using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>What a department knows of one of its summonses; the grid owns it, the department holds the newest version that it heard of.</summary>
/// <param name="Version">The whistle's version that this tells of.</param>
/// <param name="Owes">True while the department owes something for it.</param>
/// <param name="Committed">True while a crew is on the way or bound to the spot.</param>
/// <param name="Round">The whistle's round from the second on: a new one may bring back what was over, and turns are counted anew. Null in the first.</param>
/// <param name="Crews">How many are, where more than one.</param>
/// <param name="Turn">How often in this round the summons turned in a way that can make it look as it did before, or began anew after all had been over; null for never.</param>
/// <param name="Exercise">True for an exercise; null otherwise.</param>
public sealed record HeldSummons(
    long Version,
    DutyRole Role,
    WhistleLevel Level,
    SummonsState State,
    Clock? Overdue,
    DateTimeOffset? SignBy,
    DateTimeOffset? CheckInBy,
    CrewCode? Crew,
    bool Owes,
    bool Committed,
    int? Round = null,
    int? Crews = null,
    int? Turn = null,
    bool? Exercise = null)
{
    /// <summary>How many crews are on the way or bound to the spot.</summary>
    public int CommittedCrews => Committed ? Crews ?? 1 : 0;

    /// <summary>What a department has to know of its summons under a whistle.</summary>
    public static HeldSummons Of(Whistle whistle, Summons summons)
    {
        var open = whistle.Stage == WhistleStage.Open;
        var bound = open && summons.CrewPresent ? summons.BoundCheckIns().Count() : 0;
        return new HeldSummons(
            whistle.Version,
            summons.Role,
            whistle.Level,
            summons.State,
            open ? summons.Overdue : null,
            summons.SignBy,
            summons.CheckInBy,
            summons.CheckIn?.Crew ?? summons.Departure?.Crew,
            Owes: open && summons.Owes,
            Committed: open && summons.CrewCommitted,
            Round: whistle.Round > 1 ? whistle.Round : null,
            Crews: bound > 1 ? bound : null,
            Turn: summons.Turns is > 0 and var turns ? turns : null,
            Exercise: whistle.IsExercise ? true : null);
    }
}
