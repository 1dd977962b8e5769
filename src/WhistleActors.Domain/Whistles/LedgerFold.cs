using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What the ledger entry of a summons is after an event.</summary>
internal static class LedgerFold
{
    internal static Summons Apply(Summons summons, SummonsEvent happened)
    {
        var ledger = summons.Ledger!;
        var (at, by) = (happened.At, happened.By);
        return summons with
        {
            // Who was let go from the spot is called back by the entry, and is let go again or settles it again.
            Release = happened is LedgerReturned ? null : summons.Release,
            Ledger = happened switch
            {
                LedgerReminded reminded => ledger with { Plan = Without(ledger.Plan, reminded) },
                MilestoneReached reached => ledger with { Reached = (ledger.Reached ?? []).Add(new ReachedMilestone(reached.Milestone, at, by!, reached.Note)) },
                LedgerCompleted completed => ledger with { Completion = new LedgerCompletion(at, by!, completed.Note) },
                LedgerConfirmed => ledger with { EndedAt = at, Confirmation = new ClockDecision(at, by!, Approved: true, Reason: null) },

                // What would have been reminded of while the completion waited is of the past.
                LedgerRefused refused => ledger with
                {
                    Completion = null,
                    Confirmation = new ClockDecision(at, by!, Approved: false, refused.Reason),
                    Refusals = ledger.Refusals + 1,
                    Plan = ledger.Plan with { Reminders = ledger.Plan.Reminders.RemoveAll(reminder => reminder.At <= at) },
                },
                LedgerExtensionRequested asked => ledger with
                {
                    Extensions = (ledger.Extensions ?? []).Add(new LedgerExtension(at, by!, asked.DueOn, asked.Until, asked.Reason)),
                },
                LedgerExtensionApproved approved => Decided(ledger, new ClockDecision(at, by!, Approved: true, Reason: null)) with
                {
                    DueOn = approved.Until,
                    Plan = approved.Plan,
                    ReturnedAt = null,
                },
                LedgerExtensionRefused refused => Decided(ledger, new ClockDecision(at, by!, Approved: false, refused.Reason)),
                LedgerReturned => ledger with { ReturnedAt = at },
                _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
            },
        };
    }

    /// <summary>The summons after its outcome was accepted: a ledger entry starts its way.</summary>
    internal static Summons Accepted(Summons summons, LedgerPlan? plan) =>
        plan is null ? summons : summons with { Ledger = new LedgerRun(summons.Outcome!.Ledger!.DueOn, plan) };

    /// <summary>The summons after a release: who is let go from a ledger entry that had returned owes it no more.</summary>
    internal static Summons Released(Summons summons, DateTimeOffset at) =>
        summons.Ledger is { IsReturned: true } ledger ? summons with { Ledger = ledger with { EndedAt = at } } : summons;

    private static LedgerRun Decided(LedgerRun ledger, ClockDecision decision)
    {
        var extensions = ledger.Extensions!.Value;
        return ledger with { Extensions = extensions.SetItem(extensions.Length - 1, extensions[^1] with { Decision = decision }) };
    }

    private static LedgerPlan Without(LedgerPlan plan, LedgerReminded reminded)
    {
        var given = plan.Reminders.FirstOrDefault(reminder => reminder.Of == reminded.Of && reminder.At <= reminded.At);
        return plan with { Reminders = plan.Reminders.Remove(given) };
    }
}
