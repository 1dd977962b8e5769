namespace WhistleActors.Simulator.Plans;

/// <summary>How well the city works: shares between 0 and 1.</summary>
/// <param name="Late">Departments that check in after their time.</param>
/// <param name="Never">Departments that neither sign nor come.</param>
/// <param name="Veto">Outcomes that the initiator refuses.</param>
/// <param name="Ledger">Outcomes that are put on a dated ledger.</param>
/// <param name="Withdraw">Whistles that their initiator takes back.</param>
/// <param name="Stray">Check-ins that are first tried from the wrong place, and refused.</param>
internal sealed record Temper(double Late, double Never, double Veto, double Ledger, double Withdraw, double Stray);
