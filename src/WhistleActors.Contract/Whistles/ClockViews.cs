namespace WhistleActors.Contract.Whistles;

/// <summary>The clocks of a summons that are not answered, what answered the others, and what delayed them.</summary>
/// <param name="Running">In the order of life: clocks that run, and clocks that ran out.</param>
/// <param name="Overdue">All clocks that ran out and are not answered; left out when there is none.</param>
/// <param name="Extensions">Every extension that was asked for, in order.</param>
/// <param name="Suspensions">Every suspension that was asked for, in order.</param>
/// <param name="SuspendedUntil">The last day through which all clocks stand still; left out when they run.</param>
public sealed record ClocksView(
    IReadOnlyList<ClockView> Running,
    IReadOnlyList<Clock>? Overdue = null,
    ContactView? Contacted = null,
    IReadOnlyList<MeasureView>? Measures = null,
    WrittenReportView? Report = null,
    IReadOnlyList<ExtensionView>? Extensions = null,
    IReadOnlyList<SuspensionView>? Suspensions = null,
    DateOnly? SuspendedUntil = null);

/// <summary>A clock that is not answered.</summary>
/// <param name="Due">When it runs out or ran out; while the summons is suspended, when it will if the suspension lasts to its day.</param>
/// <param name="Passed">How much of its time is over, in per cent, as far as notice was given: 50, 80 (yellow) or 100 (red); left out before.</param>
public sealed record ClockView(Clock Clock, DateTimeOffset Due, int? Passed = null);

/// <summary>The department spoke to the initiator.</summary>
public sealed record ContactView(DateTimeOffset At, OfficerView By, bool Late, string? Note);

/// <summary>What the department did on the spot.</summary>
/// <param name="Document">The number of the legal document that was issued.</param>
public sealed record MeasureView(DateTimeOffset At, OfficerView By, bool Late, string Text, string? Document);

/// <summary>The department's written report.</summary>
public sealed record WrittenReportView(DateTimeOffset At, OfficerView By, bool Late, string Text);

/// <summary>What was decided about a request.</summary>
public sealed record DecisionView(DateTimeOffset At, OfficerView By, bool Approved, string? Reason);

/// <summary>More time that was asked for.</summary>
/// <param name="Due">When the clock ran out before.</param>
/// <param name="Until">When it is to run out.</param>
/// <param name="Decision">Left out while it awaits one.</param>
public sealed record ExtensionView(Clock Clock, DateTimeOffset At, OfficerView By, DateTimeOffset Due, DateTimeOffset Until, string Reason, DecisionView? Decision);

/// <summary>Standing still that was asked for.</summary>
/// <param name="Until">The last day.</param>
/// <param name="Decision">Left out while it awaits one.</param>
/// <param name="EndedAt">When it ended; left out before.</param>
/// <param name="EndedBy">Who ended it before its day; left out when its day came.</param>
public sealed record SuspensionView(
    DateTimeOffset At, OfficerView By, DateOnly Until, string Reason, DecisionView? Decision, DateTimeOffset? EndedAt, OfficerView? EndedBy);

/// <summary>An accepted ledger entry on its way.</summary>
/// <param name="DueOn">The day by whose end it is done.</param>
/// <param name="Reached">Milestones that were reported as done.</param>
/// <param name="Completed">The department says that it is done, and the initiator has not answered or has confirmed it.</param>
/// <param name="Answer">The initiator's last answer to that.</param>
/// <param name="Extensions">Every later day that was asked for, in order.</param>
/// <param name="ReturnedAt">When its day passed; left out when it has not, or an extension took it back.</param>
/// <param name="EndedAt">When it was confirmed as done, or the department was let go.</param>
public sealed record LedgerView(
    DateOnly DueOn,
    IReadOnlyList<ReachedMilestoneView> Reached,
    LedgerCompletionView? Completed,
    DecisionView? Answer,
    IReadOnlyList<LedgerExtensionView>? Extensions,
    DateTimeOffset? ReturnedAt,
    DateTimeOffset? EndedAt);

/// <summary>A milestone that was reported as done.</summary>
public sealed record ReachedMilestoneView(int Milestone, DateTimeOffset At, OfficerView By, string Note);

/// <summary>The department says that the ledger entry is done.</summary>
public sealed record LedgerCompletionView(DateTimeOffset At, OfficerView By, string Note);

/// <summary>A later due day that was asked for.</summary>
public sealed record LedgerExtensionView(DateTimeOffset At, OfficerView By, DateOnly DueOn, DateOnly Until, string Reason, DecisionView? Decision);
