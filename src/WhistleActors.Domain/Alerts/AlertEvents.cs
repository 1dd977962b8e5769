using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>What happened to a department's alerts and roster, as it is stored. That a summons came or went the department's other events tell.</summary>
public abstract record AlertEvent(DateTimeOffset At);

/// <summary>Alerts climbed the chain.</summary>
public sealed record AlertStepsTaken(DateTimeOffset At, ImmutableArray<StepTaken> Steps) : AlertEvent(At);

/// <summary>One step of one alert.</summary>
/// <param name="Person">Who is told; null when nobody was on the roster.</param>
/// <param name="Reachable">Whether the roster says how the person is reached, other than by the department's consoles.</param>
/// <param name="Round">The whistle's round, from the second on.</param>
public sealed record StepTaken(WhistleId Whistle, AlertCause Cause, int Step, ChainRank Rank, PersonId? Person, string? Name, bool Reachable, int? Round = null);

/// <summary>A notice is about to go out to a person. Stored before it is sent: a notice whose answer is unknown goes out again under the same id.</summary>
/// <param name="Attempt">From 1.</param>
public sealed record NoticeSent(DateTimeOffset At, AlertNotice Notice, int Attempt) : AlertEvent(At);

/// <summary>What became of a notice.</summary>
/// <param name="Detail">What the other side said.</param>
/// <param name="RetryAt">When it will be tried again; null when not.</param>
public sealed record NoticeAnswered(DateTimeOffset At, string Notice, int Attempt, NoticeResult Result, string Detail, DateTimeOffset? RetryAt) : AlertEvent(At);

/// <summary>An administrator had a notice sent again that had been given up.</summary>
public sealed record NoticeRevived(DateTimeOffset At, Officer By, string Notice) : AlertEvent(At);

/// <summary>A console displayed alerts.</summary>
public sealed record AlertsShown(DateTimeOffset At, Officer By, string Console, ImmutableArray<WhistleId> Whistles) : AlertEvent(At);

/// <summary>The roster of a span was written anew.</summary>
public sealed record RosterReplaced(DateTimeOffset At, Officer By, DateTimeOffset From, DateTimeOffset To, ImmutableArray<Shift> Shifts) : AlertEvent(At);

/// <summary>Somebody took over from whoever was on duty.</summary>
/// <param name="From">Who that was; null when nobody.</param>
public sealed record DutyHandedOver(DateTimeOffset At, Officer By, PersonId? From, Shift Shift) : AlertEvent(At);

/// <summary>A person said how to be told.</summary>
public sealed record NotificationRulesSet(DateTimeOffset At, Officer By, NotificationRules Rules) : AlertEvent(At);

/// <summary>A person's browser takes notices.</summary>
public sealed record PushSubscribed(DateTimeOffset At, Officer By, AlertContact Subscription) : AlertEvent(At);

/// <summary>A person's browser takes notices no more.</summary>
/// <param name="By">Null when the push service said so.</param>
public sealed record PushUnsubscribed(DateTimeOffset At, Officer? By, PersonId Person, string Address) : AlertEvent(At);
