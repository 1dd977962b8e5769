using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>What happened in a grid, as it is stored for ever. Carries its own time, so that replay reads no clock.</summary>
/// <param name="By">Who caused it; null for what time caused.</param>
/// <param name="Key">The command that caused it, when its caller named it.</param>
public abstract record GridEvent(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key);

/// <summary>A whistle was blown (吹哨). Time limits are stamped as instants: a later city pack does not move them.</summary>
public sealed record WhistleBlown(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    SubdistrictCode Subdistrict,
    DistrictCode District,
    MatterCode Matter,
    WhistleOccasion Occasion,
    WhistleLevel Level,
    WhistleChain Chain,
    int Round,
    string Description,
    LonLat? Place,
    string PackVersion,
    string? ChangedProposal,
    ImmutableArray<StampedSummons> Summonses) : GridEvent(Whistle, At, By, Key);

/// <summary>A summons as it was stamped when the whistle was blown.</summary>
/// <param name="Basis">The legal basis that the duty list cited; null when the initiator added the department or changed its role.</param>
public sealed record StampedSummons(DepartmentCode Department, DutyRole Role, DateTimeOffset? SignBy, DateTimeOffset? CheckInBy, string? Basis);

/// <summary>An event of one department's summons.</summary>
public abstract record SummonsEvent(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department)
    : GridEvent(Whistle, At, By, Key);

/// <summary>The department signed (签收).</summary>
public sealed record SummonsSigned(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, bool Late)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A crew set out.</summary>
public sealed record CrewDeparted(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, CrewCode? Crew, DateTimeOffset? ArrivesAt)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A crew checked in on the spot (报到).</summary>
public sealed record CrewCheckedIn(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    bool Late,
    CrewCode? Crew,
    int? Headcount,
    Presence Presence) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A clock ran out before the department answered.</summary>
/// <param name="Due">When it ran out.</param>
public sealed record DeadlinePassed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, DateTimeOffset Due)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department reported an outcome (处置结果).</summary>
public sealed record OutcomeReported(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, OutcomeKind Kind, string Note, LedgerEntry? Ledger)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator accepted the outcome.</summary>
public sealed record OutcomeAccepted(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator refused the outcome (否决).</summary>
public sealed record OutcomeVetoed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department was let go (解除).</summary>
public sealed record DepartmentReleased(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string? Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator took the whistle back.</summary>
public sealed record WhistleWithdrawn(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string Reason) : GridEvent(Whistle, At, By, Key);

/// <summary>The initiator closed the whistle.</summary>
public sealed record WhistleClosed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string? Note) : GridEvent(Whistle, At, By, Key);
