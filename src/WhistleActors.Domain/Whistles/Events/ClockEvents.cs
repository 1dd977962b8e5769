using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The department spoke to the initiator (联系).</summary>
public sealed record InitiatorContacted(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, bool Late, string? Note)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department took a measure on the spot (现场措施).</summary>
/// <param name="Late">True when it was the first one and came after its clock.</param>
public sealed record MeasureRecorded(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, bool Late, string Text, string? Document)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department filed its written report (书面反馈).</summary>
public sealed record ReportFiled(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, bool Late, string Text)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A part of a clock's time is over, and the department has not answered.</summary>
/// <param name="Percent">Which part, in the clock's own unit.</param>
/// <param name="Due">When it runs out.</param>
public sealed record DeadlineNear(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, int Percent, DateTimeOffset Due)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department asked for more time for a clock.</summary>
/// <param name="Due">When the clock runs out.</param>
/// <param name="Until">When it is to run out.</param>
public sealed record ExtensionRequested(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, DateTimeOffset Due, DateTimeOffset Until, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The time was given. The only event that moves a clock without a suspension or a veto.</summary>
/// <param name="Due">When the clock ran out before.</param>
/// <param name="Run">How it runs now.</param>
public sealed record ExtensionApproved(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, DateTimeOffset Due, ClockRun Run)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The time was refused.</summary>
public sealed record ExtensionRefused(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department asked that its clocks stand still through a day (申请挂账).</summary>
public sealed record SuspensionRequested(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, DateOnly Until, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The clocks stand still (挂账).</summary>
/// <param name="EndsAt">When the suspension ends by itself.</param>
/// <param name="Clocks">How each clock that was running runs from then on.</param>
public sealed record SuspensionApproved(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    DateTimeOffset EndsAt,
    ImmutableArray<MovedClock> Clocks) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The suspension was refused.</summary>
public sealed record SuspensionRefused(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The clocks run on (解除挂账).</summary>
/// <param name="Clocks">How each clock runs from now on, when somebody ended it before its day; null when its day came.</param>
public sealed record SuspensionEnded(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string? Reason, ImmutableArray<MovedClock>? Clocks)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A clock and how it runs from now on.</summary>
public sealed record MovedClock(Clock Clock, ClockRun Run);
