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
/// <param name="InPlaceOf">Whose place the department took by a ruling, or in whose stead it was called as the substitute.</param>
/// <param name="Clocks">What the other clocks and every delay brought; null when there was none.</param>
/// <param name="Recalls">How often a crew was called back on the way; null for never.</param>
/// <param name="Ledger">The accepted ledger entry; null when there is none, or it was accepted before entries came back by themselves.</param>
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
    Reassignment? InPlaceOf = null,
    SummonsClocks? Clocks = null,
    LedgerRun? Ledger = null,
    int? Recalls = null)
{
    /// <summary>How far the department has come.</summary>
    public SummonsState State => this switch
    {
        { Ledger.IsReturned: true } => SummonsState.Returned,
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

    /// <summary>True when a ruling let the department go: it is only told, and does not come back under this whistle.</summary>
    public bool IsLetGo => Role == DutyRole.Notified && Release is not null;

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

    /// <summary>The clock that ran out and is still not answered: of several the one that comes last in the order of life.</summary>
    public Clock? Overdue
    {
        get
        {
            Clock? last = null;
            foreach (var clock in OverdueClocks)
                last = clock;
            return last;
        }
    }

    /// <summary>All clocks that ran out and are still not answered, in the order of life.</summary>
    public IEnumerable<Clock> OverdueClocks
    {
        get
        {
            foreach (var clock in Deadlines.Clocks.InOrder)
            {
                if (PassedAt(clock) is not null && IsBoundTo(clock) && !HasAnswered(clock))
                    yield return clock;
            }
        }
    }

    /// <summary>
    /// Counts what can make the summons look again as it did before, such as being summoned anew, a clock that ran out and was answered, or was moved to and fro: so
    /// that who hears of it out of order can tell the one from the other.
    /// </summary>
    internal int Turns =>
        (InPlaceOf is null ? 0 : 1)
        + (Recalls ?? 0)
        + (Clocks?.Contact is null ? 0 : 1)
        + (Clocks?.Measures is null ? 0 : 1)
        + (Clocks?.Report is null ? 0 : 1)
        + (Clocks?.Extensions ?? []).Count(extension => extension.Decision is { Approved: true })
        + (Clocks?.Suspensions ?? []).Sum(suspension => (suspension.EndsAt is null ? 0 : 1) + (suspension.EndedAt is null ? 0 : 1))
        + (Ledger?.Extensions ?? []).Count(extension => extension.Decision is { Approved: true });

    /// <summary>When it was recorded that a clock ran out; null when it did not.</summary>
    public DateTimeOffset? PassedAt(Clock clock) => clock switch
    {
        Clock.Sign => SignOverdueAt,
        Clock.CheckIn => CheckInOverdueAt,
        _ => Clocks?.MarkOf(clock)?.PassedAt,
    };

    /// <summary>True once the department did what a clock asks for.</summary>
    public bool HasAnswered(Clock clock) => clock switch
    {
        Clock.Sign => Signature is not null,
        Clock.Contact => Clocks?.Contact is not null || CheckIn is not null,
        Clock.CheckIn => CheckIn is not null,
        Clock.Measures => Clocks?.Measures is { IsEmpty: false },
        Clock.Disposal => Outcome is not null,
        Clock.Report => Clocks?.Report is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(clock), clock, "unknown clock"),
    };

    /// <summary>
    /// True while the department is bound to answer a clock. The written report is owed even after the outcome was accepted: accepting the work
    /// on the spot must not wait for paper, nor make the paper needless. A ledger entry that returned has its day, and wakes no clock.
    /// </summary>
    public bool IsBoundTo(Clock clock) =>
        clock == Clock.Report ? Role != DutyRole.Notified && State != SummonsState.Released : Owes && State != SummonsState.Returned;
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
/// <param name="Evidence">What shows it; null when nothing was given.</param>
public sealed record Outcome(
    DateTimeOffset At, Officer By, OutcomeKind Kind, string Note, LedgerEntry? Ledger, Acceptance? Acceptance, ImmutableArray<Evidence>? Evidence = null);

/// <summary>A picture or document that shows what was done, named by its content.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="MediaType">What it is; null for what was only named, before files were kept with outcomes.</param>
public sealed record Evidence(string Sha256, string? Caption, string? MediaType = null, long? Bytes = null);

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
