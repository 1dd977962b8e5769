namespace WhistleActors.Contract.Alerts;

/// <summary>
/// What the command of a district is told: alerts that no department answered until the chain came to it. Frames come in order; the first after each
/// subscription is a reset.
/// </summary>
/// <param name="Reset">What the console holds is to be forgotten first.</param>
/// <param name="Complete">False while more follows at once.</param>
/// <param name="Unsigned">How many of them wait for a signature in all.</param>
/// <param name="Alerts">What came to the district, or changed.</param>
/// <param name="Over">What waits no more.</param>
public sealed record EscalationFrame(
    string District, DateTimeOffset At, bool Reset, bool Complete, int Unsigned, IReadOnlyList<EscalatedAlert> Alerts, IReadOnlyList<AlertName> Over);

/// <summary>An alert, and whose it is.</summary>
public sealed record EscalatedAlert(string Department, AlertView Alert);

/// <summary>Names an alert: one department's summons under one whistle.</summary>
public sealed record AlertName(string? Whistle, string? Department);
