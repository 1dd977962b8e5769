using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Blow a whistle (吹哨).</summary>
/// <param name="Summon">Whom to summon; the duty list's proposal when null.</param>
/// <param name="ChangedProposal">Why <paramref name="Summon"/> differs from the proposal.</param>
public sealed record BlowWhistle(
    MatterCode Matter,
    WhistleOccasion Occasion,
    WhistleLevel Level,
    WhistleChain Chain,
    string Description,
    Position? Place,
    ImmutableArray<SummonedDepartment>? Summon,
    string? ChangedProposal) : GridCommand;

/// <summary>A department to summon, and as what.</summary>
public readonly record struct SummonedDepartment(DepartmentCode Department, DutyRole Role);
