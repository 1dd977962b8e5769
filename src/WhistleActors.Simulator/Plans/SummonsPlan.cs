namespace WhistleActors.Simulator.Plans;

/// <summary>What one department will do about one summons. Times are the city's, before they are compressed.</summary>
/// <param name="SignsFirst">Whether its dispatcher signs; else the signature comes with the crew's departure or arrival.</param>
/// <param name="Announces">Whether the crew says that it is on the way.</param>
/// <param name="StraysFirst">Whether the crew first tries to check in from the wrong place.</param>
/// <param name="Vetoes">How often the initiator refuses its outcome before accepting.</param>
internal sealed record SummonsPlan(
    Attendance Attendance,
    bool SignsFirst,
    bool Announces,
    bool StraysFirst,
    Proof Proof,
    int Vetoes,
    bool Ledgers,
    int Headcount,
    TimeSpan Sign,
    TimeSpan Prepare,
    TimeSpan Travel,
    TimeSpan Work,
    TimeSpan Judge);
