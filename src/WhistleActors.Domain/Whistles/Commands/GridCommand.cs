using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>What an officer asks of a grid. Values are parsed: lengths, ranges and characters were checked where they came in.</summary>
public abstract record GridCommand;

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

/// <summary>A command about a whistle that was blown.</summary>
public abstract record WhistleCommand(WhistleId Whistle) : GridCommand;

/// <summary>Confirm that the summons was received (签收).</summary>
public sealed record SignSummons(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Say that a crew is on the way.</summary>
public sealed record Depart(WhistleId Whistle, DepartmentCode Department, CrewCode? Crew, DateTimeOffset? ArrivesAt) : WhistleCommand(Whistle);

/// <summary>Check in on the spot (报到).</summary>
public sealed record CheckInCrew(WhistleId Whistle, DepartmentCode Department, PositionFix? Fix, Witness? Witness, CrewCode? Crew, int? Headcount)
    : WhistleCommand(Whistle);

/// <summary>A measured position.</summary>
/// <param name="AccuracyMetres">What the device states; not negative.</param>
public sealed record PositionFix(Position Position, double AccuracyMetres, DateTimeOffset MeasuredAt);

/// <summary>Report what became of the work (处置结果).</summary>
public sealed record ReportOutcome(WhistleId Whistle, DepartmentCode Department, OutcomeKind Kind, string Note, LedgerEntry? Ledger) : WhistleCommand(Whistle);

/// <summary>Accept a department's outcome.</summary>
public sealed record AcceptOutcome(WhistleId Whistle, DepartmentCode Department) : WhistleCommand(Whistle);

/// <summary>Refuse a department's outcome (否决); the work goes back.</summary>
public sealed record VetoOutcome(WhistleId Whistle, DepartmentCode Department, string Reason) : WhistleCommand(Whistle);

/// <summary>Let a department go (解除).</summary>
public sealed record ReleaseDepartment(WhistleId Whistle, DepartmentCode Department, string? Reason) : WhistleCommand(Whistle);

/// <summary>Take the whistle back; crews on the spot are released with it.</summary>
public sealed record WithdrawWhistle(WhistleId Whistle, string Reason) : WhistleCommand(Whistle);

/// <summary>Close the whistle.</summary>
public sealed record CloseWhistle(WhistleId Whistle, string? Note) : WhistleCommand(Whistle);
