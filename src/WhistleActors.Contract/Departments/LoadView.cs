namespace WhistleActors.Contract.Departments;

/// <summary>How many whistles want a department now, against the crews it has.</summary>
/// <param name="Version">Counts the department's events. A higher version supersedes a lower one.</param>
/// <param name="Open">Summonses that the department still owes something for; the next five and <paramref name="Returned"/> add up to it.</param>
/// <param name="Overdue">Of the open ones, those with a clock that ran out, or a ledger entry whose day passed.</param>
/// <param name="Crews">Crews that it has.</param>
/// <param name="Committed">Crews on the way or on the spot.</param>
/// <param name="Returned">Summonses whose ledger entry was not done in time; left out when there is none.</param>
/// <param name="Queue">Of the open ones, those without a crew on the way or on the spot; left out when there is none.</param>
public sealed record LoadView(
    string Department,
    long Version,
    int Open,
    int Summoned,
    int Signed,
    int Departed,
    int CheckedIn,
    int Reported,
    int Overdue,
    int Crews,
    int Committed,
    int? Returned = null,
    int? Queue = null);
