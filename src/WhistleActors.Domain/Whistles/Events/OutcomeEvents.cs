using System.Collections.Immutable;
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
public sealed record OutcomeAccepted(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator refused the outcome (否决).</summary>
public sealed record OutcomeVetoed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);
