using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;

namespace WhistleActors.Actors.Reports;

/// <summary>A message to the actor of a report desk.</summary>
public interface IReportDeskMessage : IWhistleMessage
{
    DeskCode Desk { get; }
}

/// <summary>An officer orders something of a desk. Answered by one of the three below.</summary>
/// <param name="Trace">Where the order stands in a trace; null when nobody records it.</param>
public sealed record GiveReportOrder(DeskCode Desk, ReportOrder Order, string? Trace = null) : IReportDeskMessage;

/// <summary>What an order to a desk came to.</summary>
public interface IReportAnswer : IWhistleMessage;

/// <summary>Its event is stored, or it was so already.</summary>
/// <param name="Changed">False when it was so already.</param>
public sealed record ReportAccepted(Report? Report, ReportId Id, bool Changed) : IReportAnswer;

/// <summary>Nothing has changed.</summary>
public sealed record ReportRefused(Refusal Refusal) : IReportAnswer;

/// <summary>The journal did not store it; nothing has changed.</summary>
public sealed record ReportNotStored(string Reason) : IReportAnswer;

/// <summary>Asks for the open reports of a desk; answered by <see cref="DeskAnswer"/>.</summary>
public sealed record AskDesk(DeskCode Desk) : IReportDeskMessage;

/// <summary>The open reports of a desk, the oldest first.</summary>
public sealed record DeskAnswer(DeskCode Desk, IReadOnlyList<Report> Open) : IWhistleMessage;
