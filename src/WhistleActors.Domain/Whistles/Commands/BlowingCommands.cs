using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Blow a whistle (吹哨).</summary>
/// <param name="Summon">Whom to summon; the duty list's proposal when null.</param>
/// <param name="ChangedProposal">Why <paramref name="Summon"/> differs from the proposal.</param>
/// <param name="JointGrids">Other grids along the boundary whose subdistricts are asked to blow it together.</param>
/// <param name="Exercise">True for an exercise.</param>
public sealed record BlowWhistle(
    MatterCode Matter,
    WhistleOccasion Occasion,
    WhistleLevel Level,
    WhistleChain Chain,
    string Description,
    Position? Place,
    ImmutableArray<SummonedDepartment>? Summon,
    string? ChangedProposal,
    ImmutableArray<GridCode>? JointGrids = null,
    bool? Exercise = null) : GridCommand;

/// <summary>A department to summon, and as what.</summary>
public readonly record struct SummonedDepartment(DepartmentCode Department, DutyRole Role);

/// <summary>Approve a whistle whose level needs it (审批).</summary>
public sealed record ApproveWhistle(WhistleId Whistle) : EarlyWhistleCommand(Whistle);

/// <summary>Refuse the approval: a whistle that waits for it never sounds, one that sounded first goes on with the objection on it.</summary>
public sealed record RejectWhistle(WhistleId Whistle, string Reason) : EarlyWhistleCommand(Whistle);

/// <summary>Join a whistle that another subdistrict asked to blow together (联合吹哨).</summary>
public sealed record JoinWhistle(WhistleId Whistle) : WhistleCommand(Whistle);

/// <summary>Decline to join.</summary>
public sealed record DeclineWhistle(WhistleId Whistle, string Reason) : WhistleCommand(Whistle);

/// <summary>Add a report of the same thing, instead of blowing a second whistle.</summary>
public sealed record AddReport(WhistleId Whistle, string Description, Position? Place) : WhistleCommand(Whistle);

/// <summary>End a whistle that was blown for the same thing as another one of its grid (并哨).</summary>
public sealed record MergeWhistle(WhistleId Whistle, WhistleId Into, string Reason) : WhistleCommand(Whistle);
