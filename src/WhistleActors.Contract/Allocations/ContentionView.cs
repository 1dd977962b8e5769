namespace WhistleActors.Contract.Allocations;

/// <summary>Where whistles want the same crews: the departments for which more summonses wait than they have free crews, the shortest first.</summary>
public sealed record ContentionView(DateTimeOffset At, IReadOnlyList<DepartmentContentionView> Departments);

/// <summary>A department that is short of crews.</summary>
/// <param name="OnDuty">Its crews that are at work now; of those <paramref name="Free"/> can be sent.</param>
/// <param name="Waiting">Summonses without a crew.</param>
/// <param name="Shortage">How many of them are left when each free crew is sent.</param>
/// <param name="Holding">What its crews do, by when they should be free.</param>
/// <param name="Starved">The whistles that are left, what presses most first; at most fifty of them.</param>
/// <param name="Spare">Free crews of the same bureau elsewhere that nobody waits for there, the nearest first; at most five.</param>
public sealed record DepartmentContentionView(
    string Department,
    int OnDuty,
    int Free,
    int Waiting,
    int Shortage,
    IReadOnlyList<CrewStandingView> Holding,
    IReadOnlyList<StarvedWhistleView> Starved,
    IReadOnlyList<SpareCrewView> Spare);

/// <summary>A whistle that waits for a crew, and there is none for it.</summary>
/// <param name="Since">Since when the department is wanted.</param>
/// <param name="Pressure">In minutes of urgency.</param>
public sealed record StarvedWhistleView(string Whistle, Whistles.Level Level, DateTimeOffset Since, double Pressure, DateTimeOffset? CheckInBy = null);

/// <summary>A crew that could be borrowed.</summary>
/// <param name="ArrivesAt">When it would be at the first of the starved whistles, if it set out now.</param>
public sealed record SpareCrewView(string Crew, string Department, DateTimeOffset ArrivesAt);
