using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>One department's obligation under one whistle (召集), with its own clocks and its own result.</summary>
/// <param name="SignBy">Null for a notified department, which owes nothing; so is <paramref name="CheckInBy"/>.</param>
/// <param name="SignOverdueAt">When it was recorded that the clock ran out; so is <paramref name="CheckInOverdueAt"/>.</param>
public sealed record Summons(
    DepartmentCode Department,
    DutyRole Role,
    DateTimeOffset? SignBy,
    DateTimeOffset? CheckInBy,
    Signature? Signature,
    Departure? Departure,
    CheckIn? CheckIn,
    Outcome? Outcome,
    ImmutableArray<Veto> Vetoes,
    Release? Release,
    DateTimeOffset? SignOverdueAt,
    DateTimeOffset? CheckInOverdueAt)
{
    /// <summary>How far the department has come.</summary>
    public SummonsState State => this switch
    {
        { Outcome.Acceptance: not null } => SummonsState.Settled,
        { Release: not null } => SummonsState.Released,
        { Outcome: not null } => SummonsState.Reported,
        { CheckIn: not null } => SummonsState.CheckedIn,
        { Departure: not null } => SummonsState.Departed,
        { Signature: not null } => SummonsState.Signed,
        _ => SummonsState.Summoned,
    };

    /// <summary>True when nothing is owed any more: an accepted outcome, or a release.</summary>
    public bool IsSettled => State is SummonsState.Settled or SummonsState.Released;

    /// <summary>True while the department owes something; a notified one never does.</summary>
    public bool Owes => Role != DutyRole.Notified && !IsSettled;

    /// <summary>True while a crew is bound to the spot: it checked in, and was neither released nor put on an accepted ledger entry.</summary>
    public bool CrewPresent => CheckIn is not null && Release is null && Outcome is not { Kind: OutcomeKind.Ledgered, Acceptance: not null };

    /// <summary>True while a crew is on the way or bound to the spot.</summary>
    public bool CrewCommitted => CrewPresent || (Departure is not null && CheckIn is null && !IsSettled);

    /// <summary>The clock that ran out and is still not answered.</summary>
    public Clock? Overdue =>
        !Owes ? null
        : CheckInOverdueAt is not null && CheckIn is null ? Clock.CheckIn
        : SignOverdueAt is not null && Signature is null ? Clock.Sign
        : null;

    /// <summary>The clocks that run now and whose end was not recorded, with when they end.</summary>
    public IEnumerable<(Clock Clock, DateTimeOffset Due)> RunningClocks()
    {
        if (!Owes)
            yield break;
        if (SignBy is { } signBy && Signature is null && SignOverdueAt is null)
            yield return (Clock.Sign, signBy);
        if (CheckInBy is { } checkInBy && CheckIn is null && CheckInOverdueAt is null)
            yield return (Clock.CheckIn, checkInBy);
    }
}

/// <summary>The department confirmed that it received the summons (签收).</summary>
public sealed record Signature(DateTimeOffset At, Officer By, bool Late);

/// <summary>A crew is on the way.</summary>
public sealed record Departure(DateTimeOffset At, Officer By, CrewCode? Crew, DateTimeOffset? ArrivesAt);

/// <summary>A crew of the department is on the spot (报到).</summary>
/// <param name="Presence">What proves it.</param>
public sealed record CheckIn(DateTimeOffset At, Officer By, bool Late, CrewCode? Crew, int? Headcount, Presence Presence);

/// <summary>What proves that a crew is on the spot.</summary>
/// <param name="Place">Where it stood; null when only witnessed.</param>
/// <param name="AccuracyMetres">What its device stated.</param>
/// <param name="DistanceMetres">How far outside the grid it stood; 0 inside.</param>
/// <param name="Witness">Who vouches for it, when the position alone does not count.</param>
public sealed record Presence(LonLat? Place, double? AccuracyMetres, double? DistanceMetres, Witness? Witness);

/// <summary>A named person of another organisation who vouches for a check-in.</summary>
public sealed record Witness(string Name, OrganisationCode Organisation);

/// <summary>What a department says became of its work (处置结果), and whether the initiator accepted that.</summary>
/// <param name="Evidence">What shows it; null when nothing was given.</param>
public sealed record Outcome(
    DateTimeOffset At, Officer By, OutcomeKind Kind, string Note, LedgerEntry? Ledger, Acceptance? Acceptance, ImmutableArray<Evidence>? Evidence = null);

/// <summary>A picture or document that shows what was done, named by its content.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record Evidence(string Sha256, string? Caption);

/// <summary>What could not be solved now, with dates (台账).</summary>
public sealed record LedgerEntry(string Reason, DateOnly DueOn, string Responsible, ImmutableArray<Milestone> Milestones);

/// <summary>One dated step towards solving a ledger entry.</summary>
public sealed record Milestone(DateOnly On, string Text);

/// <summary>The initiator accepted an outcome.</summary>
public sealed record Acceptance(DateTimeOffset At, Officer By);

/// <summary>The initiator refused an outcome (否决); the work went back.</summary>
public sealed record Veto(DateTimeOffset At, Officer By, string Reason, Outcome Refused);

/// <summary>The initiator let the department go (解除).</summary>
public sealed record Release(DateTimeOffset At, Officer By, string? Reason);
