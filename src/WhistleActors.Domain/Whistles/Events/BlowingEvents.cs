using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>A whistle was blown (吹哨). Time limits are stamped as instants: a later city pack does not move them.</summary>
/// <param name="Schedules">The clocks, shared by departments with the same limits.</param>
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
    ImmutableArray<StampedSummons> Summonses,
    ImmutableArray<ClockSchedule>? Schedules = null,
    BlownAs? As = null) : GridEvent(Whistle, At, By, Key);

/// <summary>What is special about how a whistle was blown.</summary>
/// <param name="Initiator">The department that blew it; null when the grid's subdistrict did.</param>
/// <param name="Backstop">True when the duty list named no lead and the command centre stands in for it.</param>
/// <param name="Subdistricts">Of those summoned, the subdistricts.</param>
/// <param name="Approver">Who is to approve it; null when it needs no approval.</param>
/// <param name="ApproveBy">By when it is to be approved, having sounded first.</param>
public sealed record BlownAs(
    OrganisationCode? Initiator,
    bool Backstop,
    bool Exercise,
    ImmutableArray<DepartmentCode> Subdistricts,
    ImmutableArray<CoInitiator> Joint,
    Repeat? Repeat,
    Role? Approver,
    DateTimeOffset? ApproveBy);

/// <summary>A whistle was proposed: its level needs an approval before it sounds.</summary>
/// <param name="Proposal">How it will be blown; its summonses have no clocks yet.</param>
public sealed record WhistleProposed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, WhistleBlown Proposal)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A whistle was approved. One that waited for it sounds now.</summary>
/// <param name="Summonses">Stamped now, for a whistle that had not sounded; null for one that had.</param>
/// <param name="Schedules">Their clocks.</param>
public sealed record WhistleApproved(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, bool Late, ImmutableArray<StampedSummons>? Summonses, ImmutableArray<ClockSchedule>? Schedules = null)
    : GridEvent(Whistle, At, By, Key);

/// <summary>The approval was refused: a whistle that waited for it never sounds; one that had sounded goes on.</summary>
public sealed record WhistleRejected(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string Reason) : GridEvent(Whistle, At, By, Key);

/// <summary>A whistle that sounded first was not approved in its time.</summary>
public sealed record ApprovalMissed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DateTimeOffset Due) : GridEvent(Whistle, At, By, Key);

/// <summary>A subdistrict joined the whistle of another.</summary>
public sealed record WhistleJoined(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, SubdistrictCode Subdistrict)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A subdistrict declined to join.</summary>
public sealed record WhistleDeclined(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, SubdistrictCode Subdistrict, string Reason)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A report of the same thing was added.</summary>
public sealed record ReportAdded(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string Description, LonLat? Place)
    : GridEvent(Whistle, At, By, Key);

/// <summary>The whistle took in another one of its grid.</summary>
public sealed record WhistleTookIn(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, WhistleId From) : GridEvent(Whistle, At, By, Key);

/// <summary>The whistle ended in another one of its grid.</summary>
public sealed record WhistleMerged(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, WhistleId Into, string Reason)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A summons as it was stamped when the whistle was blown.</summary>
/// <param name="Basis">The legal basis that the duty list cited; null when the initiator added the department or changed its role.</param>
/// <param name="Schedule">Which of the whistle's schedules it runs by; null for a notified department.</param>
public sealed record StampedSummons(
    DepartmentCode Department, DutyRole Role, DateTimeOffset? SignBy, DateTimeOffset? CheckInBy, string? Basis, int? Schedule = null);
