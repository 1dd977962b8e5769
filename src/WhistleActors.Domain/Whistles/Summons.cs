using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles;

/// <summary>One department's obligation under one whistle (召集), with its own clocks and its own result.</summary>
/// <param name="SignBy">Null for a notified department, which owes nothing; so is <paramref name="CheckInBy"/>.</param>
/// <param name="CheckIn">Of the first crew: it answers the summons.</param>
/// <param name="SignOverdueAt">When it was recorded that the clock ran out; so is <paramref name="CheckInOverdueAt"/>.</param>
/// <param name="Attendance">Who came after the first crew.</param>
/// <param name="Dispute">The last time that the department said "not ours".</param>
/// <param name="InPlaceOf">Whose place the department took, by a ruling.</param>
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
    DateTimeOffset? CheckInOverdueAt,
    Attendance? Attendance = null,
    Dispute? Dispute = null,
    Reassignment? InPlaceOf = null)
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

    /// <summary>All check-ins in their order; the number of a check-in is its place here, from 1.</summary>
    public ImmutableArray<CheckIn> CheckIns => CheckIn is null ? [] : Attendance is null ? [CheckIn] : [CheckIn, .. Attendance.Further];

    /// <summary>The last check-in of each crew, with its number.</summary>
    public IEnumerable<(int Number, CheckIn CheckIn)> CurrentCheckIns()
    {
        var all = CheckIns;
        for (var i = 0; i < all.Length; i++)
        {
            var cameBack = false;
            for (var later = i + 1; later < all.Length && !cameBack; later++)
                cameBack = all[later].IsOfSameCrewAs(all[i].Crew, all[i].By.Person);
            if (!cameBack)
                yield return (i + 1, all[i]);
        }
    }

    /// <summary>The last check-ins of the crews that are bound to the spot, with their numbers: nobody let them go.</summary>
    public IEnumerable<(int Number, CheckIn CheckIn)> BoundCheckIns() =>
        CrewPresent ? CurrentCheckIns().Where(current => current.CheckIn.Released is null) : [];

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
/// <param name="Persons">Who came, as far as they were named.</param>
/// <param name="PostedTo">The subdistrict that the crew is posted to (力量下沉), and came from.</param>
/// <param name="Left">That it left the spot.</param>
/// <param name="Released">That it was let go while others of its department stay.</param>
public sealed record CheckIn(
    DateTimeOffset At,
    Officer By,
    bool Late,
    CrewCode? Crew,
    int? Headcount,
    Presence Presence,
    ImmutableArray<Attendee>? Persons = null,
    SubdistrictCode? PostedTo = null,
    Leaving? Left = null,
    Release? Released = null)
{
    /// <summary>A crew is known by its code; people without one by who checked them in.</summary>
    public bool IsOfSameCrewAs(CrewCode? crew, PersonId person) => Crew is null && crew is null ? By.Person == person : Crew == crew;
}

/// <summary>What proves that a crew is on the spot.</summary>
/// <param name="Place">Where it stood; null when only witnessed.</param>
/// <param name="AccuracyMetres">What its device stated.</param>
/// <param name="DistanceMetres">How far outside the grid it stood; 0 inside.</param>
/// <param name="Witness">Who vouches for it, when the position alone does not count.</param>
public sealed record Presence(LonLat? Place, double? AccuracyMetres, double? DistanceMetres, Witness? Witness);

/// <summary>A named person of another organisation who vouches for a check-in.</summary>
public sealed record Witness(string Name, OrganisationCode Organisation);

/// <summary>What a department says became of its work (处置结果), and whether the initiator accepted that.</summary>
public sealed record Outcome(DateTimeOffset At, Officer By, OutcomeKind Kind, string Note, LedgerEntry? Ledger, Acceptance? Acceptance);

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
