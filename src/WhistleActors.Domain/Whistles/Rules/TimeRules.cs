using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What happens to a whistle by time alone.</summary>
internal static class TimeRules
{
    /// <summary>What time will do to the whistle as it stands, in no order. Each is recorded once, after its instant has passed.</summary>
    internal static IEnumerable<Expiry> Awaited(Whistle whistle)
    {
        if (whistle.IsOver)
            yield break;
        if (whistle.Blowing?.Approval is { IsAwaited: true, MissedAt: null, Due: { } approveBy })
            yield return new Expiry(approveBy, ExpiryKind.Approval);
        foreach (var summons in whistle.Summonses)
        {
            foreach (var expiry in OfLedger(summons))
                yield return expiry;

            // Its day comes while the whistle is closed too: an entry that returns finds no suspension that is long over.
            if (summons.Clocks?.Suspended?.EndsAt is { } endsAt)
                yield return new Expiry(endsAt, ExpiryKind.Suspension, summons.Department);
            if (whistle.Stage != WhistleStage.Open)
                continue;
            foreach (var standing in whistle.ClocksOf(summons))
            {
                if (!standing.Runs)
                    continue;
                yield return new Expiry(standing.Run.Due, ExpiryKind.Deadline, summons.Department, standing.Clock);
                foreach (var notice in standing.Run.Notices ?? [])
                {
                    if (!(notice.Percent <= standing.Noticed))
                        yield return new Expiry(notice.At, ExpiryKind.Notice, summons.Department, standing.Clock, notice.Percent, standing.Run.Due);
                }
            }
        }
    }

    // An entry that was reported as done waits for the initiator, not for its day.
    private static IEnumerable<Expiry> OfLedger(Summons summons)
    {
        if (summons is not { Ledger: { IsOpen: true, ReturnedAt: null, Completion: null } ledger, Outcome.Ledger: { } entry })
            yield break;
        yield return new Expiry(ledger.Plan.DueAt, ExpiryKind.Ledger, summons.Department, Day: ledger.DueOn);
        foreach (var reminder in ledger.Plan.Reminders)
        {
            if (reminder.Of == ledger.DueOn || IsUnreached(entry, ledger, reminder.Of))
                yield return new Expiry(reminder.At, ExpiryKind.Reminder, summons.Department, Day: reminder.Of);
        }
    }

    private static bool IsUnreached(LedgerEntry entry, LedgerRun ledger, DateOnly day)
    {
        for (var i = 0; i < entry.Milestones.Length; i++)
        {
            if (entry.Milestones[i].On == day && !ledger.HasReached(i + 1))
                return true;
        }

        return false;
    }

    /// <summary>The events of all that has run out by now, in the order in which it ran out.</summary>
    internal static IEnumerable<GridEvent> Pass(IEnumerable<Whistle> whistles, DateTimeOffset now) =>
        from whistle in whistles
        from expiry in Awaited(whistle)
        where expiry.Due < now
        orderby expiry.Due
        select Record(whistle, expiry, now);

    private static GridEvent Record(Whistle whistle, Expiry expiry, DateTimeOffset now) => expiry.Kind switch
    {
        ExpiryKind.Deadline => new DeadlinePassed(whistle.Id, now, By: null, Key: null, expiry.Department, expiry.Clock, expiry.Due),
        ExpiryKind.Notice => new DeadlineNear(whistle.Id, now, By: null, Key: null, expiry.Department, expiry.Clock, expiry.Percent, expiry.ClockDue),
        ExpiryKind.Suspension => new SuspensionEnded(whistle.Id, now, By: null, Key: null, expiry.Department, Reason: null, Clocks: null),
        ExpiryKind.Reminder => new LedgerReminded(whistle.Id, now, By: null, Key: null, expiry.Department, expiry.Day),
        ExpiryKind.Ledger => new LedgerReturned(whistle.Id, now, By: null, Key: null, expiry.Department, expiry.Day),
        ExpiryKind.Approval => new ApprovalMissed(whistle.Id, now, By: null, Key: null, expiry.Due),
        _ => throw new ArgumentOutOfRangeException(nameof(expiry), expiry.Kind, "unknown expiry"),
    };
}

/// <summary>Something that time will do.</summary>
/// <param name="Percent">The part of the clock's time that is over, and <paramref name="ClockDue"/> when the clock runs out: of a notice.</param>
/// <param name="Day">The day of a ledger entry.</param>
internal readonly record struct Expiry(
    DateTimeOffset Due,
    ExpiryKind Kind,
    DepartmentCode Department = default,
    Clock Clock = default,
    int Percent = 0,
    DateTimeOffset ClockDue = default,
    DateOnly Day = default);

/// <summary>What can expire.</summary>
internal enum ExpiryKind
{
    /// <summary>A clock of a summons runs out.</summary>
    Deadline,

    /// <summary>A part of a clock's time is over.</summary>
    Notice,

    /// <summary>A suspension's last day is over.</summary>
    Suspension,

    /// <summary>A day of a ledger entry comes near.</summary>
    Reminder,

    /// <summary>The due day of a ledger entry is over.</summary>
    Ledger,

    /// <summary>The time runs out in which a whistle that sounded first is to be approved.</summary>
    Approval,
}
