using System.Collections.Immutable;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>An accepted ledger entry on its way (台账): the initiator let the department go for it, and it comes back by itself when it is not done in time.</summary>
/// <param name="DueOn">The day by whose end it is done; an approved extension moves it.</param>
/// <param name="Plan">When time reminds of it and when it returns.</param>
/// <param name="Reached">Milestones that were reported as done.</param>
/// <param name="Completion">The department says that it is done; null also after that was refused.</param>
/// <param name="Extensions">Every later day that was asked for, the one that is undecided last.</param>
/// <param name="ReturnedAt">When it was recorded that its day passed; an approved extension takes it back.</param>
/// <param name="EndedAt">When it was confirmed as done, or the department was let go without that.</param>
public sealed record LedgerRun(
    DateOnly DueOn,
    LedgerPlan Plan,
    ImmutableArray<ReachedMilestone>? Reached = null,
    LedgerCompletion? Completion = null,
    ImmutableArray<LedgerExtension>? Extensions = null,
    int Refusals = 0,
    DateTimeOffset? ReturnedAt = null,
    DateTimeOffset? EndedAt = null,
    ClockDecision? Confirmation = null)
{
    /// <summary>True until it is confirmed as done or the department is let go.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>True while its day has passed and it is not done: the department owes again.</summary>
    public bool IsReturned => IsOpen && ReturnedAt is not null;

    /// <summary>The later day that is asked for and not decided.</summary>
    public LedgerExtension? AskedExtension => Extensions is [.., { Decision: null } last] ? last : null;

    internal bool HasReached(int milestone) => (Reached ?? []).Any(reached => reached.Milestone == milestone);
}

/// <summary>The instants of a ledger entry, as they were stamped when it was accepted or its extension approved.</summary>
/// <param name="DueAt">The end of the due day: after it the entry returns.</param>
/// <param name="Reminders">What time will remind of, in order; those that were given are dropped.</param>
public sealed record LedgerPlan(DateTimeOffset DueAt, ImmutableArray<LedgerReminder> Reminders);

/// <summary>At this instant time reminds of this day of the ledger entry.</summary>
public readonly record struct LedgerReminder(DateTimeOffset At, DateOnly Of);

/// <summary>A milestone that the department reported as done.</summary>
/// <param name="Milestone">Its number in the entry, from 1 on.</param>
public sealed record ReachedMilestone(int Milestone, DateTimeOffset At, Officer By, string Note);

/// <summary>The department says that the ledger entry is done.</summary>
public sealed record LedgerCompletion(DateTimeOffset At, Officer By, string Note);

/// <summary>A later due day for a ledger entry: asked for by the department, and given only by a decision.</summary>
/// <param name="DueOn">The due day before.</param>
/// <param name="Until">The due day asked for.</param>
public sealed record LedgerExtension(DateTimeOffset At, Officer By, DateOnly DueOn, DateOnly Until, string Reason, ClockDecision? Decision = null);
