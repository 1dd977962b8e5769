using Shouldly;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The ledger (DOMAIN 3.7): an entry past its date comes back by itself, never before, and moves only by an approval.</summary>
internal sealed partial class Auditor
{
    // What may still happen to a whistle that was closed with a running entry.
    private static bool IsOfLedger(GridEvent happened) =>
        happened is SuspensionEnded { By: null } or LedgerReminded or MilestoneReached or LedgerCompleted or LedgerConfirmed or LedgerRefused or LedgerReturned
            or LedgerExtensionRequested or LedgerExtensionApproved or LedgerExtensionRefused;

    private static void See(Page page, OutcomeAccepted accepted)
    {
        (accepted.Plan is not null).ShouldBe(page.Reported == OutcomeKind.Ledgered);
        if (accepted.Plan is not { } plan)
            return;
        (page.LedgerOpen, page.LedgerDueOn) = (true, page.Entry!.DueOn);
        page.Plan(plan, accepted.At);
    }

    private static bool SeeLedger(Book book, Page page, SummonsEvent happened)
    {
        page.LedgerOpen.ShouldBeTrue("there is no ledger entry");
        switch (happened)
        {
            case LedgerReminded reminded:
                reminded.By.ShouldBeNull();
                page.ReturnedAt.ShouldBeNull();
                page.CompletedAt.ShouldBeNull();
                page.Reminders.Remove(page.Reminders.First(reminder => reminder.Of == reminded.Of && reminder.At < reminded.At));
                break;
            case MilestoneReached reached:
                ByDepartment(reached, Powers.Answer);
                reached.Milestone.ShouldBeInRange(1, page.Entry!.Milestones.Length);
                page.Milestones.Add(reached.Milestone).ShouldBeTrue("reached twice");
                break;
            case LedgerCompleted completed:
                ByDepartment(completed, Powers.Answer);
                page.CompletedAt.ShouldBeNull();
                page.CompletedAt = completed.At;
                break;
            case LedgerConfirmed confirmed:
                MayJudge(book, confirmed.By!, confirmed.Department, Powers.Veto).ShouldBeTrue("not theirs to confirm");
                page.CompletedAt.ShouldNotBeNull();
                (page.LedgerOpen, page.ReturnedAt) = (false, null);
                break;
            case LedgerRefused refused:
                MayJudge(book, refused.By!, refused.Department, Powers.Veto).ShouldBeTrue("not theirs to refuse");
                page.CompletedAt.ShouldNotBeNull();
                page.CompletedAt = null;
                page.Reminders.RemoveAll(reminder => reminder.At <= refused.At);
                break;
            case LedgerExtensionRequested asked:
                ByDepartment(asked, Powers.Answer);
                asked.DueOn.ShouldBe(page.LedgerDueOn);
                asked.Until.ShouldBeGreaterThan(asked.DueOn);
                page.AskedLedgerUntil.ShouldBeNull();
                page.AskedLedgerUntil = asked.Until;
                break;
            case LedgerExtensionApproved approved:
                ByInitiatorOrCommand(book, approved);
                approved.DueOn.ShouldBe(page.LedgerDueOn);
                page.AskedLedgerUntil.ShouldBe(approved.Until, "the entry moved to where nobody asked for");
                (page.AskedLedgerUntil, page.LedgerDueOn, page.ReturnedAt) = (null, approved.Until, null);
                page.Plan(approved.Plan, approved.At);
                break;
            case LedgerExtensionRefused refused:
                ByInitiatorOrCommand(book, refused);
                page.AskedLedgerUntil.ShouldNotBeNull();
                page.AskedLedgerUntil = null;
                break;
            case LedgerReturned returned:
                returned.By.ShouldBeNull();
                returned.At.ShouldBeGreaterThan(page.LedgerDueAt, "returned before its day was over");
                returned.DueOn.ShouldBe(page.LedgerDueOn);
                page.CompletedAt.ShouldBeNull("returned while the initiator had it");
                page.ReturnedAt.ShouldBeNull("returned twice");
                (page.ReturnedAt, page.Released) = (returned.At, false);
                (book.EndedAt, book.Closed) = (null, false);
                break;
            default:
                return false;
        }

        return true;
    }

    private sealed partial class Page
    {
        public LedgerEntry? Entry { get; set; }

        public bool LedgerOpen { get; set; }

        public DateOnly LedgerDueOn { get; set; }

        public DateTimeOffset LedgerDueAt { get; private set; }

        public List<LedgerReminder> Reminders { get; } = [];

        public HashSet<int> Milestones { get; } = [];

        public DateTimeOffset? CompletedAt { get; set; }

        public DateTimeOffset? ReturnedAt { get; set; }

        public DateOnly? AskedLedgerUntil { get; set; }

        public void Plan(LedgerPlan plan, DateTimeOffset at)
        {
            LedgerDueAt = new DateTimeOffset(LedgerDueOn.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8));
            plan.DueAt.ShouldBe(LedgerDueAt);
            plan.Reminders.ShouldAllBe(reminder => reminder.At > at && reminder.At < LedgerDueAt);
            plan.Reminders.Select(reminder => reminder.Of).ShouldAllBe(day => day == LedgerDueOn || Entry!.Milestones.Any(milestone => milestone.On == day));
            Reminders.Clear();
            Reminders.AddRange(plan.Reminders);
        }
    }
}
