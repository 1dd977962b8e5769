using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract.Alerts;

/// <summary>What a department's console is told. Frames come in order; the first after each subscription is a reset.</summary>
/// <param name="Reset">What the console holds is to be forgotten first.</param>
/// <param name="Complete">False while more follows at once: a large picture comes in parts.</param>
/// <param name="Unsigned">How many summonses of the department wait for a signature in all, for one grouped notification.</param>
/// <param name="Alerts">What began or changed.</param>
/// <param name="Over">Ids of whistles that wait for the department no more.</param>
public sealed record AlertFrame(
    string Department, DateTimeOffset At, bool Reset, bool Complete, int Unsigned, IReadOnlyList<AlertView> Alerts, IReadOnlyList<string> Over);

/// <summary>A summons that waits for its department.</summary>
/// <param name="Version">The whistle's version that this tells of.</param>
/// <param name="Cause">What it waits for.</param>
/// <param name="Since">Since when: a new round asks anew.</param>
/// <param name="Round">Whether it is the first, second or third whistle (一次、二次、三次哨).</param>
/// <param name="Exercise">An exercise (演练): to be shown as one.</param>
public sealed record AlertView(
    string Whistle,
    long Version,
    AlertCause Cause,
    DateTimeOffset Since,
    DutyRole Role,
    Level Level,
    string Grid,
    string Subdistrict,
    string Matter,
    string Description,
    DateTimeOffset? SignBy,
    DateTimeOffset? CheckInBy,
    int Round = 1,
    bool Exercise = false);

/// <summary>What an alert waits for.</summary>
public enum AlertCause
{
    /// <summary>The signature.</summary>
    Unsigned,

    /// <summary>It was signed, and nobody has set out.</summary>
    NotDeparted,
}
