using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>One message to one person by one way, about all real alerts that wait for that person, or about all exercises.</summary>
/// <param name="Id">The same at every attempt, so that the receiver can drop what it has.</param>
/// <param name="Alerts">What it is about.</param>
/// <param name="Exercise">True when it is of exercises; null otherwise.</param>
/// <param name="Unsigned">How many summonses of the department, real ones or exercises, were unsigned then.</param>
public sealed record AlertNotice(
    string Id, DepartmentCode Department, PersonId Person, string Name, AlertContact Contact, ImmutableArray<NoticedAlert> Alerts, int Unsigned, bool Emergency, bool? Exercise = null);

/// <summary>An alert that a person is told of.</summary>
public sealed record NoticedAlert(WhistleId Whistle, AlertCause Cause);

/// <summary>What became of an attempt.</summary>
public enum NoticeResult
{
    /// <summary>The other side took it.</summary>
    Delivered,

    /// <summary>It did not; it is tried again.</summary>
    Failed,

    /// <summary>It did not, and no further attempt is made: a dead letter.</summary>
    GivenUp,

    /// <summary>The address is no more.</summary>
    Gone,

    /// <summary>Nothing that it tells of waits any more.</summary>
    Overtaken,
}

/// <summary>A notice that has no final answer yet.</summary>
/// <param name="RetryAt">Null while an attempt is under way.</param>
/// <param name="Revived">True when an administrator wants it sent, whether or not anything still waits.</param>
public sealed record PendingNotice(AlertNotice Notice, int Attempt, DateTimeOffset? RetryAt, bool Revived = false);

/// <summary>A notice that was given up.</summary>
public sealed record DeadLetter(AlertNotice Notice, int Attempts, DateTimeOffset At, string Detail);
