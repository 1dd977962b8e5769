using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Reports;

/// <summary>What happened at a report desk, as it is stored for ever.</summary>
public abstract record ReportEvent(ReportId Report, DateTimeOffset At, Officer By);

/// <summary>A report came in.</summary>
public sealed record ReportReceived(ReportId Report, DateTimeOffset At, Officer By, ReportContent Content) : ReportEvent(Report, At, By);

/// <summary>Its grid is known now.</summary>
public sealed record ReportPlaced(ReportId Report, DateTimeOffset At, Officer By, GridCode Grid, LonLat? Place) : ReportEvent(Report, At, By);

/// <summary>The desk is about to order a whistle for it. Stored first, so that whatever dies in between, the order is given and takes effect once.</summary>
public sealed record WhistlingStarted(ReportId Report, DateTimeOffset At, Officer By, GridCode Grid, BlowWhistle Order) : ReportEvent(Report, At, By);

/// <summary>The grid refused the whistle.</summary>
/// <param name="Code">The code of the refusal.</param>
public sealed record WhistlingRefused(ReportId Report, DateTimeOffset At, Officer By, string Code) : ReportEvent(Report, At, By);

/// <summary>A whistle was blown for it.</summary>
public sealed record ReportWhistled(ReportId Report, DateTimeOffset At, Officer By, WhistleId Whistle) : ReportEvent(Report, At, By);

/// <summary>An open whistle took it in.</summary>
public sealed record ReportMerged(ReportId Report, DateTimeOffset At, Officer By, WhistleId Whistle) : ReportEvent(Report, At, By);

/// <summary>Nothing is done about it.</summary>
public sealed record ReportDismissed(ReportId Report, DateTimeOffset At, Officer By, string Reason) : ReportEvent(Report, At, By);
