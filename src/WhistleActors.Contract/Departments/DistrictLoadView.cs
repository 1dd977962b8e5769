namespace WhistleActors.Contract.Departments;

/// <summary>
/// How many whistles want the departments of a district now, against the crews that they have. City-wide departments serve no one district and count in none.
/// </summary>
/// <param name="Version">The sum of the departments' versions, so that it grows with each. A higher version supersedes a lower one.</param>
/// <param name="Departments">Departments that the district has.</param>
/// <param name="Open">Summonses that they, and the district's own subdistricts where those were summoned, still owe something for; the next five and <paramref name="Returned"/> add up to it.</param>
/// <param name="Overdue">Of the open ones, those with a clock that ran out, or a ledger entry whose day passed.</param>
/// <param name="Returned">Summonses whose ledger entry was not done in time.</param>
/// <param name="Queue">Of the open ones, those without a crew on the way or on the spot.</param>
/// <param name="Crews">Crews that the departments have.</param>
/// <param name="Committed">Crews on the way or on the spot.</param>
public sealed record DistrictLoadView(
    string District,
    long Version,
    int Departments,
    int Open,
    int Summoned,
    int Signed,
    int Departed,
    int CheckedIn,
    int Reported,
    int Overdue,
    int Returned,
    int Queue,
    int Crews,
    int Committed);
