using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>What a department knows of one of its summonses; the grid owns it, the department holds the newest version that it heard of.</summary>
/// <param name="Version">The whistle's version that this tells of.</param>
/// <param name="Owes">True while the department owes something for it.</param>
/// <param name="Committed">True while a crew is on the way or bound to the spot.</param>
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
    bool? Exercise = null)
{
    /// <summary>What a department has to know of its summons under a whistle.</summary>
    public static HeldSummons Of(Whistle whistle, Summons summons)
    {
        var open = whistle.Stage == WhistleStage.Open;
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
            Exercise: whistle.IsExercise ? true : null);
    }
}
