using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>A day of a ledger entry comes near, or is today.</summary>
/// <param name="Of">The day of a milestone, or the due day.</param>
public sealed record LedgerReminded(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, DateOnly Of)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department reported a milestone as done.</summary>
/// <param name="Milestone">Its number in the entry, from 1 on.</param>
public sealed record MilestoneReached(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, int Milestone, string Note)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department reported the ledger entry as done.</summary>
public sealed record LedgerCompleted(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Note)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator confirmed that the ledger entry is done (销账).</summary>
public sealed record LedgerConfirmed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The initiator refused that the ledger entry is done.</summary>
public sealed record LedgerRefused(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The department asked for a later due day.</summary>
/// <param name="DueOn">The due day.</param>
/// <param name="Until">The due day asked for.</param>
public sealed record LedgerExtensionRequested(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, DateOnly DueOn, DateOnly Until, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The later due day was given; an entry that had returned runs again.</summary>
/// <param name="DueOn">The due day before.</param>
/// <param name="Until">The due day from now on.</param>
/// <param name="Plan">When time reminds of it and when it returns.</param>
public sealed record LedgerExtensionApproved(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, DateOnly DueOn, DateOnly Until, LedgerPlan Plan)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The later due day was refused.</summary>
public sealed record LedgerExtensionRefused(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, string Reason)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>The due day passed and the entry is not done: the department owes again, and a whistle that was closed with it is open again.</summary>
public sealed record LedgerReturned(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, DateOnly DueOn)
    : SummonsEvent(Whistle, At, By, Key, Department);
