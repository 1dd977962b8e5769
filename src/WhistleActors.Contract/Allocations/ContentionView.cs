namespace WhistleActors.Contract.Allocations;

/// <summary>Where whistles want the same crews: the departments for which more summonses wait than they have free crews, the shortest first.</summary>
/// <param name="Elsewhere">Departments of other districts that are short of crews and that crews shown here could help, the shortest first.</param>
/// <param name="Orders">The departments for whose crews something was ordered that still holds.</param>
public sealed record ContentionView(
    DateTimeOffset At,
    IReadOnlyList<DepartmentContentionView> Departments,
    IReadOnlyList<ShortElsewhereView> Elsewhere,
    IReadOnlyList<DepartmentOrdersView> Orders);

/// <summary>A department of another district that is short of crews: how many, and nothing of its whistles.</summary>
/// <param name="Ours">Crews shown here that it could borrow, the nearest first.</param>
public sealed record ShortElsewhereView(string Department, int OnDuty, int Free, int Waiting, int Shortage, IReadOnlyList<SpareCrewView> Ours);

/// <summary>What was ordered of a department's crews and still holds.</summary>
/// <param name="Lent">Its own crews that work elsewhere.</param>
/// <param name="Throttle">Levels that are held back; null when none is.</param>
public sealed record DepartmentOrdersView(string Department, IReadOnlyList<LentCrewView> Lent, IReadOnlyList<PriorityView> Priorities, ThrottleView? Throttle = null);

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
