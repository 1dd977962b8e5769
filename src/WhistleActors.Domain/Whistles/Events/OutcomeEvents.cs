using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The department reported an outcome (处置结果).</summary>
public sealed record OutcomeReported(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    DepartmentCode Department,
    OutcomeKind Kind,
    string Note,
    LedgerEntry? Ledger,
    ImmutableArray<Evidence>? Evidence = null) : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator accepted the outcome.</summary>
/// <param name="Plan">When time reminds of the ledger entry and when it returns; null for a resolved outcome, and for entries accepted before they came back by themselves.</param>
public sealed record OutcomeAccepted(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, LedgerPlan? Plan = null)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator refused the outcome (否决).</summary>
/// <param name="Rework">The new clock for disposal, from the limit that was stamped; null when there is none.</param>
public sealed record OutcomeVetoed(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason, ClockRun? Rework = null)
    : SummonsEvent(Whistle, At, By, Key, Department);
