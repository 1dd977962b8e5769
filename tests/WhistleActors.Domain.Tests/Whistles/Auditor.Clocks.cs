using Shouldly;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>The clocks (DOMAIN 3.7): no deadline changes without an approved request, suspended time is excluded from every clock, and to the tick.</summary>
internal sealed partial class Auditor
{
    private static readonly Clock[] Order = [Clock.Sign, Clock.Contact, Clock.CheckIn, Clock.Measures, Clock.Disposal, Clock.Report];

    private static WorkingCalendar Calendar => TestCity.Pack.Calendar;

    // Never not: exactly the clocks that ran out unanswered are recorded, and each notice that was due.
    private static void Close(Page page, DateTimeOffset? ended, DateTimeOffset now)
    {
        foreach (var (clock, due) in page.Due)
        {
            var stop = new[] { page.Answered.TryGetValue(clock, out var answered) ? answered : null, page.FreedAtOf(clock), ended }.Min() ?? now;
            page.Passed.Contains(clock).ShouldBe(due < stop, $"{clock} of {page.Stamped.Department}, due {due:O}");
            foreach (var (percent, at) in page.NoticesOf(clock))
                page.Noticed.Contains((clock, percent)).ShouldBe(at < stop, $"{percent} % of {clock}, due {at:O}, stopped {stop:O}");
        }

        if (page.LedgerOpen)
            (page.ReturnedAt is null && page.CompletedAt is null && ended is null && page.LedgerDueAt < now).ShouldBeFalse("a ledger entry did not come back");
        (page.SuspendedUntil < now && ended is null).ShouldBeFalse("a suspension did not end");
    }

    private static bool SeeClocks(Book book, Page page, SummonsEvent happened)
    {
        switch (happened)
        {
            case InitiatorContacted contacted:
                ByDepartment(contacted, Powers.Attend);
                page.MustOwe();
                page.SignedAt.ShouldNotBeNull();
                page.Answer(Clock.Contact, contacted.At, contacted.Late);
                break;
            case MeasureRecorded taken:
                ByDepartment(taken, Powers.Attend);
                page.MustOwe();
                page.CheckedInAt.ShouldNotBeNull();
                if (page.Answered.ContainsKey(Clock.Measures))
                    taken.Late.ShouldBeFalse();
                else
                    page.Answer(Clock.Measures, taken.At, taken.Late);
                break;
            case ReportFiled filed:
                ByDepartment(filed, Powers.Answer);
                page.Role.ShouldNotBe(DutyRole.Notified);
                page.CheckedInAt.ShouldNotBeNull();
                page.Answer(Clock.Report, filed.At, filed.Late);
                break;
            case DeadlineNear near:
                near.By.ShouldBeNull();
                near.Due.ShouldBe(page.Due[near.Clock]);
                page.Answered.ShouldNotContainKey(near.Clock);
                page.IsFree(near.Clock).ShouldBeFalse();
                page.SuspendedUntil.ShouldBeNull("notice was given of a clock that stands still");
                page.Noticed.Add((near.Clock, near.Percent)).ShouldBeTrue("notice was given twice");
                page.NoticesOf(near.Clock).ShouldContain(notice => notice.Percent == near.Percent && notice.At < near.At);
                break;
            case ExtensionRequested asked:
                ByDepartment(asked, Powers.Answer);
                page.AskedUntil.ShouldBeNull();
                asked.Due.ShouldBe(page.Due[asked.Clock]);
                asked.Until.ShouldBeGreaterThan(asked.Due);
                page.SuspendedUntil.ShouldBeNull();
                page.AskedUntil = (asked.Clock, asked.Until);
                break;
            case ExtensionApproved approved:
                ByInitiatorOrCommand(book, approved);
                page.AskedUntil.ShouldBe((approved.Clock, approved.Run.Due), "a clock moved to where nobody asked for");
                approved.Due.ShouldBe(page.Due[approved.Clock]);
                page.SuspendedUntil.ShouldBeNull();
                page.Move(approved.Clock, approved.Run, approved.At);
                page.AskedUntil = null;
                break;
            case ExtensionRefused refused:
                ByInitiatorOrCommand(book, refused);
                page.AskedUntil!.Value.Clock.ShouldBe(refused.Clock);
                page.AskedUntil = null;
                break;
            case SuspensionRequested asked:
                ByDepartment(asked, Powers.Answer);
                page.MustOwe();
                page.SuspendedUntil.ShouldBeNull();
                page.AskedSuspension.ShouldBeNull();
                page.AskedSuspension = asked.Until;
                break;
            case SuspensionApproved approved:
                ByInitiatorOrCommand(book, approved);
                approved.EndsAt.ShouldBe(new DateTimeOffset(page.AskedSuspension!.Value.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)));
                page.Pause(approved.Clocks, approved.At, approved.EndsAt);
                (page.AskedSuspension, page.SuspendedUntil) = (null, approved.EndsAt);
                break;
            case SuspensionRefused refused:
                ByInitiatorOrCommand(book, refused);
                page.AskedSuspension.ShouldNotBeNull();
                page.AskedSuspension = null;
                break;
            case SuspensionEnded { By: null } ended:
                ended.At.ShouldBeGreaterThan(page.SuspendedUntil!.Value);
                page.SuspendedUntil = null;
                break;
            case SuspensionEnded ended:
                ended.At.ShouldBeLessThanOrEqualTo(page.SuspendedUntil!.Value);
                if (ended.By!.Organisation.Text != page.Stamped.Department.Text)
                    ByInitiatorOrCommand(book, ended);
                page.Pause(ended.Clocks!.Value, page.SuspendedUntil.Value, ended.At);
                page.SuspendedUntil = null;
                break;
            default:
                return false;
        }

        return true;
    }

    private static void See(Page page, OutcomeVetoed vetoed)
    {
        page.Answered.Remove(Clock.Disposal);
        (vetoed.Rework is not null).ShouldBe(page.Due.ContainsKey(Clock.Disposal));
        if (vetoed.Rework is not { } rework)
            return;
        var limit = page.PlanOf(Clock.Disposal)!.Limit;
        rework.Due.ShouldBe(Calendar.DueAt(page.SuspendedUntil ?? vetoed.At, limit), "rework has not the time that was stamped");
        page.Move(Clock.Disposal, rework, vetoed.At);
    }

    private static void ByInitiatorOrCommand(Book book, SummonsEvent happened) =>
        (MayJudge(book, happened.By!, happened.Department, Powers.Convene)
            || Is(happened.By!, Role.Commander, Powers.Command, book.Blown.District.Text)).ShouldBeTrue("not the one who decides");

    private sealed partial class Page
    {
        private readonly Dictionary<Clock, ClockRun> moved = [];

        /// <summary>When each clock runs out now.</summary>
        public Dictionary<Clock, DateTimeOffset> Due { get; } = (schedule?.Clocks ?? []).ToDictionary(plan => plan.Clock, plan => plan.Due);

        public Dictionary<Clock, DateTimeOffset?> Answered { get; } = [];

        public HashSet<(Clock, int)> Noticed { get; } = [];

        public (Clock Clock, DateTimeOffset Until)? AskedUntil { get; set; }

        public DateOnly? AskedSuspension { get; set; }

        public DateTimeOffset? SuspendedUntil { get; set; }

        public bool OwesReport => Due.ContainsKey(Clock.Report) && !Answered.ContainsKey(Clock.Report) && !IsFree(Clock.Report);

        public ClockPlan? PlanOf(Clock clock) => schedule?.Clocks.FirstOrDefault(plan => plan.Clock == clock);

        /// <summary>The report is owed even after the outcome was accepted; a release without that ends it.</summary>
        public DateTimeOffset? FreedAtOf(Clock clock) => clock == Clock.Report && Accepted ? null : FreedAt;

        public bool IsFree(Clock clock) => FreedAtOf(clock) is not null;

        public IEnumerable<(int Percent, DateTimeOffset At)> NoticesOf(Clock clock) =>
            ((moved.TryGetValue(clock, out var run) ? run.Notices : PlanOf(clock)?.Notices) ?? []).Select(notice => (notice.Percent, notice.At));

        public bool IsPast(Clock clock, DateTimeOffset at) => Due.TryGetValue(clock, out var due) && at > due;

        public void MustOwe() => (Role != DutyRole.Notified && (FreedAt is null || ReturnedAt is not null)).ShouldBeTrue("acted without owing anything");

        public void Answer(Clock clock, DateTimeOffset at, bool late)
        {
            Answered.TryAdd(clock, at).ShouldBeTrue("answered twice");
            late.ShouldBe(IsPast(clock, at));
            if (!IsFree(clock))
                Passed.Contains(clock).ShouldBe(late, "late is late because a deadline was recorded before");
        }

        public void Move(Clock clock, ClockRun run, DateTimeOffset at)
        {
            run.Due.ShouldBeGreaterThan(at);
            foreach (var notice in run.Notices ?? [])
                notice.At.ShouldBeInRange(run.Since < at ? at : run.Since, run.Due);
            (Due[clock], moved[clock]) = (run.Due, run);
            Passed.Remove(clock);
            Noticed.RemoveWhere(noticed => noticed.Item1 == clock);
        }

        // What was left of each clock when it stopped is left of it when it goes on.
        public void Pause(IEnumerable<MovedClock> clocks, DateTimeOffset stopped, DateTimeOffset goesOn)
        {
            var running = Due.Keys.Where(clock => !Answered.ContainsKey(clock) && !Passed.Contains(clock) && !IsFree(clock)).ToList();
            clocks.Select(clock => clock.Clock).Order().ShouldBe(running.Order());
            foreach (var (clock, run) in clocks)
            {
                var unit = PlanOf(clock)!.Limit.Unit;
                var since = moved.TryGetValue(clock, out var before) && before.Since > stopped ? before.Since : stopped;
                run.Since.ShouldBe(goesOn);
                Calendar.Between(goesOn, run.Due, unit).ShouldBe(Calendar.Between(since, Due[clock], unit), $"{clock} gained or lost by standing still");
                Move(clock, run, goesOn.AddTicks(-1));
            }
        }

        private void ClocksShouldAgreeWith(Summons summons)
        {
            if (Role == DutyRole.Notified)
                return;
            summons.SignBy.ShouldBe(Due.TryGetValue(Clock.Sign, out var signBy) ? signBy : null);
            summons.CheckInBy.ShouldBe(Due.TryGetValue(Clock.CheckIn, out var checkInBy) ? checkInBy : null);
            (summons.Clocks?.Suspended is not null).ShouldBe(SuspendedUntil is not null);
            (summons.Clocks?.AskedExtension is not null).ShouldBe(AskedUntil is not null);
            (summons.Ledger is { IsOpen: true }).ShouldBe(LedgerOpen);
        }

    }
}
