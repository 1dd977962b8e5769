using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Reports;

/// <summary>What an officer asks of a report desk. Values are parsed.</summary>
public abstract record ReportCommand;

/// <summary>Take in what another network tells (接收).</summary>
public sealed record ReceiveReport(ReportContent Content) : ReportCommand;

/// <summary>Say in which grid it is (落格).</summary>
public sealed record PlaceReport(ReportId Report, GridCode Grid, Position? Place) : ReportCommand;

/// <summary>Blow a whistle for it.</summary>
public sealed record WhistleReport(ReportId Report, BlowWhistle Order) : ReportCommand;

/// <summary>Add it to a whistle that is open already (并入).</summary>
/// <param name="Whistle">Found open, and of the officer's subdistrict, before the command is given.</param>
public sealed record MergeReport(ReportId Report, WhistleId Whistle) : ReportCommand;

/// <summary>Do nothing about it, for a reason (不予吹哨).</summary>
public sealed record DismissReport(ReportId Report, string Reason) : ReportCommand;

/// <summary>A command together with who gives it.</summary>
public sealed record ReportOrder(ReportCommand Command, Officer By);
