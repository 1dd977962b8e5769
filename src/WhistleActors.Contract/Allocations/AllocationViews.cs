namespace WhistleActors.Contract.Allocations;

/// <summary>Which crew of a department should go where, and what waits for how long. Advice: nothing moves until somebody sends a crew.</summary>
/// <param name="Crews">Every crew that the department has.</param>
/// <param name="Assignments">A crew for each summons that can be served now, what presses most first.</param>
/// <param name="Queue">The summonses for which there is no crew now, in their order.</param>
/// <param name="Automatic">True while the rule assigns by itself.</param>
/// <param name="Lent">Its own crews that work elsewhere.</param>
/// <param name="Priorities">What was made to come sooner or later.</param>
/// <param name="Throttle">Levels that are held back; null when none is.</param>
public sealed record AllocationView(
    string Department,
    DateTimeOffset At,
    IReadOnlyList<CrewStandingView> Crews,
    IReadOnlyList<AssignmentView> Assignments,
    IReadOnlyList<QueuedView> Queue,
    bool Automatic,
    IReadOnlyList<LentCrewView> Lent,
    IReadOnlyList<PriorityView> Priorities,
    ThrottleView? Throttle = null);

/// <summary>A crew that works for another department until then.</summary>
public sealed record LentCrewView(string Crew, string To, DateTimeOffset Until, string Reason);

/// <summary>A whistle that comes sooner or later to its turn, by so many minutes of urgency.</summary>
public sealed record PriorityView(string Whistle, int Minutes);

/// <summary>Levels that are held back until then: they wait, and are given no crew.</summary>
public sealed record ThrottleView(IReadOnlyList<Whistles.Level> Levels, DateTimeOffset Until, string Reason);

/// <summary>What a crew does: <c>free</c>, <c>assigned</c>, <c>on-the-way</c>, <c>on-scene</c> or <c>off-duty</c>.</summary>
/// <param name="From">The department that it belongs to, where it is borrowed.</param>
/// <param name="Whistle">Where it is or goes to.</param>
/// <param name="ArrivesAt">When it is or was on the spot.</param>
/// <param name="FreeAt">When it will be free if the work takes as long as usual.</param>
/// <param name="Then">Where it is told to go from there, in order; null for nowhere.</param>
public sealed record CrewStandingView(
    string Crew,
    string State,
    string? Whistle = null,
    DateTimeOffset? ArrivesAt = null,
    DateTimeOffset? FreeAt = null,
    string? From = null,
    IReadOnlyList<string>? Then = null);

/// <summary>A crew that should go to a whistle now.</summary>
/// <param name="Pressure">What it is worth, in minutes of urgency.</param>
/// <param name="TakenFrom">The lower whistle that an emergency takes the crew from.</param>
/// <param name="OnTheSameTrip">Other waiting whistles near by that it could serve on the way.</param>
public sealed record AssignmentView(
    string Whistle, string Crew, DateTimeOffset ExpectedAt, bool InTime, double Pressure, string? TakenFrom = null, IReadOnlyList<string>? OnTheSameTrip = null);

/// <summary>A summons for which there is no crew now.</summary>
/// <param name="Place">Its place in the queue, from 1.</param>
/// <param name="ExpectedAt">When a crew will be there if the work goes on as usual; null when no crew can come.</param>
/// <param name="Held">True while its level is held back; left out otherwise.</param>
/// <param name="Substitute">The department that the command centre may call in this one's stead, as the duty list names it; null when there is none.</param>
public sealed record QueuedView(
    string Whistle, int Place, bool InTime, double Pressure, DateTimeOffset? ExpectedAt = null, bool? Held = null, string? Substitute = null);

/// <summary>When each department of a whistle can be expected, and when all are there.</summary>
/// <param name="AllHereAt">When the last one is there; null when one cannot be expected at all.</param>
public sealed record ExpectedView(string Whistle, DateTimeOffset At, IReadOnlyList<ExpectedDepartmentView> Departments, DateTimeOffset? AllHereAt = null);

/// <summary>When a department can be expected.</summary>
/// <param name="Standing"><c>on-scene</c> and <c>on-the-way</c> are facts; <c>assigned</c> has been told to go; <c>crew-free</c> would be there by then if it were sent now; <c>queued</c> waits for a crew; <c>nobody</c> has none that can come.</param>
/// <param name="ExpectedAt">When it came or will come; null for <c>nobody</c>.</param>
public sealed record ExpectedDepartmentView(string Department, string Standing, bool InTime, DateTimeOffset? ExpectedAt = null);
