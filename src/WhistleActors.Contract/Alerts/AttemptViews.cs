namespace WhistleActors.Contract.Alerts;

/// <summary>What was done to reach the departments of a whistle, from the journal.</summary>
/// <param name="Attempts">How many times a person or a console was told, over all departments; failures count.</param>
/// <param name="Ways">The same count for each way.</param>
public sealed record WhistleAlertsView(string Whistle, int Attempts, IReadOnlyList<DepartmentAttemptsView> Departments, IReadOnlyList<WayView> Ways);

/// <summary>How often a way was used.</summary>
/// <param name="Channel"><c>console</c> for displays.</param>
/// <param name="Attempts">How often, failures included.</param>
/// <param name="Delivered">How many notices or displays arrived.</param>
public sealed record WayView(string Channel, int Attempts, int Delivered);

/// <summary>What was done to reach one department, in the order in which it was stored.</summary>
public sealed record DepartmentAttemptsView(string Department, IReadOnlyList<AttemptView> Attempts);

/// <summary>One step, attempt or result.</summary>
/// <param name="Kind"><c>step</c>: the alert climbed the chain; <c>sent</c>: a notice went out; <c>answered</c>: what became of it; <c>resent</c>: an administrator revived it; <c>shown</c>: a console displayed it.</param>
/// <param name="Cause">Of a step: what the alert waited for.</param>
/// <param name="Rank">Of a step: the place in the chain.</param>
/// <param name="Person">Who was told, or who sat at the console; null for a step that found nobody on the roster.</param>
/// <param name="Channel">How; <c>console</c> for a display.</param>
/// <param name="Console">Which console; one of a district's command is named <c>district/console</c>.</param>
/// <param name="Notice">The notice's id.</param>
/// <param name="Attempt">Which attempt of that notice.</param>
/// <param name="Result">Of an answer: <c>delivered</c>, <c>failed</c>, <c>given-up</c>, <c>gone</c> or <c>overtaken</c>.</param>
/// <param name="Round">Of a step: the whistle's round, from the second on.</param>
public sealed record AttemptView(
    DateTimeOffset At,
    string Kind,
    string? Cause = null,
    string? Rank = null,
    string? Person = null,
    string? Name = null,
    string? Channel = null,
    string? Console = null,
    string? Notice = null,
    int? Attempt = null,
    string? Result = null,
    string? Detail = null,
    DateTimeOffset? RetryAt = null,
    int? Round = null);

/// <summary>Notices that were given up.</summary>
public sealed record DeadLettersView(IReadOnlyList<DeadLetterView> DeadLetters);

/// <summary>A notice that was given up.</summary>
/// <param name="Detail">What the other side said last.</param>
public sealed record DeadLetterView(
    string Notice, string Department, string Person, string Channel, string Address, int Attempts, DateTimeOffset At, string Detail, IReadOnlyList<string> Whistles);
