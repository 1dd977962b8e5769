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
    ImmutableArray<ClockSchedule>? Schedules = null) : GridEvent(Whistle, At, By, Key);

/// <summary>A summons as it was stamped when the whistle was blown.</summary>
/// <param name="Basis">The legal basis that the duty list cited; null when the initiator added the department or changed its role.</param>
/// <param name="Schedule">Which of the whistle's schedules it runs by; null for a notified department.</param>
public sealed record StampedSummons(
    DepartmentCode Department, DutyRole Role, DateTimeOffset? SignBy, DateTimeOffset? CheckInBy, string? Basis, int? Schedule = null);
